/** A Raspberry Pi's 40-pin header. */
import type { BoardSpec } from "../../hal/index.js";

/** GPIO`line` by Broadcom's numbers, which are the offsets on its gpiochip. */
function gpio<const L extends number>(line: L): { line: L; can: readonly ["output", "input", "interrupt"] } {
  return { line, can: ["output", "input", "interrupt"] };
}

/**
 * The portable names lie where no bus is (I2C 2-3, SPI 7-11, UART 14-15), LEDs and buttons side by side on the
 * header. A0 and A1 exist so that portable programs run: a Pi has no converter, and the board says so.
 */
export const raspberry = {
  name: "raspberry",
  engine: "node",
  pins: {
    LED1: { line: 17, can: ["output"] },
    LED2: { line: 27, can: ["output"] },
    BTN1: { line: 22, can: ["input", "interrupt"] },
    BTN2: { line: 23, can: ["input", "interrupt"] },
    D2: gpio(24),
    D3: gpio(25),
    D4: gpio(5),
    D5: gpio(6),
    A0: { line: "A0", can: ["analog"] },
    A1: { line: "A1", can: ["analog"] },
    GPIO2: gpio(2),
    GPIO3: gpio(3),
    GPIO4: gpio(4),
    GPIO5: gpio(5),
    GPIO6: gpio(6),
    GPIO7: gpio(7),
    GPIO8: gpio(8),
    GPIO9: gpio(9),
    GPIO10: gpio(10),
    GPIO11: gpio(11),
    GPIO12: gpio(12),
    GPIO13: gpio(13),
    GPIO14: gpio(14),
    GPIO15: gpio(15),
    GPIO16: gpio(16),
    GPIO17: gpio(17),
    GPIO18: gpio(18),
    GPIO19: gpio(19),
    GPIO20: gpio(20),
    GPIO21: gpio(21),
    GPIO22: gpio(22),
    GPIO23: gpio(23),
    GPIO24: gpio(24),
    GPIO25: gpio(25),
    GPIO26: gpio(26),
    GPIO27: gpio(27),
  },
} as const satisfies BoardSpec;
