import type { DeviceId, Origin } from "../../../basics/name.ts";
import type { SignedVector } from "../../../exchange/signed-vector.ts";
import { isInRange } from "../../../exchange/vector.ts";
import { isForkedWord } from "../../../site/forks/fork-proof.ts";
import { logOf } from "../../../site/replica.ts";
import type { House } from "../../../site/state.ts";
import type { NatsPace } from "./pace.ts";

/** What a peer was last seen to hold of a log, and since when it has not come further. */
type Place = { size: number; sinceMs: number; sentMs: number; wasSent: boolean };
type Peer = { heardMs: number; readonly places: Map<Origin, Place> };

/** A run that a peer is to be sent: of this log, from this position on. */
export type Lack = { readonly peer: DeviceId; readonly origin: Origin; readonly from: number };

/** So much of what a peer lacks goes out in one turn. */
const lacksInTurnMax = 32;

/**
 * The others, by their signed vectors alone. An entry is sent to a peer again until its vector covers it, whatever
 * anybody acknowledged; what a peer that was put back no longer holds is lacking again by its own word.
 */
export class Peers {
  readonly #house: House;
  readonly #pace: NatsPace;
  readonly #peers = new Map<DeviceId, Peer>();

  constructor(house: House, pace: NatsPace) {
    this.#house = house;
    this.#pace = pace;
  }

  isHere(device: DeviceId): boolean {
    return this.#peers.has(device);
  }

  /** Returns whether this peer was not here before. */
  hear({ device, range, logs }: SignedVector, nowMs: number): boolean {
    const known = this.#peers.get(device);
    const peer = known ?? { heardMs: nowMs, places: new Map<Origin, Place>() };
    peer.heardMs = nowMs;
    this.#peers.set(device, peer);
    for (const [origin, { size, root }] of logs)
      place(peer, origin, isForkedWord(root) ? Number.MAX_SAFE_INTEGER : size, nowMs);
    if (range === null) return known === undefined;
    for (const origin of this.#house.vector.origins())
      if (isInRange(range, origin) && !logs.has(origin)) place(peer, origin, 0, nowMs);
    return known === undefined;
  }

  forgetAway(nowMs: number): void {
    for (const [device, { heardMs }] of this.#peers)
      if (nowMs - heardMs > this.#pace.peerAwayAfterMs) this.#peers.delete(device);
  }

  /** What is to be sent now: our own logs first, others' when their author had time to do so. */
  lacking(nowMs: number): readonly Lack[] {
    const lacks: Lack[] = [];
    for (const [peer, { places }] of this.#peers) {
      let inTurn = 0;
      for (const [origin, at] of places) {
        const held = this.#house.vector.get(origin)?.size ?? 0;
        if (at.size >= held || inTurn >= lacksInTurnMax || !this.#isDue(origin, at, nowMs)) continue;
        at.sentMs = nowMs;
        at.wasSent = true;
        inTurn += 1;
        lacks.push({ peer, origin, from: at.size });
      }
    }
    return lacks;
  }

  #isDue(origin: Origin, at: Place, nowMs: number): boolean {
    const { resendAfterMs, relayAfterMs } = this.#pace;
    // Who took what was sent to it is given the next piece at once.
    if (at.wasSent && at.sentMs < at.sinceMs) return true;
    const isOurs = this.#house.hosted.has(logOf(this.#house, origin).device);
    const waitMs = resendAfterMs + (isOurs ? 0 : relayAfterMs);
    return nowMs - Math.max(at.sinceMs, at.sentMs) >= waitMs;
  }
}

function place(peer: Peer, origin: Origin, size: number, nowMs: number): void {
  const known = peer.places.get(origin);
  if (known === undefined) {
    peer.places.set(origin, { size, sinceMs: nowMs, sentMs: Number.NEGATIVE_INFINITY, wasSent: false });
  } else if (known.size !== size) {
    if (size < known.size) known.wasSent = false;
    known.size = size;
    known.sinceMs = nowMs;
  }
}
