/** The form of the table's rows. */

/**
 * What a build does about it: new text in its place, a helper of ours in the bundle, a refusal with this code, or
 * nothing, because nothing cheap would do: then the program runs differently.
 */
export type Verdict = "lowered" | "helper" | "differs" | `C${number}`;

/**
 * One thing: an expression, or statements with a `return`; what it gives by ECMAScript; what Espruino gives by itself
 * ("error" for whatever it throws); what the build does. The values are as tests/support/shown.ts writes them.
 */
export type Row = readonly [example: string, value: string, engine: string, verdict: Verdict];
