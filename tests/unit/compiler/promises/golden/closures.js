async function watch(buttons) {
  const presses = [];
  let total = 0;
  for (const button of buttons) {
    let count = await button.presses();
    presses.push(async () => {
      total += await count;
      return () => `${button.name} ${++count}`;
    });
  }
  return { presses, total: () => total };
}
