/**
 * for await over what is neither a channel nor a generator of the task: each item is a promise of its iterator.
 *
 *   for await (const x of source) body     $i = its iterator; rounds: await $i.next(); is it done? exit : x = its value; body
 *
 * A loop that is left early, in whichever way, awaits what closing the iterator gives.
 */
import type ts from "typescript";
import type { Builder } from "./builder.js";
import { when } from "./branches.js";
import { iteratorRounds, type Each } from "./loops.js";
import { keepingErrors, withCleanup } from "./try.js";
import { requireKnownItems } from "./waiting.js";

export function asyncLoop(b: Builder, source: ts.Expression, each: Each): void {
  requireKnownItems(b, source);
  const iterator = b.store(`$asyncItems(${b.value(source)})`);
  const step = b.copier.reference(b.temporary());
  const isOpen = b.store("false", "flag");
  const rounds = iteratorRounds(b, step, isOpen, each, () => {
    promised(b, `${iterator}.next()`, source);
    b.line(`${step} = $take($t);`);
  });
  withCleanup(b, rounds, (code, error) => {
    when(b, `${isOpen} && ${iterator}.return`, () => {
      const close = (): void => {
        promised(b, `${iterator}.return()`, source);
        b.line("$take($t);");
      };
      // An error of the body is worth more than one of the iterator.
      keepingErrors(b, close, `${code} === 1 ? ${error} : $t.value_`);
    });
  });
}

/** Awaits the promise `value`. */
export function promised(b: Builder, value: string, node: ts.Node): void {
  const start = `$promised(${value});`;
  b.suspend((next) => ({ kind: "leaf", start, suspends: "always", next }), node);
}
