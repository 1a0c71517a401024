/** The simulated board: every portable line, and some more. */
import type { BoardSpec } from "../../hal/index.js";

const led = { can: ["output"] } as const;
const button = { can: ["input", "interrupt"] } as const;
const digital = { can: ["output", "input", "interrupt"] } as const;
const analog = { can: ["analog"] } as const;

/** A board that exists only here; its lines are called as its pins. */
export const generic = {
  name: "generic",
  engine: "sim",
  pins: {
    LED1: { line: "LED1", ...led },
    LED2: { line: "LED2", ...led },
    LED3: { line: "LED3", ...led },
    BTN1: { line: "BTN1", ...button },
    BTN2: { line: "BTN2", ...button },
    BTN3: { line: "BTN3", ...button },
    D2: { line: "D2", ...digital },
    D3: { line: "D3", ...digital },
    D4: { line: "D4", ...digital },
    D5: { line: "D5", ...digital },
    D6: { line: "D6", ...digital },
    D7: { line: "D7", ...digital },
    A0: { line: "A0", ...analog },
    A1: { line: "A1", ...analog },
    A2: { line: "A2", ...analog },
    A3: { line: "A3", ...analog },
  },
} as const satisfies BoardSpec;
