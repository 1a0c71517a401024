/** What the pools run: a tiny job, and one of a given length. */
export const double = (n) => n * 2;

/** Work of one length, whatever machine this is: `n` rounds. */
export function burn(n) {
  let x = 1;
  for (let i = 0; i < n; i++) x = (x * 1103515245 + 12345) | 0;
  return x;
}

/** As Piscina and Tinypool call it. */
export default ({ name, n }) => (name === "burn" ? burn(n) : double(n));
