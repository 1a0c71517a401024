async function* lines(chunks) {
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop();
    for (const part of parts) yield part;
  }
  if (rest) yield rest;
}
