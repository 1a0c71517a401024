/** What the engine itself takes for the clock, which a timer asks when it is made. */
import "./round.js";

let sum = 0;

export default function main(): void {
  for (let i = round.switches; i > 0; i--) sum += performance.now();
  if (sum > 0) round.end();
}
