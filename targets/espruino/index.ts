/** Espruino: its boards as data. What runs on the device is bundled by the build. */
export { pixl } from "./pixl.js";
export { linux } from "./linux.js";
