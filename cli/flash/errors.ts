/**
 * How an upload ends badly: one error with a code, both numbers, and what the board now runs.
 *
 *   E601 the port cannot be opened                E607 the port closed during the upload
 *   E602 nothing answers                          E608 the board fell silent during the upload
 *   E603 what answers is not Espruino             E609 what was read back differs from what was sent
 *   E604 this board cannot run what is flashed    E610 the program is stored but failed at its start
 *   E605 the program does not fit                 E611 the program is stored but the board is silent
 *   E606 the board refused a write                E612 the upload was interrupted
 */

/** What the board runs from now on, as far as is known. */
export type BoardRuns = "old" | "none" | "new" | "unknown";

/** What the user reads about each {@link BoardRuns}, unless the place of failure knows better. */
const STATE_TEXT: Record<BoardRuns, string> = {
  old: "The old program is still on the board.",
  none: "The board now has no program. Flash again.",
  new: "The new program is on the board.",
  unknown: "What the board runs is unknown. Reset it, then flash again.",
};

/** The one kind of error that leaves this folder; `message` is complete and fit for the user. */
export class FlashError extends Error {
  readonly code: string;
  readonly boardRuns: BoardRuns;

  /**
   * @param code - E601 and up; never reused
   * @param problem - subject in quotes, what is wrong, with both numbers
   * @param boardRuns - what the board now runs
   * @param state - the sentence about it, where more is known than `boardRuns` says
   */
  constructor(code: string, problem: string, boardRuns: BoardRuns, state = STATE_TEXT[boardRuns]) {
    super(`${code} ${problem} ${state}`);
    this.name = "FlashError";
    this.code = code;
    this.boardRuns = boardRuns;
  }
}

/** E601: the port cannot be opened; nothing was sent. */
export function portError(port: string, problem: string): FlashError {
  return new FlashError("E601", `port "${port}": ${problem}`, "old", "Nothing was sent to a board.");
}
