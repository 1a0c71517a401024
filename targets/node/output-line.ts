/**
 * An output through gpiod. A line is driven only while a `gpioset` runs, and there are two ways to change its level:
 *
 *   interactive (2.x built with it)   one process; "set 17=1" on its stdin. Every change arrives, in order.
 *   replaced (1.x, 2.x without it)     gpioset takes no commands, and a second one is refused while the first holds
 *                                     the line: end it, wait for its end, start the next.
 *
 * Price of the second: two process switches for a change (milliseconds on a Pi), for which the line is nobody's and
 * may float, and no way to follow a faster program: changes during a switch are merged into the last of them, which
 * is noted once. Good for LEDs and relays; for pulses use 2.x with interactive mode.
 */
import type { Level } from "../../hal/index.js";
import { endChild, startChild, type Child } from "./children.js";
import type { Gpiod } from "./gpiod.js";
import type { Failure } from "./tool-errors.js";

/** What a driven line tells its pin. */
export interface DriveEvents {
  failed(failure: Failure): void;
  /** Changes came faster than they could be shown. */
  merged(): void;
}

/** A line that something drives. */
export interface OutputLine {
  /** Drives the line to another level. */
  write(level: Level): void;
  close(): void;
}

/** Drives `line` to `level`. */
export function openOutput(
  gpiod: Gpiod,
  pin: string,
  line: number,
  level: Level,
  events: DriveEvents,
): OutputLine {
  const fail = (text: string): void => {
    events.failed({ tool: "gpioset", text, pin, line, chip: gpiod.chip });
  };
  return gpiod.isInteractive
    ? new InteractiveLine(gpiod, line, level, fail)
    : new ReplacedLine(gpiod, line, level, fail, () => {
        events.merged();
      });
}

class InteractiveLine implements OutputLine {
  private child_: Child | null;
  private isClosed_ = false;

  constructor(
    gpiod: Gpiod,
    private readonly line_: number,
    level: Level,
    fail: (text: string) => void,
  ) {
    this.child_ = startChild(
      "gpioset",
      ["--interactive", ...gpiod.hold(gpiod.chip, line_, level)],
      (text) => {
        this.child_ = null;
        if (!this.isClosed_) fail(text);
      },
    );
    // Prompts, which nobody reads, would fill the pipe and stop gpioset.
    this.child_.stdout.resume();
  }

  write(level: Level): void {
    this.child_?.stdin.write(`set ${this.line_}=${level}\n`);
  }

  close(): void {
    this.isClosed_ = true;
    // A signal, since at the end of its input an interactive gpioset reads on for ever (2.3).
    if (this.child_ !== null) endChild(this.child_);
  }
}

class ReplacedLine implements OutputLine {
  private child_: Child | null = null;
  private shown_: Level;
  private wanted_: Level;
  private isSwitching_ = false;
  private isDead_ = false;

  constructor(
    private readonly gpiod_: Gpiod,
    private readonly line_: number,
    level: Level,
    private readonly fail_: (text: string) => void,
    private readonly merged_: () => void,
  ) {
    this.shown_ = this.wanted_ = level;
    this.start_();
  }

  write(level: Level): void {
    this.wanted_ = level;
    if (this.isSwitching_) this.merged_();
    else this.switch_();
  }

  close(): void {
    this.isDead_ = true;
    if (this.child_ !== null) endChild(this.child_);
  }

  private switch_(): void {
    if (this.child_ === null || this.wanted_ === this.shown_) return;
    this.isSwitching_ = true;
    endChild(this.child_);
  }

  private start_(): void {
    this.shown_ = this.wanted_;
    this.child_ = startChild(
      "gpioset",
      this.gpiod_.hold(this.gpiod_.chip, this.line_, this.shown_),
      (text) => {
        this.child_ = null;
        this.ended_(text);
      },
    );
  }

  private ended_(text: string): void {
    if (this.isDead_) return;
    // A switch may find that its gpioset had failed before: then there is something on stderr.
    this.isDead_ = !this.isSwitching_ || text !== "";
    this.isSwitching_ = false;
    if (this.isDead_) this.fail_(text);
    else this.start_();
  }
}
