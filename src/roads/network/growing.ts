/** A list of numbers in one typed array that doubles when it is full. */
export class Growing<A extends Int32Array | Float64Array | Uint8Array> {
  #values: A;
  #count = 0;
  readonly #grow: (length: number) => A;

  constructor(grow: (length: number) => A) {
    this.#grow = grow;
    this.#values = grow(1 << 10);
  }

  get count(): number {
    return this.#count;
  }

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = this.#grow(2 * this.#count);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  /** What was pushed, without a copy: valid until the next push. */
  view(): A {
    return this.#values.subarray(0, this.#count) as A;
  }
}

export const growingInt32 = (): Growing<Int32Array> => new Growing((length) => new Int32Array(length));
export const growingFloat64 = (): Growing<Float64Array> => new Growing((length) => new Float64Array(length));
export const growingUint8 = (): Growing<Uint8Array> => new Growing((length) => new Uint8Array(length));
