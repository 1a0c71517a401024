/** A large program, for the speed of the compiler: modules of about a hundred lines, with two tasks each. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A program in a folder. */
export interface LargeProgram {
  readonly entry: string;
  readonly modules: readonly string[];
  readonly lines: number;
}

/** Writes a program of at least `lines` lines to `folder`. */
export function writeLargeProgram(folder: string, lines: number): LargeProgram {
  const texts: string[] = [];
  for (let sum = 0; sum < lines; sum += linesOf(texts.at(-1) ?? "")) texts.push(moduleText(texts.length));
  mkdirSync(folder, { recursive: true });
  const modules = texts.map((text, i) => {
    const file = join(folder, `module${i}.ts`);
    writeFileSync(file, text);
    return file;
  });
  const entry = join(folder, "main.ts");
  writeFileSync(entry, mainText(texts.length));
  return {
    entry,
    modules,
    lines: texts.reduce((sum, text) => sum + linesOf(text), linesOf(mainText(texts.length))),
  };
}

function linesOf(text: string): number {
  return text.split("\n").length - 1;
}

function mainText(count: number): string {
  const numbers = Array.from({ length: count }, (_, i) => i);
  return [
    `import type { Board } from "dormouse/hal";`,
    ...numbers.map((i) => `import { start as start${i} } from "./module${i}.ts";`),
    "",
    "export default function main(board: Board): void {",
    ...numbers.map((i) => `  start${i}(board);`),
    "}",
    "",
  ].join("\n");
}

/** Every fifth module begins a chain of imports. */
function moduleText(i: number): string {
  const isLinked = i % 5 !== 0;
  return `import { CLOSED, Channel, TIMED_OUT, ms, select, sleep, spawn, task, timeout } from "dormouse";
import type { Board, Console, OutputPin } from "dormouse/hal";
${isLinked ? `import { label as labelBefore } from "./module${i - 1}.ts";\n` : ""}
interface Item {
  readonly name: string;
  readonly value: number;
}

const items = new Channel<Item>(4);
${[0, 1, 2].map(stepText).join("")}
export async function label(out: Console, text: string): Promise<string> {
  await sleep(ms(5));
  out.write(text);
  return text + "!";
}

const produce = task(async function produce${i}(out: Console) {
  for (let n = 0; n < 10; n++) {
    const value = (await step0(out, n)) + (await step1(out, n)) * 2;
    const item = { name: \`item \${n}\`, value };
    if (!(await items.send(item))) break;
    ${isLinked ? "out.write(await labelBefore(out, item.name));" : "out.write(item.name);"}
  }
  items.close();
});

${meterText(i)}const consume = task(async function consume${i}(led: OutputPin, out: Console) {
  const meter = new Meter${i}(led);
  const seen = new Map<string, number>();
  outer: for (;;) {
    const item = await items.receive();
    if (item === CLOSED) break;
    const { arm, value } = await select({ total: meter.measure${i}(item), late: sleep(ms(50)) });
    switch (arm) {
      case "total":
        seen.set(item.name, value);
        break;
      case "late":
        continue outer;
    }
    const answer = await timeout(step2(out, item.value), ms(20));
    if (answer === TIMED_OUT) out.write("late");
    else seen.set("last", answer);
    seen.forEach((count, name) => {
      if (count > 100) out.write(\`\${name}: \${count}\`);
    });
  }
});

export function start(board: Board): void {
  spawn(produce, board.console);
  spawn(consume, board.output("LED1"), board.console);
}
`;
}

function stepText(k: number): string {
  return `
async function step${k}(out: Console, from: number): Promise<number> {
  let sum = from;
  for (let n = 0; n < ${k + 2}; n++) {
    try {
      await sleep(ms(n + 1));
      sum += n * ${k + 1};
      if (sum % 7 === 3) throw new Error(\`odd \${sum}\`);
    } catch (error) {
      out.write(String(error));
      await sleep(ms(1));
    } finally {
      sum = Math.max(sum, n);
    }
  }
  return sum;
}
`;
}

function meterText(i: number): string {
  return `class Meter${i} {
  private total = 0;

  constructor(private readonly led: OutputPin) {}

  async measure${i}(item: Item): Promise<number> {
    this.led.toggle();
    await sleep(ms(item.value));
    this.total += item.value;
    return this.total;
  }
}

`;
}
