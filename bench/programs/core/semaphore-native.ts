/** The native counterpart of semaphore.ts. */
import { contend } from "./native-contend.js";

export default function main(): void {
  contend(6, 5);
}
