/** The native counterpart of mutex.ts. */
import { contend } from "./native-contend.js";

export default function main(): void {
  contend(8, 1);
}
