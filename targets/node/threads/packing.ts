/**
 * Small plain values as bytes of shared memory: numbers, strings, booleans, null, undefined, and arrays and plain
 * objects of such. All else, and what does not fit, goes in a message, by the engine's structured clone: `pack` says
 * no to it, so that both ways give the same value.
 */

const UNDEFINED = 0;
const NULL = 1;
const FALSE = 2;
const TRUE = 3;
const INT = 4;
const DOUBLE = 5;
const LATIN = 6;
const WIDE = 7;
const LIST = 8;
const RECORD = 9;

/** Strings up to this length are read and written here; longer ones by the engine, whose call costs more. */
const SHORT = 16;
const DEPTH = 8;

export class Packing {
  private readonly view_: DataView;
  private readonly buffer_: Buffer;
  private at_ = 0;
  private end_ = 0;
  /** Objects on the way to and beside what is packed: each may be there once. */
  private readonly seen_: object[] = [];

  constructor(buffer: SharedArrayBuffer) {
    this.view_ = new DataView(buffer);
    this.buffer_ = Buffer.from(buffer);
  }

  /** Writes `value` to the `limit` bytes from `at`; false when it must go another way. */
  pack(at: number, limit: number, value: unknown): boolean {
    this.begin_(at, limit);
    try {
      return this.put_(value, DEPTH);
    } catch {
      // A getter that throws: structured clone will say so.
      return false;
    }
  }

  /** As {@link pack}; holes of `list` itself become undefined. */
  packList(at: number, limit: number, list: readonly unknown[]): boolean {
    this.begin_(at, limit);
    try {
      return this.putList_(list, DEPTH);
    } catch {
      return false;
    }
  }

  private begin_(at: number, limit: number): void {
    this.at_ = at;
    this.end_ = at + limit;
    if (this.seen_.length > 0) this.seen_.length = 0;
  }

  /** The value that was packed at `at`. */
  unpack(at: number): unknown {
    this.at_ = at;
    return this.get_();
  }

  private put_(value: unknown, depth: number): boolean {
    switch (typeof value) {
      case "number":
        return this.putNumber_(value);
      case "string":
        return this.putString_(value);
      case "boolean":
        return this.putTag_(value ? TRUE : FALSE);
      case "undefined":
        return this.putTag_(UNDEFINED);
      case "object":
        return value === null ? this.putTag_(NULL) : this.putObject_(value, depth);
      default:
        return false;
    }
  }

  private putTag_(tag: number): boolean {
    if (this.at_ >= this.end_) return false;
    this.view_.setUint8(this.at_++, tag);
    return true;
  }

  private putNumber_(value: number): boolean {
    const at = this.at_;
    if (at + 9 > this.end_) return false;
    if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
      this.view_.setUint8(at, INT);
      this.view_.setInt32(at + 1, value);
      this.at_ = at + 5;
    } else {
      this.view_.setUint8(at, DOUBLE);
      this.view_.setFloat64(at + 1, value);
      this.at_ = at + 9;
    }
    return true;
  }

  private putString_(value: string): boolean {
    const { length } = value;
    if (this.at_ + 2 + length > this.end_) return false;
    const tagAt = this.at_;
    this.at_ += 2;
    this.view_.setUint8(tagAt + 1, length);
    if (this.putLatin_(value)) this.view_.setUint8(tagAt, LATIN);
    else if (tagAt + 2 + 2 * length > this.end_) return false;
    else {
      this.view_.setUint8(tagAt, WIDE);
      this.at_ = tagAt + 2 + this.buffer_.write(value, tagAt + 2, "utf16le");
    }
    return true;
  }

  private putLatin_(value: string): boolean {
    const { length } = value;
    const { view_: view, at_: at } = this;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 255) return false;
      view.setUint8(at + i, code);
    }
    this.at_ = at + length;
    return true;
  }

  private putObject_(value: object, depth: number): boolean {
    if (depth === 0 || this.seen_.includes(value)) return false;
    this.seen_.push(value);
    if (Array.isArray(value)) {
      // Not one with holes, or with more than items.
      return Object.keys(value).length === value.length && this.putList_(value, depth - 1);
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    return (prototype === Object.prototype || prototype === null) && this.putRecord_(value, depth - 1);
  }

  private putList_(value: readonly unknown[], depth: number): boolean {
    const { length } = value;
    if (length > 255 || this.at_ + 2 > this.end_) return false;
    this.view_.setUint8(this.at_, LIST);
    this.view_.setUint8(this.at_ + 1, length);
    this.at_ += 2;
    for (let i = 0; i < length; i++) if (!this.put_(value[i], depth)) return false;
    return true;
  }

  private putRecord_(value: object, depth: number): boolean {
    const countAt = this.at_ + 1;
    if (countAt >= this.end_) return false;
    this.view_.setUint8(countAt - 1, RECORD);
    this.at_ += 2;
    const keys = Object.keys(value);
    if (keys.length > 255) return false;
    this.view_.setUint8(countAt, keys.length);
    for (const key of keys) {
      if (key === "__proto__" || !this.putString_(key)) return false;
      if (!this.put_((value as Record<string, unknown>)[key], depth)) return false;
    }
    return true;
  }

  private get_(): unknown {
    const tag = this.view_.getUint8(this.at_++);
    switch (tag) {
      case INT:
        this.at_ += 4;
        return this.view_.getInt32(this.at_ - 4);
      case DOUBLE:
        this.at_ += 8;
        return this.view_.getFloat64(this.at_ - 8);
      case LATIN:
      case WIDE:
        return this.getString_(tag);
      case LIST:
        return this.getList_();
      case RECORD:
        return this.getRecord_();
      case NULL:
        return null;
      case UNDEFINED:
        return undefined;
      default:
        return tag === TRUE;
    }
  }

  private getString_(tag: number): string {
    const length = this.view_.getUint8(this.at_);
    const from = this.at_ + 1;
    this.at_ = from + (tag === WIDE ? 2 * length : length);
    if (tag === WIDE) return this.buffer_.toString("utf16le", from, this.at_);
    if (length > SHORT) return this.buffer_.toString("latin1", from, this.at_);
    let text = "";
    for (let at = from; at < this.at_; at++) text += String.fromCharCode(this.view_.getUint8(at));
    return text;
  }

  private getList_(): unknown[] {
    const length = this.view_.getUint8(this.at_++);
    const list: unknown[] = [];
    for (let i = 0; i < length; i++) list.push(this.get_());
    return list;
  }

  private getRecord_(): object {
    const count = this.view_.getUint8(this.at_++);
    const record: Record<string, unknown> = {};
    for (let i = 0; i < count; i++) {
      const tag = this.view_.getUint8(this.at_++);
      const key = this.getString_(tag);
      record[key] = this.get_();
    }
    return record;
  }
}
