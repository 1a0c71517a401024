/**
 * The names that a random program can use where it stands. A name is never used before its declaration in the same
 * scope, since the order of evaluation would decide whether that throws.
 */

/** What a name stands for. */
export type NameKind = "number" | "constant" | "counter" | "array" | "object" | "function";

interface Scope {
  readonly declared: Map<string, NameKind>;
  /** Names of outer scopes that were used inside: they cannot be declared here any more. */
  readonly used: Set<string>;
  /** Names whose declaration has begun: they hide those outside, and cannot be used yet. */
  readonly pending: Set<string>;
}

/** Few, so that names shadow each other; some that generated code could want for itself. */
const POOL = [
  "a",
  "b",
  "c",
  "x",
  "y",
  "poll_",
  "pc_",
  "up_",
  "v",
  "f",
  "t",
  "$",
  "$t",
  "$f",
  "$g0",
  "b$2",
  "value_",
  "ünder",
];

/** The scopes around a point of a program, innermost last. */
export class Names {
  private readonly scopes: Scope[] = [];

  constructor(private readonly pick: <T>(from: readonly T[]) => T) {}

  inScope<T>(body: () => T): T {
    this.scopes.push({ declared: new Map(), used: new Set(), pending: new Set() });
    try {
      return body();
    } finally {
      this.scopes.pop();
    }
  }

  /** As {@link inScope}, in a function that has a `this` of its own: names of fields are not those. */
  withoutThis<T>(body: () => T): T {
    return this.inScope(() => {
      const fields = this.scopes
        .flatMap(({ declared }) => [...declared.keys()])
        .filter((each) => each.startsWith("this."));
      for (const name of fields) this.hide(name);
      return body();
    });
  }

  /** A name for a declaration in the innermost scope; it is visible once {@link add} was called. */
  fresh(): string {
    const scope = this.scopes.at(-1)!;
    for (let i = 0; ; i++) {
      const name = i < 8 ? this.pick(POOL) : `n${i}`;
      if (scope.declared.has(name) || scope.used.has(name) || scope.pending.has(name)) continue;
      scope.pending.add(name);
      return name;
    }
  }

  /** Makes `name` one whose declaration in the innermost scope has begun. */
  hide(name: string): void {
    this.scopes.at(-1)!.pending.add(name);
  }

  add(name: string, kind: NameKind): string {
    this.scopes.at(-1)!.pending.delete(name);
    this.scopes.at(-1)!.declared.set(name, kind);
    return name;
  }

  /** A visible name of one of `kinds`, or undefined. */
  use(...kinds: NameKind[]): string | undefined {
    const visible = new Map<string, NameKind>();
    for (const { declared, pending } of this.scopes) {
      for (const [name, kind] of declared) visible.set(name, kind);
      for (const name of pending) visible.delete(name);
    }
    const names = [...visible].filter(([, kind]) => kinds.includes(kind)).map(([name]) => name);
    if (names.length === 0) return undefined;
    const name = this.pick(names);
    for (let i = this.scopes.length - 1; i >= 0 && !this.scopes[i]!.declared.has(name); i--) {
      this.scopes[i]!.used.add(name);
    }
    return name;
  }
}
