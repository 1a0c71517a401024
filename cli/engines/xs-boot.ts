/** The script an XS worker runs first: it gives later scripts a way to answer in text, to print and to ask. */

/** The first character of a command that carries a printed line, or a complaint of the engine. */
export const PRINT = "\0";
export const COMPLAINT = "\x01";

/** The first character of an answer: the value of the script, or what it threw. */
export const VALUE = ".";
export const THROWN = "!";

/**
 * The worker answers `?` messages by calling `handleCommand`, runs promise jobs until none is left, and only
 * then reads `result`: so a script may return a promise.
 */
export const BOOT = `(function (global) {
  const issue = global.issueCommand;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const encode = text => encoder.encode(text).buffer;
  const send = text => decoder.decode(issue(encode(text)));
  global.print = (...values) => {
    send("\\0" + values.map(String).join(" "));
  };
  // The worker reports rejections that nobody caught to console.error, before it answers.
  Object.defineProperty(global, "console", {
    value: { error: (...values) => void send("\\x01" + values.map(String).join(" ")) },
  });
  global.command = text => send(String(text));

  const value = it => "." + (it === undefined ? "" : String(it));
  const thrown = it => {
    let message = "a value that has no text";
    let stack = "";
    try {
      message = String(it);
      stack = String((it && it.stack) || "");
    } catch {}
    return "!" + JSON.stringify({ message, stack });
  };
  const answer = (box, make) => {
    let text;
    try {
      text = make();
    } catch (error) {
      text = thrown(error);
    }
    box.result = encode(text);
  };
  const evaluate = (0, eval);
  global.handleCommand = bytes => {
    const box = { result: undefined };
    answer(box, () => {
      const it = evaluate(decoder.decode(bytes));
      if (it === null || typeof it !== "object" || typeof it.then !== "function") return value(it);
      it.then(late => answer(box, () => value(late)), error => answer(box, () => thrown(error)));
      return "";
    });
    return box;
  };
})(globalThis);`;
