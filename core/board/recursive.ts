/** What the compiler made of a function that may await itself has its levels already. */
export function recursive<F>(body: F): F {
  return body;
}
