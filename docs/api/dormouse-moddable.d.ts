/** What "dormouse/moddable" exports; printed from the sources by `npm test -- --update unit/api`. */
/** LED1 is the light on the board, BTN1 its BOOT button; GPIO 34 and 35 cannot drive. */
export declare const esp32: {
    readonly name: "esp32";
    readonly engine: "moddable";
    readonly pins: {
        readonly LED1: {
            readonly line: 2;
            readonly can: readonly ["output"];
        };
        readonly LED2: {
            readonly line: 4;
            readonly can: readonly ["output"];
        };
        readonly BTN1: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: 0;
        };
        readonly BTN2: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: 15;
        };
        readonly D2: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: 16;
        };
        readonly D3: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: 17;
        };
        readonly D4: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: 18;
        };
        readonly D5: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: 19;
        };
        readonly D6: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: 21;
        };
        readonly D7: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: 22;
        };
        readonly D8: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: 23;
        };
        readonly A0: {
            readonly can: readonly ["analog", "input", "interrupt"];
            readonly line: 34;
        };
        readonly A1: {
            readonly can: readonly ["analog", "input", "interrupt"];
            readonly line: 35;
        };
        readonly A2: {
            readonly can: readonly ["analog", "input", "interrupt"];
            readonly line: 32;
        };
        readonly A3: {
            readonly can: readonly ["analog", "input", "interrupt"];
            readonly line: 33;
        };
    };
};
