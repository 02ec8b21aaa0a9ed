import { type Origin, parseOrigin } from "../../../basics/name.ts";
import { decodePacket } from "../../../exchange/packet.ts";
import { parseCheckpoint } from "../../../log/checkpoint.ts";
import { keyForLog } from "../../../region/charter.ts";
import { isClosedByFork } from "../../../site/forks/fork-proof.ts";
import { receiptsTogetherMax } from "../../../site/limits.ts";
import { lookUpLog } from "../../../site/replica.ts";
import type { House, Writing } from "../../../site/state.ts";
import type { Taker } from "../../carry/carry-in.ts";

/** A run in a message: which log, from where, up to which size. Nothing of it is believed yet. */
export type Run = { readonly origin: Origin; readonly from: number; readonly size: number };

/** What comes too early is kept in memory up to this; what falls out is sent again by whoever sees that it lacks. */
const earlyBytesMax = 8_388_608;
/** What may wait for the disk before the next message is taken, receipts not counted. */
const writesWaitingMax = 32;
const roomPollMs = 5;

/**
 * Hands messages to the house. Only what proves itself is taken from them, and in any order: a run that begins past what
 * is held, or whose device the charter does not name yet, waits for what is missing.
 */
export class Intake {
  readonly #taker: Taker;
  readonly #early = new Map<Uint8Array, Run>();
  #earlyBytes = 0;
  #stopped = false;

  constructor(taker: Taker) {
    this.#taker = taker;
  }

  get hasEarly(): boolean {
    return this.#early.size > 0;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Resolves when there is room for the next one. False: nothing can be recorded at the moment. */
  async take(bytes: Uint8Array): Promise<boolean> {
    const { house } = this.#taker;
    const run = runIn(house, bytes);
    if (run !== null && isHeld(house, run)) return true;
    while (house.writing.storing && !this.#stopped && isFull(house.writing))
      await new Promise((resolve) => setTimeout(resolve, roomPollMs));
    if (this.#stopped || !house.writing.storing) return false;
    this.#taker.feed({ type: "carried", bytes });
    if (run !== null && mayBeTakenLater(house, run)) this.#keep(bytes, run);
    return true;
  }

  /** Called when the house has changed: what was too early may fit now. Once: what does not fit then proves nothing. */
  takeEarly(): void {
    const { house } = this.#taker;
    if (!house.writing.storing) return;
    for (const [bytes, run] of this.#early) {
      if (mayBeTakenLater(house, run)) continue;
      this.#drop(bytes);
      this.#taker.feed({ type: "carried", bytes });
    }
  }

  #keep(bytes: Uint8Array, run: Run): void {
    this.#early.set(bytes, run);
    this.#earlyBytes += bytes.length;
    for (const [oldest] of this.#early) {
      if (this.#earlyBytes <= earlyBytesMax) return;
      this.#drop(oldest);
    }
  }

  #drop(bytes: Uint8Array): void {
    if (this.#early.delete(bytes)) this.#earlyBytes -= bytes.length;
  }
}

/** Receipts that wait for something to be stored with keep nothing out, until there are so many that they wait no longer. */
function isFull({ queue }: Writing): boolean {
  if (queue.length >= receiptsTogetherMax) return true;
  return queue.filter(({ kind }) => kind !== "cosignature").length >= writesWaitingMax;
}

/** Null: no run, or not of this region. */
export function runIn(house: House, bytes: Uint8Array): Run | null {
  const packet = decodePacket(bytes);
  if (!packet.ok || packet.value.type !== "entries") return null;
  const checkpoint = parseCheckpoint(packet.value.head.checkpoint);
  const parts = checkpoint.ok ? parseOrigin(checkpoint.value.origin) : checkpoint;
  if (!checkpoint.ok || !parts.ok || parts.value.region !== house.region) return null;
  const { origin, size } = checkpoint.value;
  return { origin, from: packet.value.head.from, size };
}

/**
 * Whether it would bring nothing: it is held, or on its way to the disk. What calls itself our own log and is as long is
 * looked at, since another machine with our key may have written it.
 */
export function isHeld(house: House, { origin, size }: Run): boolean {
  const held = lookUpLog(house, origin).tail.range.size;
  if (isClosedByFork(house, origin, held)) return true;
  return held > size || (held === size && !isWrittenHere(house, origin));
}

function isWrittenHere(house: House, origin: Origin): boolean {
  return house.hosted.get(lookUpLog(house, origin).device)?.origin === origin;
}

function mayBeTakenLater(house: House, run: Run): boolean {
  const { origin, from } = run;
  if (isHeld(house, run)) return false;
  const parts = parseOrigin(origin);
  const isUnknown = !parts.ok || keyForLog(house.charter, parts.value) === undefined;
  return isUnknown || from > lookUpLog(house, origin).tail.range.size;
}
