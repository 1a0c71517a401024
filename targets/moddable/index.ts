/** Moddable: its boards as data. What runs on the device is bundled by the build. */
export { esp32 } from "./esp32.js";
