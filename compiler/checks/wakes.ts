/**
 * C230: awaits that nothing ever wakes.
 *
 *   signal.wait()       and no code calls set()
 *   channel.receive()   and no code calls send(), trySend() or close()
 *   channel.send(x)     and no code calls receive(): it ends until the channel is full
 */
import ts from "typescript";
import type { Check } from "./check.js";
import { groupsOf, type Group } from "./flows.js";

export const checkWakes: Check = ({ program, references }, report) => {
  if (!program.isClosed) return;
  const tell = (group: Group, method: string, wakers: string[], problem: (name: string) => string): void => {
    if (group.isUnknown || group.calls.some((call) => wakers.includes(call.method))) return;
    for (const call of group.calls)
      if (call.method === method) report("C230", call.node, problem(nameOf(group)));
  };
  for (const group of groupsOf(program, references, "Signal")) {
    tell(
      group,
      "wait",
      ["set"],
      (name) => `nothing sets "${name}", so this wait() never ends. Call ${name}.set(...) somewhere`,
    );
  }
  for (const group of groupsOf(program, references, "Channel")) {
    tell(
      group,
      "receive",
      ["send", "trySend", "close"],
      (name) => `nothing sends to "${name}", so this receive() never ends. Call ${name}.send(...) somewhere`,
    );
    tell(
      group,
      "send",
      ["receive", "close"],
      (name) =>
        `nothing receives from "${name}", so this send() never ends once it is full. Call ${name}.receive() somewhere`,
    );
  }
};

/** What its maker calls the thing. */
function nameOf(group: Group): string {
  let up: ts.Node = group.made[0]!.parent;
  while (!ts.isVariableDeclaration(up)) up = up.parent;
  return up.name.getText();
}
