/** Moddable: what a device program is started with, and its boards as data. */
export { ModdableBoard } from "./board.js";
export { start } from "./platform.js";
export { esp32 } from "./esp32.js";
