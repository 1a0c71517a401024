/** A run as a drawing for the documentation: pins as waveforms, and for each task what it waits for. */
import type { SimModule } from "../../cli/build/sim.js";
import { initialLevel, type Trace } from "../../cli/report/trace.js";
import type { Scenario, Sim } from "../../targets/sim/index.js";

/** A stretch of time in which a task waits for one thing. */
interface Wait {
  readonly from: number;
  to: number;
  readonly text: string;
}

interface Lane {
  readonly name: string;
  readonly waits: Wait[];
}

const [WIDTH, LEFT, ROW, PAD] = [960, 120, 44, 10] as const;
/** Width of a letter in a box, in the widest of the fonts that "monospace" may be. */
const LETTER = 6.1;
const COLORS = { output: "#0b7285", input: "#b35c00", sleep: "#ffe8cc", other: "#d0ebff", text: "#343a40" };

/** Runs the program, and draws it as SVG. */
export function drawRun(module: SimModule, scenario: Scenario, stimulate: (sim: Sim) => void): string {
  const lanes: Lane[] = [];
  const sim: Sim = new module.Sim({
    seed: scenario.seed,
    onPoll: (slot, begins) => {
      const tasks = module.snapshot(sim.executor);
      const task = tasks.find((each) => each.slot === slot);
      if (task === undefined) return;
      const { waits } = (lanes[slot] ??= { name: task.name, waits: [] });
      if (begins && waits.length > 0) waits[waits.length - 1]!.to = sim.now;
      const text = task.waitsFor.replace(/ :\d+$/, "");
      if (!begins) waits.push({ from: sim.now, to: scenario.duration, text });
    },
  });
  stimulate(sim);
  const { outputs, inputs, initial, pins, lines } = sim.trace;
  return drawing({ end: scenario.duration, outputs, inputs, initial, pins, lines }, lanes);
}

function drawing(trace: Trace, lanes: readonly Lane[]): string {
  const x = (at: number): number => round(LEFT + (at / trace.end) * (WIDTH - LEFT - PAD));
  const pins = [...trace.outputs, ...trace.inputs];
  const rows = [
    ...pins.map((pin, i) => waveform(trace, pin, i * ROW + PAD, x)),
    ...lanes.map((lane, i) => laneOf(lane, (pins.length + i) * ROW + PAD, x)),
  ];
  const bottom = (pins.length + lanes.length) * ROW + PAD;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${bottom + 30}" font-family="monospace" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...rows,
    ...axis(trace.end, bottom, x),
    "</svg>",
    "",
  ].join("\n");
}

function waveform(trace: Trace, pin: string, top: number, x: (at: number) => number): string {
  const y = (level: number): number => top + (level === 1 ? 4 : 26);
  let level: number = initialLevel(trace, pin);
  let path = `M${x(0)} ${y(level)}`;
  for (const event of trace.pins.filter((each) => each.pin === pin)) {
    path += `H${x(event.at)}V${y(event.level)}`;
    level = event.level;
  }
  const color = trace.outputs.includes(pin) ? COLORS.output : COLORS.input;
  path += `H${x(trace.end)}`;
  return `${label(pin, top)}\n<path d="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
}

function laneOf({ name, waits }: Lane, top: number, x: (at: number) => number): string {
  const boxes = waits.map(({ from, to, text }) => {
    const width = round(x(to) - x(from));
    const fill = text.startsWith("sleep") ? COLORS.sleep : COLORS.other;
    const isWide = width > text.length * LETTER + PAD;
    const words = `<text x="${x(from) + 5}" y="${top + 18}" font-size="10">${escaped(text)}</text>`;
    return `<rect x="${x(from)}" y="${top + 4}" width="${width}" height="22" fill="${fill}" stroke="${COLORS.text}" stroke-width="0.5"/>${isWide ? words : ""}`;
  });
  return [label(name, top), ...boxes].join("\n");
}

function label(text: string, top: number): string {
  return `<text x="${PAD}" y="${top + 19}" fill="${COLORS.text}">${escaped(text)}</text>`;
}

function axis(end: number, y: number, x: (at: number) => number): string[] {
  const ticks = Array.from({ length: Math.floor(end / 500) + 1 }, (_, i) => i * 500);
  return ticks.map((at) => {
    const anchor = at === end ? "end" : "middle";
    return `<path d="M${x(at)} ${y}v6" stroke="${COLORS.text}"/><text x="${x(at)}" y="${y + 20}" text-anchor="${anchor}">${at} ms</text>`;
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
