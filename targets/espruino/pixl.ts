/** Pixl.js, an Espruino board with Arduino's pin layout. */
import type { BoardSpec } from "../../hal/board.js";

const digital = { can: ["output", "input", "interrupt"] } as const;
const button = { can: ["input", "interrupt"] } as const;
const analog = { can: ["analog", "output", "input", "interrupt"] } as const;

/** Lines by the names printed on the board; LED1 is the backlight, LED2 the usual light of a shield. */
export const pixl = {
  name: "pixl",
  engine: "espruino",
  pins: {
    LED1: { line: "LED1", can: ["output"] },
    LED2: { line: "D13", can: ["output"] },
    BTN1: { line: "BTN1", ...button },
    BTN2: { line: "BTN2", ...button },
    BTN3: { line: "BTN3", ...button },
    BTN4: { line: "BTN4", ...button },
    D0: { line: "D0", ...digital },
    D1: { line: "D1", ...digital },
    D2: { line: "D2", ...digital },
    D3: { line: "D3", ...digital },
    D4: { line: "D4", ...digital },
    D5: { line: "D5", ...digital },
    D6: { line: "D6", ...digital },
    D7: { line: "D7", ...digital },
    D8: { line: "D8", ...digital },
    D9: { line: "D9", ...digital },
    D10: { line: "D10", ...digital },
    D11: { line: "D11", ...digital },
    D12: { line: "D12", ...digital },
    A0: { line: "A0", ...analog },
    A1: { line: "A1", ...analog },
    A2: { line: "A2", ...analog },
    A3: { line: "A3", ...analog },
  },
} as const satisfies BoardSpec;
