/** Random expressions that give a whole number, with awaits in all places. */
import type { Names } from "./names.js";

/** What a random program is made from. */
export interface Dice {
  /** From 0 to `below` - 1. */
  int(below: number): number;
  /** Whether something with a chance of one in `count` happens. */
  oneIn(count: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** Where an expression stands. */
export interface Place {
  /** Whether it can be suspended; closures cannot. */
  readonly canAwait: boolean;
  /** Names of the async functions that can be called. */
  readonly callees: readonly string[];
}

const OPERATORS = ["+", "-", "&", "|", "^"];
const TESTS = ["<", "<=", ">", "===", "!=="];

/** Makes expressions; all give numbers, so that every operand fits everywhere. */
export class Expressions {
  private nextMark = 0;

  constructor(
    private readonly dice: Dice,
    private readonly names: Names,
  ) {}

  /** A number for `L(...)`, so that traces show where they come from. */
  mark(): number {
    return this.nextMark++;
  }

  number(place: Place, depth: number): string {
    const { dice } = this;
    if (depth <= 0) return this.leaf();
    if (place.canAwait && dice.oneIn(3)) return this.awaited(place, depth - 1);
    const of = (): string => this.number(place, depth - 1);
    return dice.pick([
      () => this.leaf(),
      () => this.leaf(),
      () => `(${of()} ${dice.pick(OPERATORS)} ${of()} | 0)`,
      () => `(${of()} ${dice.pick(OPERATORS)} ${of()} | 0)`,
      () => `((${of()} & 255) * (${of()} & 255))`,
      () => `(${of()} << (${of()} & 3))`,
      () => `((${of()} & 7) ** (${of()} & 3))`,
      () => `tag\`\${${of()}}:\${${of()}}\``,
      () => `(({ [${of()} & 1]: ${of()}, y: ${of()} })[${of()} & 1] ?? 3)`,
      () => `(${this.dice.pick(['"x"', '"z"'])} in ${this.object()} ? ${of()} : 2)`,
      () => `(${this.object()}.${dice.pick(["m", "none"])}?.(${of()}) ?? ${of()})`,
      () => `Mode.${dice.pick(["Low", "High"])}`,
      () => `(${this.test(place, depth - 1)} ? ${of()} : ${of()})`,
      () => `(${of()} ${dice.pick(["&&", "||", "??"])} ${of()})`,
      () => `(${of()}, ${of()})`,
      () => `L(@, ${this.mark()}, ${of()})`,
      () => `L(@, ${this.mark()}, ${of()}, ${of()}, ${of()})`,
      () => `\`\${${of()}}:\${${of()}}\`.length`,
      () => `\`\${${this.array()}}:\${${of()}}\`.length`,
      () => `[${of()}, ${of()}, ${of()}][${of()} & 1]`,
      () => `[...${this.array()}, ${of()}].length`,
      () => `({ x: ${of()}, y: ${of()} }).${dice.pick(["x", "y"])}`,
      () => `({ ...${this.object()}, y: ${of()} }).${dice.pick(["x", "y"])}`,
      () => `${this.object()}.${dice.pick(["x", "y"])}`,
      () => `${this.array()}[${of()} & 1]`,
      () => `(${this.object()}?.x ?? ${of()})`,
      () => `((${of()} & 1 ? ${this.object()} : null)?.y ?? ${of()})`,
      () => `(typeof ${this.parenthesized(of())}).length`,
      () => `(-${this.parenthesized(of())} | 0)`,
      () => `(!${this.parenthesized(of())} ? 1 : 2)`,
      () => `(void ${this.parenthesized(of())}, ${of()})`,
      () => this.call(of),
      () => `new Box(${of()}).get(${of()})`,
      () => `(new Box(${of()})).v`,
      () => `(new Tags@(${of()})).sum\`\${${of()}}:\${${of()}}\``,
      () => `(${this.object()} instanceof Box ? ${of()} : ${of()})`,
      () => `((${of()} & 1 ? { o: ${this.object()} } : null)?.o?.["m"]?.(${of()}) ?? ${of()})`,
      () =>
        `({ get g() { return ${this.leaf()}; }, ["m"](n) { return n; }, [\`k\${${of()} & 1}\`]: ${of()} }).g`,
      () => `((z) => (z ^ 3) | 0)(${of()})`,
      () => this.assignment(place, depth - 1),
      () => this.assignment(place, depth - 1),
    ])();
  }

  private parenthesized(text: string): string {
    return `(${text})`;
  }

  test(place: Place, depth: number): string {
    return `${this.number(place, depth)} ${this.dice.pick(TESTS)} ${this.number(place, depth)}`;
  }

  leaf(): string {
    const name = this.names.use("number", "constant", "counter");
    return name !== undefined && !this.dice.oneIn(3) ? name : String(this.dice.int(6));
  }

  array(): string {
    return this.names.use("array") ?? "[1, 2, 3]";
  }

  object(): string {
    return this.names.use("object") ?? "({ x: 1, y: 2, m(n) { return (n ^ this.x) | 0; } })";
  }

  private call(of: () => string): string {
    const fn = this.names.use("function");
    const direct = fn === undefined ? `self(${of()})` : `${fn}(${of()})`;
    return this.dice.pick([
      () => direct,
      () => `self(${of()}, ${of()})`,
      () => `add3(${of()}, ${of()}, ${of()})`,
      () => `add3(...[${of()}, 1], ${of()})`,
      () => `${this.object()}.m(${of()})`,
      () => `${this.object()}["m"](${of()})`,
    ])();
  }

  /** An await of something that gives a number. */
  private awaited(place: Place, depth: number): string {
    const of = (): string => this.number(place, depth);
    const choices = [
      () => `(await value@(${of()}))`,
      () => `(await echo@(${of()}))`,
      () => `(await echo@(${of()}))`,
      () => `(await sleep(ms(${2 * this.dice.int(3)})), ${of()})`,
      () => `(await yieldNow(), ${of()})`,
      () => `(await (${of()} & 1 ? value@(${of()}) : echo@(${of()})))`,
      () => `((await box@(${of()})).v)`,
      () => `(new (await class@())(${of()}).get(${of()}))`,
      () => `((await box@(${of()}))?.get(${of()}) ?? 0)`,
      () => `((await getter@())(${of()}) | 0)`,
      () => `(await Space.far(${of()}))`,
      () => `(await Space.far(...[${of()}, ${of()}]))`,
    ];
    const callee = place.callees.length > 0 ? this.dice.pick(place.callees) : undefined;
    if (callee !== undefined) {
      choices.push(
        () => `(await ${callee}(${of()}))`,
        () => `(await ${callee}(${of()}, ${of()}))`,
        () => `(await ${callee}(${of()}, undefined, { q: ${of()} }))`,
      );
    }
    return this.dice.pick(choices)();
  }

  private assignment(place: Place, depth: number): string {
    const value = this.number(place, depth);
    const assign = (target: string): string => {
      const operator = this.dice.pick(["=", "=", "+=", "-=", "^=", "|=", "&=", "&&=", "||=", "??="]);
      // Sums stay small, so that all engines print them alike.
      return `(${target} ${operator} ${/[+-]=/.test(operator) ? `(${value} & 255)` : value})`;
    };
    const name = this.names.use("number");
    const key = (): string => `${this.number(place, depth)} & 1`;
    const targets = [
      () => assign(this.memberTarget()),
      () => assign(`${this.names.use("array") ?? "spare@"}[${key()}]`),
      () => `${this.names.use("array") ?? "spare@"}[${key()}]${this.dice.pick(["++", "--"])}`,
      () => `${this.memberTarget()}++`,
      () => this.pattern(place, depth),
    ];
    if (name !== undefined)
      targets.push(
        () => assign(name),
        () => `${name}++`,
        () => assign(name),
      );
    return `(${this.dice.pick(targets)()} | 0)`;
  }

  /** An assignment to several targets; the defaults may wait. */
  private pattern(place: Place, depth: number): string {
    const number = (): string => this.number(place, depth - 1);
    const target = (): string => this.names.use("number") ?? this.memberTarget();
    return this.dice.pick([
      () => `([${target()}, ${target()} = ${number()}] = [${number()}])[0]`,
      () => `({ x: ${target()}, z: ${target()} = ${number()} } = { x: ${number()} }).x`,
      () => `([${this.memberTarget()} = ${number()}, ...[${target()}]] = [undefined, ${number()}]).length`,
    ])();
  }

  private memberTarget(): string {
    return `${this.names.use("object") ?? "spareObject@"}.${this.dice.pick(["x", "y"])}`;
  }
}
