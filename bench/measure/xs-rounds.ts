/** Rounds of our program and of a peer in one XS engine. */
import { XsEngine, type XsReply } from "../../cli/engines/xs.js";
import { xsPeer, xsScript } from "./builds.js";

/** Which of the two runs. */
export type Side = "program" | "peer";

/** An engine with both of them loaded. */
export interface XsRounds {
  /** Plays a round, to its last job; the engine collects garbage first. `text` is the time it took, in ms. */
  play(side: Side, switches: number): Promise<XsReply>;
  close(): Promise<void>;
}

/** The scripts are built once: call {@link xsScripts} for them. */
export async function openRounds(binary: string, scripts: readonly string[]): Promise<XsRounds> {
  const engine = new XsEngine(binary);
  for (const script of scripts) await engine.evaluate(`${script};undefined`);
  await engine.evaluate(PLAY);
  return {
    play: (side, switches) => engine.evaluate(`play(${side}, ${switches})`),
    close: () => engine.close(),
  };
}

export function xsScripts(): Promise<string[]> {
  return Promise.all([xsScript("yields"), xsPeer("awaits")]);
}

const PLAY = `globalThis.play = (start, switches) => {
  gc();
  return new Promise(resolve => {
    const begin = performance.now();
    globalThis.round = { switches, end: () => resolve(performance.now() - begin) };
    start();
    drain();
  });
};undefined`;
