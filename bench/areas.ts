/** The areas of the bench, and the groups of each. Later issues add theirs here. */
import { awaits } from "./compiler/awaits.js";
import { blink } from "./compiler/blink.js";
import { bytes } from "./compiler/bytes.js";
import { equal } from "./compiler/equal.js";
import { fuzz } from "./compiler/fuzz.js";
import { instructions } from "./compiler/instructions.js";
import { shared } from "./compiler/shared.js";
import { speed } from "./compiler/speed.js";
import { test262 } from "./compiler/test262.js";
import { pairs } from "./core/pairs.js";
import { sleepers } from "./core/sleepers.js";
import { allocation } from "./first/allocation.js";
import { espruinoMemory } from "./first/espruino-memory.js";
import { espruinoSwitch } from "./first/espruino-switch.js";
import { sizes } from "./first/sizes.js";
import { v8Switch } from "./first/v8-switch.js";
import { xsSwitch } from "./first/xs-switch.js";
import type { Group } from "./rows.js";
import { echo } from "./threads/echo.js";
import { faults } from "./threads/faults.js";
import { flavors } from "./threads/flavors.js";
import { footprint } from "./threads/footprint.js";
import { messages } from "./threads/messages.js";
import { sharedTasks } from "./threads/shared-tasks.js";
import { skew } from "./threads/skew.js";
import { tiny } from "./threads/tiny.js";

/** By name. An area without groups is known, and has no rows yet. */
export const AREAS: ReadonlyMap<string, readonly Group[]> = new Map([
  ["first", [sizes, allocation, v8Switch, xsSwitch, espruinoMemory, espruinoSwitch]],
  ["compiler", [equal, fuzz, test262, ...awaits, shared, instructions, bytes, blink, speed]],
  ["core", [pairs, sleepers]],
  ["threads", [tiny, skew, sharedTasks, messages, flavors, faults, echo, footprint]],
  ["hal", []],
  ["sim", []],
]);
