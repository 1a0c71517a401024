/** The part of Moddable that the peers' runtime uses. */
declare module "timer" {
  const Timer: { set(callback: () => void, delay?: number): void };
  export default Timer;
}

declare module "embedded:io/digital" {
  class Digital {
    static readonly Output: number;
    constructor(options: { pin: number | undefined; mode: number });
    write(level: number): void;
  }
  export default Digital;
}
