import type { Name, Origin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import {
  type DeviceVersion,
  endedDigest,
  type HeldEpoch,
  logsByDevice,
} from "../../exchange/device-versions.ts";
import type { VectorHead } from "../../exchange/packet-head.ts";
import { isInRange, type LogVersion } from "../../exchange/vector.ts";
import { compareEpochs } from "../../log/epoch.ts";
import { markBehind } from "../exchange/link.ts";
import { mayHoldOrigin } from "../pocket.ts";
import { askForLogs, sendEachLog, sendSiteLogs } from "../site-logs.ts";
import type { House, Link, Out } from "../state.ts";
import { sendForkProof } from "./fork-keep.ts";
import { isForkedWord } from "./fork-proof.ts";

/*
 * The end of each exchange: what a peer says that it holds of logs is set against what we hold. It is given what it
 * lacks; where it holds what we lack, it is told so.
 */

type LogsHead = Extract<VectorHead, { readonly level: "logs" }>;
type DevicesHead = Extract<VectorHead, { readonly level: "devices" }>;

const nothing: LogVersion = { size: 0, root: "" };
const none: readonly HeldEpoch[] = [];

export function compareLogs(house: House, link: Link, head: LogsHead, now: Now, out: Out): void {
  const ours = house.vector.siteLogs(head.site);
  const theirs = new Map(
    Object.entries(head.logs).map(([origin, [size, root]]): [Origin, LogVersion] => [origin, { size, root }]),
  );
  for (const origin of ours.keys())
    if (isInRange(head, origin)) compareLog(house, link, origin, theirs.get(origin) ?? nothing, now, out);
  if ([...theirs].some(([origin, told]) => isAheadOf(ours.get(origin), told)))
    sendEachLog(house, link, head.site, now, out);
}

/** As {@link compareLogs}, of the newest log of each device; of earlier ones where their digests agree. */
export function compareDevices(house: House, link: Link, head: DevicesHead, now: Now, out: Out): void {
  const ours = logsByDevice(house.vector.siteLogs(head.site));
  const theirs = new Map(Object.entries(head.devices));
  let lacksSome = false;
  for (const device of new Set([...ours.keys(), ...theirs.keys()])) {
    if (!isInRange(head, device)) continue;
    const [held, told] = [ours.get(device) ?? none, theirs.get(device)];
    for (const log of held) compareEpoch(house, link, held, log, told, now, out);
    if (told === undefined) continue;
    lacksSome ||= isAheadOf(
      held.find(({ epoch }) => epoch === told.epoch),
      told,
    );
    if (isSameEnded(house, held, told) || told.ended === undefined) continue;
    if (held.length > 0 || isHosted(house, head.site, device)) askForLogs(link, head.site, now, out);
    else lacksSome = true;
  }
  if (lacksSome) sendSiteLogs(house, link, head.site, now, out);
}

function compareEpoch(
  house: House,
  link: Link,
  held: readonly HeldEpoch[],
  log: HeldEpoch,
  told: DeviceVersion | undefined,
  now: Now,
  out: Out,
): void {
  const order = told === undefined ? 1 : compareEpochs(log.epoch, told.epoch);
  if (told !== undefined && order < 0 && told.ended !== undefined) {
    if (isSameEnded(house, held, told)) link.positions.set(log.origin, log.size);
    return;
  }
  compareLog(house, link, log.origin, order === 0 && told !== undefined ? told : nothing, now, out);
}

function isSameEnded(house: House, held: readonly HeldEpoch[], { epoch, ended }: DeviceVersion): boolean {
  return endedDigest(house.ports.crypto.sha256, held, epoch) === ended;
}

function isHosted(house: House, site: Name, device: Name): boolean {
  return house.hosted.has(`${site}/${device}`);
}

function compareLog(house: House, link: Link, origin: Origin, told: LogVersion, now: Now, out: Out): void {
  const held = house.vector.get(origin) ?? nothing;
  if (!mayHoldOrigin(house, link, origin)) return;
  const fork = house.forks.get(origin);
  if (fork !== undefined && told.root !== held.root) sendForkProof(house, link, fork, out);
  // Who knows of a fork takes nothing more; who does not know of it, only what all histories share.
  if (isForkedWord(told.root)) return;
  placePeer(house, link, origin, told.size, now);
  if (fork !== undefined) return;
  // Equal sizes with other roots cannot both be true: our last entry and its checkpoint let the peer find out.
  if (told.size === held.size && told.root !== held.root) {
    link.positions.set(origin, held.size - 1);
    markBehind(house, link, origin, now);
  }
}

/** Whether the peer tells of something that we lack: entries, or a fork. */
function isAheadOf(held: LogVersion | undefined, told: LogVersion): boolean {
  return told.size > (held?.size ?? 0) || (isForkedWord(told.root) && told.root !== held?.root);
}

/** The peer's own word replaces whatever we believed to have sent. */
export function placePeer(house: House, link: Link, origin: Origin, size: number, now: Now): void {
  link.positions.set(origin, size);
  const held = house.vector.get(origin);
  if (held !== undefined && size < held.size) markBehind(house, link, origin, now);
}
