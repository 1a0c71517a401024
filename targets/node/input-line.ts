/**
 * An input through gpiod: one `gpiomon` for as long as the pin is open, whose lines are the edges.
 *
 * It runs from the opening on, not from the first wait: `gpioget` cannot read a line that gpiomon holds, and takes
 * milliseconds of the event loop where the level of the last edge costs nothing. Its price is a process
 * for each input, and two blind spots at the start: edges before gpiomon runs (some milliseconds) are not seen, and
 * a level that changes between the one `gpioget` and then is wrong until the next edge.
 */
import { spawnSync } from "node:child_process";
import type { InputOptions, Level } from "../../hal/index.js";
import { endChild, startChild, type Child } from "./children.js";
import { parseEdge, type Gpiod } from "./gpiod.js";
import type { Failure } from "./tool-errors.js";

/** A tool that does not answer is as good as one that fails. */
const READ_LIMIT_MS = 2000;

/** What a line tells its pin. */
export interface LineEvents {
  changed(level: Level): void;
  failed(failure: Failure): void;
}

export class InputLine {
  private level_: Level;
  private child_: Child | null = null;
  private isClosed_ = false;
  private isHeld_ = false;
  private readonly edges_: Level[] = [];

  constructor(
    private readonly gpiod_: Gpiod,
    private readonly pin_: string,
    private readonly line_: number,
    pull: InputOptions["pull"],
    private readonly events_: LineEvents,
  ) {
    this.level_ = pull === "up" ? 1 : 0;
    if (this.readOnce_(pull)) this.monitor_(pull);
  }

  /** The level after the last edge. */
  get level(): Level {
    return this.level_;
  }

  /** Whether waiting for an edge of this line keeps the process alive. */
  hold(isHeld: boolean): void {
    if (isHeld === this.isHeld_ || this.child_ === null) return;
    this.isHeld_ = isHeld;
    if (isHeld) this.child_.ref();
    else this.child_.unref();
  }

  close(): void {
    this.isClosed_ = true;
    if (this.child_ !== null) endChild(this.child_);
  }

  private readOnce_(pull: InputOptions["pull"]): boolean {
    const args = this.gpiod_.get(this.gpiod_.chip, this.line_, pull);
    const { error, status, stdout, stderr } = spawnSync("gpioget", args, {
      encoding: "utf8",
      timeout: READ_LIMIT_MS,
    });
    const isRead = error === undefined && status === 0;
    if (isRead) this.level_ = stdout.trim() === "1" ? 1 : 0;
    else this.fail_("gpioget", error === undefined ? stderr : error.message);
    return isRead;
  }

  private monitor_(pull: InputOptions["pull"]): void {
    const args = this.gpiod_.monitor(this.gpiod_.chip, this.line_, pull);
    this.child_ = startChild("gpiomon", args, (text) => {
      this.child_ = null;
      if (!this.isClosed_) this.fail_("gpiomon", text);
    });
    let rest = "";
    this.child_.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.edge_(line);
    });
  }

  private edge_(printed: string): void {
    const level = parseEdge(this.gpiod_, printed);
    if (level !== null && this.edges_.push(level) === 1) this.deliver_();
  }

  /**
   * Edges arrive in one piece when they are close to each other. Tasks get a turn between them, as they do between
   * interrupts: one that waits for a press and then for its release sees both.
   */
  private deliver_(): void {
    const level = this.edges_[0];
    if (level === undefined || this.isClosed_) return;
    this.level_ = level;
    this.events_.changed(level);
    // After the pend that this edge caused: immediates run in the order they were asked for.
    setImmediate(() => {
      this.edges_.shift();
      this.deliver_();
    });
  }

  private fail_(tool: string, text: string): void {
    this.events_.failed({ tool, text, pin: this.pin_, line: this.line_, chip: this.gpiod_.chip });
  }
}
