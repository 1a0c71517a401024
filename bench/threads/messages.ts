/** What a message to another thread costs, there and back. */
import type { MessageRounds } from "../drivers/messages.js";
import { nodeDriver, nodeModule, programPath } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { Found, Group } from "../rows.js";

const WRAPPER = `export * from ${JSON.stringify(programPath("messages"))};
  export { threads, run } from "dormouse/node";`;

export const messages: Group = {
  title: "messages between threads",
  rows: [
    { id: "threads-message", engine: "v8", unit: "x postMessage" },
    { id: "threads-message-16", engine: "v8", unit: "x postMessage" },
    { id: "threads-message-within", engine: "v8", unit: "x Channel" },
  ],

  async measure(say) {
    say("messages by SharedChannel, by postMessage, and by Channel");
    const program = await nodeModule("messages", WRAPPER, "shared");
    const found = await runDriver<MessageRounds>(await nodeDriver("messages"), [program]);
    const between = "time for a number there and back between two workers; medians of 5 rounds of 10 000";
    return {
      "threads-message": ratio(found.shared, found.posted, between),
      "threads-message-16": ratio(found.sharedStream, found.postedStream, `${between}; 16 under way`),
      "threads-message-within": ratio(found.within, found.own, "the same within one worker"),
    };
  },
};

function ratio(ours: readonly number[], other: readonly number[], note: string): Found {
  const [a, b] = [median([...ours]), median([...other])];
  return { value: a / b, note: `${note}; ${a.toFixed(2)} / ${b.toFixed(2)} us` };
}
