import {
  type DeviceId,
  deviceIdOf,
  deviceNameOf,
  type Origin,
  originOf,
  parseOrigin,
} from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { endedDigest, logsByDevice } from "../../exchange/device-versions.ts";
import type { VectorHead } from "../../exchange/packet-head.ts";
import { isInRange, type LogVersion } from "../../exchange/vector.ts";
import { epochCounter } from "../../log/epoch.ts";
import { isForkedWord } from "../forks/fork-proof.ts";
import { askPeersForMs, toldCounterMax } from "../limits.ts";
import type { Asking, Hosted, House, Link } from "../state.ts";

type DevicesHead = Extract<VectorHead, { readonly level: "devices" }>;

/*
 * At every start, before the first append, a device lets its peers tell for up to 3 s what they hold of its log. A store
 * that was put back from a backup, or a disk that forgot, shows there: a log that went on from it would be signed in
 * two ways.
 */

/** @param peers who is dialed; empty: whoever comes within the time is asked */
export function newAsking(peers: readonly DeviceId[]): Asking {
  return {
    unanswered: new Set(peers),
    isNamed: peers.length > 0,
    untilMonoMs: null,
    isOutdated: false,
    lost: new Map(),
    newestTold: null,
    waiting: [],
  };
}

/** As if everybody had answered: what is written waits for the fold alone. */
export function newAnsweredAsking(): Asking {
  return { ...newAsking([]), untilMonoMs: Number.NEGATIVE_INFINITY };
}

/** Every word of a peer about what it holds is an answer, to all devices of this process that still ask. */
export function hearAnswer(house: House, link: Link, head: VectorHead): void {
  const { peer } = link;
  // Another device of this process knows no more than our own store.
  if (peer === null || house.hosted.has(peer)) return;
  for (const hosted of house.hosted.values()) {
    if (hosted.asking !== null && isAnswer(house, hosted, hosted.asking, head))
      hosted.asking.unanswered.delete(peer);
  }
}

/** Whether the question is over: all have answered and what they told of is here, or the time is up. */
export function isAnswered(house: House, asking: Asking, now: Now): boolean {
  asking.untilMonoMs ??= now.monoMs + askPeersForMs;
  if (now.monoMs >= asking.untilMonoMs) return true;
  if (!asking.isNamed || asking.unanswered.size > 0) return false;
  return [...asking.lost].every(
    ([origin, size]) => (house.logs.get(origin)?.durable.range.size ?? 0) >= size,
  );
}

/** Whether the peer has now said all that it knows of this device's log. */
function isAnswer(house: House, hosted: Hosted, asking: Asking, head: VectorHead): boolean {
  switch (head.level) {
    case "region":
      return head.digest === house.vector.digest();
    case "sites": {
      const told = head.sites[hosted.site];
      const isSame = told === undefined || told === house.vector.siteDigests().get(hosted.site);
      return isInRange(head, hosted.site) && isSame;
    }
    case "logs":
      if (head.site !== hosted.site) return false;
      for (const [origin, [size, root]] of Object.entries(head.logs))
        hear(house, hosted, asking, origin, { size, root });
      return isInRange(head, hosted.origin);
    case "devices":
      return isWholeOfDevice(house, hosted, asking, head);
    case "ask":
    case "wait":
    case "signed":
      return false;
  }
}

/** What lies behind a digest of ended epochs that is not ours is asked for (compare-logs.ts). */
function isWholeOfDevice(house: House, hosted: Hosted, asking: Asking, head: DevicesHead): boolean {
  if (head.site !== hosted.site) return false;
  const device = deviceNameOf(hosted.id);
  const told = new Map(Object.entries(head.devices)).get(device);
  if (told === undefined) return isInRange(head, device);
  hear(house, hosted, asking, originOf(house.region, `${hosted.id}/${told.epoch}`), told);
  const held = logsByDevice(house.vector.siteLogs(hosted.site)).get(device) ?? [];
  return endedDigest(house.ports.crypto.sha256, held, told.epoch) === told.ended;
}

function hear(house: House, hosted: Hosted, asking: Asking, origin: Origin, told: LogVersion): void {
  const parts = parseOrigin(origin);
  if (!parts.ok || parts.value.region !== house.region || deviceIdOf(parts.value) !== hosted.id) return;
  const { epoch } = parts.value;
  const counter = epochCounter(epoch);
  const newest = asking.newestTold === null ? 0 : epochCounter(asking.newestTold);
  if (counter > newest && counter <= toldCounterMax) asking.newestTold = epoch;
  if (!isAhead(house, origin, told)) return;
  asking.lost.set(origin, told.size);
  if (origin === hosted.origin) asking.isOutdated = true;
}

/** Only its author makes a log longer: whoever holds more of it, or something else, has it from another store of ours. */
function isAhead(house: House, origin: Origin, told: LogVersion): boolean {
  const held = house.vector.get(origin) ?? { size: 0, root: "" };
  if (isForkedWord(told.root)) return held.root !== told.root;
  return told.size > held.size || (told.size > 0 && told.size === held.size && told.root !== held.root);
}
