/*
 * Reads lib0's variable-length numbers and byte strings out of one message, without copying it. lib0's own decoder
 * makes views on the memory below its input, which may go on after the message with somebody else's: here every
 * length is checked first. All functions throw a RangeError on a message that ends early.
 */
export type ByteReader = {
  readonly varUint: () => number;
  /** A view, valid as long as the message is. */
  readonly bytes: () => Uint8Array;
  readonly text: () => string;
  readonly hasMore: () => boolean;
};

export function createByteReader(message: Uint8Array): ByteReader {
  const buffer = Buffer.from(message.buffer, message.byteOffset, message.length);
  let position = 0;

  function varUint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = buffer[position];
      if (byte === undefined) throw new RangeError("ends early");
      position += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
      if (value > Number.MAX_SAFE_INTEGER || factor > Number.MAX_SAFE_INTEGER) {
        throw new RangeError("number too large");
      }
    }
  }

  /** Where the next byte string ends; moves to its start. */
  function endOfNext(): number {
    const length = varUint();
    if (length > buffer.length - position) throw new RangeError("ends early");
    return position + length;
  }

  return {
    varUint,
    bytes() {
      const end = endOfNext();
      const view = buffer.subarray(position, end);
      position = end;
      return view;
    },
    text() {
      const end = endOfNext();
      const text = buffer.toString("utf8", position, end);
      position = end;
      return text;
    },
    hasMore: () => position < buffer.length,
  };
}
