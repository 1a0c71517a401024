/** What "dormouse/espruino" exports; printed from the sources by `npm test -- --update unit/api`. */
/** Espruino's Linux build. */
export declare const linux: {
    readonly name: "linux";
    readonly engine: "espruino";
    readonly pins: {
        readonly LED1: {
            readonly line: "D0";
            readonly can: readonly ["output"];
        };
        readonly LED2: {
            readonly line: "D1";
            readonly can: readonly ["output"];
        };
        readonly BTN1: {
            readonly line: "D10";
            readonly can: readonly ["input", "interrupt"];
        };
        readonly BTN2: {
            readonly line: "D11";
            readonly can: readonly ["input", "interrupt"];
        };
        readonly D2: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D2";
        };
        readonly D3: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D3";
        };
        readonly D4: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D4";
        };
        readonly D5: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D5";
        };
        readonly A0: {
            readonly line: "D12";
            readonly can: readonly ["analog"];
        };
        readonly A1: {
            readonly line: "D13";
            readonly can: readonly ["analog"];
        };
    };
};

/** Lines by the names printed on the board; LED1 is the backlight, LED2 the usual light of a shield. */
export declare const pixl: {
    readonly name: "pixl";
    readonly engine: "espruino";
    readonly pins: {
        readonly LED1: {
            readonly line: "LED1";
            readonly can: readonly ["output"];
        };
        readonly LED2: {
            readonly line: "D13";
            readonly can: readonly ["output"];
        };
        readonly BTN1: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: "BTN1";
        };
        readonly BTN2: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: "BTN2";
        };
        readonly BTN3: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: "BTN3";
        };
        readonly BTN4: {
            readonly can: readonly ["input", "interrupt"];
            readonly line: "BTN4";
        };
        readonly D0: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D0";
        };
        readonly D1: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D1";
        };
        readonly D2: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D2";
        };
        readonly D3: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D3";
        };
        readonly D4: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D4";
        };
        readonly D5: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D5";
        };
        readonly D6: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D6";
        };
        readonly D7: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D7";
        };
        readonly D8: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D8";
        };
        readonly D9: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D9";
        };
        readonly D10: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D10";
        };
        readonly D11: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D11";
        };
        readonly D12: {
            readonly can: readonly ["output", "input", "interrupt"];
            readonly line: "D12";
        };
        readonly A0: {
            readonly can: readonly ["analog", "output", "input", "interrupt"];
            readonly line: "A0";
        };
        readonly A1: {
            readonly can: readonly ["analog", "output", "input", "interrupt"];
            readonly line: "A1";
        };
        readonly A2: {
            readonly can: readonly ["analog", "output", "input", "interrupt"];
            readonly line: "A2";
        };
        readonly A3: {
            readonly can: readonly ["analog", "output", "input", "interrupt"];
            readonly line: "A3";
        };
    };
};
