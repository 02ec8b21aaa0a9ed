import { present } from "../../src/basics/assert.ts";
import type { Random } from "../../src/basics/random.ts";

type Change =
  | { readonly kind: "write"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "truncate"; readonly size: number };

type PowerFile = {
  /** As a program reads it now. */
  now: Uint8Array;
  /** As it was when it was last synced. */
  synced: Uint8Array;
  /** What has happened to it since. */
  unsynced: Change[];
};

export class PowerIsGone extends Error {}

const sectorBytes = 512;

/**
 * A disk in memory whose power is cut at a drawn moment. Of what was not synced then each file keeps all, nothing, or some
 * of its sectors; what was synced, it has. Names are made and removed at once and for good, as with a journaling file
 * system: what is under test is what the program syncs.
 */
export class PowerDisk {
  readonly #files = new Map<string, PowerFile>();
  readonly #random: Random;
  #stepsLeft = Number.POSITIVE_INFINITY;
  #isOff = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The power goes after so many more writes, truncations and syncs, between two of them. */
  cutAfter(steps: number): void {
    this.#stepsLeft = steps;
  }

  get isOff(): boolean {
    return this.#isOff;
  }

  /** The machine starts again, with what its disk kept. */
  powerOn(): void {
    for (const file of this.#files.values()) this.#settle(file);
    this.#isOff = false;
    this.#stepsLeft = Number.POSITIVE_INFINITY;
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  make(name: string): void {
    this.#needPower();
    const nothing = new Uint8Array(0);
    if (!this.has(name)) this.#files.set(name, { now: nothing, synced: nothing, unsynced: [] });
  }

  remove(name: string): void {
    this.#step();
    this.#files.delete(name);
  }

  size(name: string): number {
    return this.#file(name).now.length;
  }

  /** Fewer bytes where the file ends earlier. */
  read(name: string, at: number, length: number): Uint8Array {
    return this.#file(name).now.subarray(at, at + length);
  }

  write(name: string, at: number, bytes: Uint8Array): void {
    this.#change(name, { kind: "write", at, bytes: bytes.slice() });
  }

  truncate(name: string, size: number): void {
    this.#change(name, { kind: "truncate", size });
  }

  sync(name: string): void {
    this.#step();
    const file = this.#file(name);
    file.synced = file.now.slice();
    file.unsynced = [];
  }

  #change(name: string, change: Change): void {
    this.#step();
    const file = this.#file(name);
    file.now = changed(file.now, change);
    file.unsynced.push(change);
  }

  #file(name: string): PowerFile {
    this.#needPower();
    return present(this.#files.get(name), "a file is made before it is used");
  }

  #step(): void {
    this.#needPower();
    if (this.#stepsLeft === 0) this.#isOff = true;
    this.#needPower();
    this.#stepsLeft -= 1;
  }

  #needPower(): void {
    if (this.#isOff) throw new PowerIsGone("The simulated power is gone.");
  }

  #settle(file: PowerFile): void {
    const fate = this.#random.pick(["drop", "keep", "tear"] as const);
    const pieces = file.unsynced.flatMap(inSectors);
    const kept = pieces.filter(() => fate === "keep" || (fate === "tear" && this.#random.oneIn(2)));
    file.now = kept.reduce(changed, file.synced);
    file.synced = file.now.slice();
    file.unsynced = [];
  }
}

function changed(bytes: Uint8Array, change: Change): Uint8Array {
  if (change.kind === "truncate") return bytes.slice(0, change.size);
  const end = change.at + change.bytes.length;
  const next = new Uint8Array(Math.max(bytes.length, end));
  next.set(bytes);
  next.set(change.bytes, change.at);
  return next;
}

/** A write as the disk does it: sector by sector. */
function inSectors(change: Change): readonly Change[] {
  if (change.kind === "truncate") return [change];
  const pieces: Change[] = [];
  let done = 0;
  while (done < change.bytes.length) {
    const at = change.at + done;
    const length = Math.min(sectorBytes - (at % sectorBytes), change.bytes.length - done);
    pieces.push({ kind: "write", at, bytes: change.bytes.subarray(done, done + length) });
    done += length;
  }
  return pieces;
}
