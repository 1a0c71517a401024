/** Lists with for-of, channels with for-await: words go through a filter into a tally. */
import { Channel, spawn, task } from "dormouse";

declare const rounds: number;
declare function print(line: string): void;

const WORDS = ["mouse", "dormouse", "owl", "fox"];

const emit = task(async function emit(words: Channel<string>) {
  for (let i = 0; i < rounds; i++) for (const word of WORDS) await words.send(word);
  words.close();
});

const filter = task(async function filter(words: Channel<string>, long: Channel<string>) {
  for await (const word of words) if (word.length > 3) await long.send(word);
  long.close();
});

const tally = task(async function tally(long: Channel<string>) {
  let letters = 0;
  for await (const word of long) letters += word.length;
  print("letters " + letters);
});

export default function main(): void {
  const words = new Channel<string>(2);
  const long = new Channel<string>(1);
  spawn(emit, words);
  spawn(filter, words, long);
  spawn(tally, long);
}
