/** The part of the Moddable SDK that this target uses; `mcconfig` supplies the modules. */
declare module "timer" {
  interface TimerId {
    readonly timer: unique symbol;
  }
  const Timer: {
    set(callback: () => void, delay: number): TimerId;
    clear(id: TimerId): void;
    repeat(callback: () => void, interval: number): TimerId;
    schedule(id: TimerId, delay: number, interval: number): void;
  };
  export default Timer;
}

declare module "time" {
  const Time: { readonly ticks: number };
  export default Time;
}

declare module "embedded:io/digital" {
  interface DigitalOptions {
    pin: number | string;
    mode: number;
    initialValue?: number;
    edge?: number;
    onReadable?: () => void;
  }
  class Digital {
    static readonly Input: number;
    static readonly InputPullUp: number;
    static readonly InputPullDown: number;
    static readonly Output: number;
    static readonly Rising: number;
    static readonly Falling: number;
    constructor(options: DigitalOptions);
    read(): number;
    write(level: number): void;
  }
  export default Digital;
}

declare module "embedded:io/analog" {
  class Analog {
    constructor(options: { pin: number | string });
    readonly resolution: number;
    read(): number;
  }
  export default Analog;
}

declare function trace(text: string): void;
