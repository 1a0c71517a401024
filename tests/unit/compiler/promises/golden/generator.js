function* walk(tree, depth = 0) {
  const { name, children: [first, ...others] = [] } = tree;
  const reply = yield { name, depth };
  if (reply === "skip") return;
  if (first) yield* walk(first, depth + 1);
  for (const child of others) yield* walk(child, depth + 1);
}
