/** Espruino: what a device program is started with, and its boards as data. */
export { EspruinoBoard } from "./board.js";
export { pixl } from "./pixl.js";
