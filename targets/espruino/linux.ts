/**
 * Espruino's own Linux build as a board: 32 lines that can be named, but lead nowhere unless the computer has GPIO.
 * For trying an upload without a board.
 */
import type { BoardSpec } from "../../hal/board.js";

const digital = { can: ["output", "input", "interrupt"] } as const;

/** Espruino's Linux build. */
export const linux = {
  name: "linux",
  engine: "espruino",
  pins: {
    LED1: { line: "D0", can: ["output"] },
    LED2: { line: "D1", can: ["output"] },
    BTN1: { line: "D10", can: ["input", "interrupt"] },
    BTN2: { line: "D11", can: ["input", "interrupt"] },
    D2: { line: "D2", ...digital },
    D3: { line: "D3", ...digital },
    D4: { line: "D4", ...digital },
    D5: { line: "D5", ...digital },
    A0: { line: "D12", can: ["analog"] },
    A1: { line: "D13", can: ["analog"] },
  },
} as const satisfies BoardSpec;
