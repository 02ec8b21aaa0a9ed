/** One field of a message: a number, or bytes. */
type Field = { readonly field: number; readonly number: number; readonly bytes: Buffer };

const none = Buffer.alloc(0);

/** Reads the fields of a protocol-buffer message one after the other; throws where it ends in the middle of one. */
export class Fields {
  readonly #message: Buffer;
  #position = 0;

  constructor(message: Buffer) {
    this.#message = message;
  }

  *all(): Generator<Field> {
    while (this.#position < this.#message.length) {
      const key = this.#varint();
      const field = Math.floor(key / 8);
      switch (key % 8) {
        case 0:
          yield { field, number: this.#varint(), bytes: none };
          break;
        case 1:
          yield { field, number: 0, bytes: this.#take(8) };
          break;
        case 2:
          yield { field, number: 0, bytes: this.#take(this.#varint()) };
          break;
        case 5:
          yield { field, number: 0, bytes: this.#take(4) };
          break;
        default:
          throw new Error("a message has a field of an unknown kind");
      }
    }
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 64; factor *= 128) {
      const byte = this.#message[this.#position];
      if (byte === undefined) break;
      this.#position += 1;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
    throw new Error("a message ends in the middle of a number");
  }

  #take(length: number): Buffer {
    const bytes = this.#message.subarray(this.#position, this.#position + length);
    if (bytes.length < length) throw new Error("a message ends in the middle of a field");
    this.#position += length;
    return bytes;
  }
}
