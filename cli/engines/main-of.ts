/** The start of a program, whose mistakes are told in one line. */
import type { SimModule } from "../build/sim.js";
import { briefFault } from "../report/fault.js";
import { UserError } from "../user-error.js";

/**
 * The `main` of `module`, which throws what has a code as it is.
 *
 * @throws UserError E703 when there is no such function, and from it when the program's throws
 */
export function mainOf({ main }: Pick<SimModule, "main">): SimModule["main"] {
  if (typeof main !== "function") {
    const advice = "Write export default function main(board: Board) { ... }";
    throw new UserError(
      `E703 "main": the default export is of type ${typeof main}, and no function. ${advice}`,
    );
  }
  return (board) => {
    try {
      main(board);
    } catch (error) {
      const code = (error as { code?: unknown } | null | undefined)?.code;
      if (typeof code === "string" && /^E\d{3}$/.test(code)) throw error;
      throw new UserError(`E703 "main": ended by an error: ${briefFault(error)}`);
    }
  };
}
