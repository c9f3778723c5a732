/**
 * Reads lib0's variable-length numbers and byte strings out of one message, without copying it. lib0's own decoder
 * makes views on the memory below its input, which may go on after the message with somebody else's: here every
 * length is checked first. All methods throw a RangeError on a message that ends early.
 */
export class ByteReader {
  readonly #buffer: Buffer;
  readonly #end: number;
  #position: number;

  constructor(message: Uint8Array, start = 0, end = message.length) {
    this.#buffer = Buffer.isBuffer(message)
      ? message
      : Buffer.from(message.buffer, message.byteOffset, message.length);
    this.#position = start;
    this.#end = end;
  }

  varUint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.#position < this.#end ? this.#buffer[this.#position] : undefined;
      if (byte === undefined) throw new RangeError("ends early");
      this.#position += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
      if (factor > Number.MAX_SAFE_INTEGER) throw new RangeError("number too large");
    }
  }

  /** A view, valid as long as the message is. */
  bytes(): Uint8Array {
    const end = this.#endOfNext();
    const view = this.#buffer.subarray(this.#position, end);
    this.#position = end;
    return view;
  }

  /** A reader of the next byte string alone. */
  part(): ByteReader {
    const end = this.#endOfNext();
    const reader = new ByteReader(this.#buffer, this.#position, end);
    this.#position = end;
    return reader;
  }

  text(): string {
    const end = this.#endOfNext();
    const text = this.#buffer.toString("utf8", this.#position, end);
    this.#position = end;
    return text;
  }

  hasMore(): boolean {
    return this.#position < this.#end;
  }

  /** Where the next byte string ends; moves to its start. */
  #endOfNext(): number {
    const length = this.varUint();
    if (length > this.#end - this.#position) throw new RangeError("ends early");
    return this.#position + length;
  }
}
