/** What throws.ts calls in another module. */
export interface Deep {
  readonly a?: { readonly b?: { c(): number } };
}

export function check(n: number): number {
  if (n > 100) return n;
  throw new Error("helper"); // case helper
}

export class Gauge {
  #level = 0;
  get level(): number {
    if (this.#level === 0) throw new Error("getter"); // case getter
    return this.#level;
  }
  static make(text: string): Gauge {
    const gauge = new Gauge();
    gauge.#level = JSON.parse(text) as number; // case static
    return gauge;
  }
}
