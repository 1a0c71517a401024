/** Lines of generated code, at an indent that grows with what they stand in. */
export class Lines {
  protected readonly out: string[] = [];

  constructor(protected indent: string) {}

  protected line(...lines: readonly string[]): void {
    for (const line of lines) this.out.push(this.indent + line);
  }

  /** Writes what `body` does, one step further in. */
  protected nested(body: () => void): void {
    const outer = this.indent;
    this.indent += "  ";
    body();
    this.indent = outer;
  }
}
