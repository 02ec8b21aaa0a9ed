import { type DeviceId, siteOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { type CaseId, siteOfCase } from "../../log/sealed.ts";
import { type Slot, signSlot } from "../../log/slot.ts";
import { readersOf } from "../../region/case-fold.ts";
import { deviceIn, devicesOf } from "../../region/charter.ts";
import type { WrappedKey } from "../effects.ts";
import { casesInTickMax, wrapAgainMs, wrapForOthersAfterMs } from "../limits.ts";
import type { Hosted, House, Out } from "../state.ts";
import { startCommit } from "../writing.ts";
import { slotsOf } from "./key-table.ts";
import { queueSlot } from "./slots.ts";

/*
 * Whoever may read a case and has no key of it is given one by who has: first by a device of the case's own site, and when
 * that is not there for half a minute by another reader.
 */

/** Called at each tick. */
export function wrapForReaders(house: House, now: Now, out: Out): void {
  let looked = 0;
  for (const [id, dueMonoMs] of house.keys.unchecked) {
    if (dueMonoMs > now.monoMs) continue;
    house.keys.unchecked.delete(id);
    checkCase(house, id, now, out);
    looked += 1;
    if (looked === casesInTickMax) return;
  }
}

/** Somebody may be a reader of this case by now who was none. */
export function checkSoon(house: House, id: CaseId, now: Now): void {
  const opener = openerOf(house, id);
  if (opener === null) return;
  const isOwn = opener.hosted.site === siteOfCase(id);
  house.keys.unchecked.set(id, isOwn ? now.monoMs : now.monoMs + wrapForOthersAfterMs);
}

/** Keys that the shell has wrapped become slots: signed by the device that gave its own to open. */
export function takeWrapped(
  house: House,
  device: DeviceId,
  keys: readonly WrappedKey[],
  now: Now,
  out: Out,
): void {
  const hosted = house.hosted.get(device);
  if (hosted === undefined || !house.writing.storing) return;
  const { sha256 } = house.ports.crypto;
  for (const { box, ...name } of keys)
    queueSlot(house, signSlot(sha256, hosted.signer, house.region, { ...name, by: device }, box));
  startCommit(house, now, out);
}

function checkCase(house: House, id: CaseId, now: Now, out: Out): void {
  const opener = openerOf(house, id);
  if (opener === null || house.keys.erased.has(id) || house.keys.erasing.has(id)) return;
  const to = lackingDevices(house, id).filter(({ device }) => isUnasked(house, id, device, now));
  if (to.length === 0) return;
  for (const { device } of to) house.keys.wrapping.set(`${id} ${device}`, now.monoMs + wrapAgainMs);
  out.push({ type: "wrap", hosted: opener.hosted.id, case: id, slots: opener.slots, to });
  // What did not come is asked for again.
  house.keys.unchecked.set(id, now.monoMs + wrapAgainMs);
}

function lackingDevices(house: House, id: CaseId) {
  const served = new Set(slotsOf(house, id).map(({ to }) => to));
  return [...readersOf(house.fold, id)]
    .flatMap((site) => devicesOf(house.charter, site))
    .flatMap(({ id: device, recipient, end }) =>
      recipient === undefined || end !== null || served.has(device) ? [] : [{ device, recipient }],
    );
}

function isUnasked(house: House, id: CaseId, device: DeviceId, now: Now): boolean {
  const untilMonoMs = house.keys.wrapping.get(`${id} ${device}`);
  return untilMonoMs === undefined || untilMonoMs <= now.monoMs;
}

/** A device of ours that has the key; one of the case's own site before others. */
function openerOf(
  house: House,
  id: CaseId,
): { readonly hosted: Hosted; readonly slots: readonly Slot[] } | null {
  const slots = slotsOf(house, id);
  const able = [...house.hosted.values()].filter(
    (hosted) => slots.some(({ to }) => to === hosted.id) && !deviceIn(house.charter, hosted.id)?.end,
  );
  const hosted = able.find(({ id: device }) => siteOf(device) === siteOfCase(id)) ?? able[0];
  return hosted === undefined ? null : { hosted, slots: slots.filter(({ to }) => to === hosted.id) };
}
