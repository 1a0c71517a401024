/** An ESP32 development board (DevKitC and its like) under Moddable; lines are GPIO numbers. */
import type { BoardSpec } from "../../hal/board.js";

const digital = { can: ["output", "input", "interrupt"] } as const;
const button = { can: ["input", "interrupt"] } as const;
const sensing = { can: ["analog", "input", "interrupt"] } as const;

/** LED1 is the light on the board, BTN1 its BOOT button; GPIO 34 and 35 cannot drive. */
export const esp32 = {
  name: "esp32",
  engine: "moddable",
  pins: {
    LED1: { line: 2, can: ["output"] },
    LED2: { line: 4, can: ["output"] },
    BTN1: { line: 0, ...button },
    BTN2: { line: 15, ...button },
    D2: { line: 16, ...digital },
    D3: { line: 17, ...digital },
    D4: { line: 18, ...digital },
    D5: { line: 19, ...digital },
    D6: { line: 21, ...digital },
    D7: { line: 22, ...digital },
    D8: { line: 23, ...digital },
    A0: { line: 34, ...sensing },
    A1: { line: 35, ...sensing },
    A2: { line: 32, ...sensing },
    A3: { line: 33, ...sensing },
  },
} as const satisfies BoardSpec;
