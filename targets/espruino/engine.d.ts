/** The part of Espruino's globals that this target uses. */
declare function setTimeout(
  callback: (argument?: unknown) => void,
  delay: number,
  argument?: unknown,
): number;
declare function clearTimeout(id: number): void;
declare function getTime(): number;
declare function digitalWrite(pin: string, level: number): void;
declare function digitalRead(pin: string): number;
declare function analogRead(pin: string): number;
declare function pinMode(pin: string, mode: string): void;
declare function setWatch(
  callback: (event: { state: boolean }) => void,
  pin: string,
  options: { repeat: boolean; edge: "rising" | "falling" | "both" },
): number;
/** The watchdog of the chip; without `isAuto` the program must kick it. */
declare const E: { enableWatchdog(seconds: number, isAuto: boolean): void; kickWatchdog(): void };
declare const console: { log(text: string): void };
