import { type Name, originOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { CaseId } from "../../log/sealed.ts";
import { isErased, readersOf } from "../../region/case-fold.ts";
import type { Commit } from "../effects.ts";
import { oweReceipts } from "../exchange/receipts.ts";
import type { House, Out } from "../state.ts";
import type { StoredKeys } from "../store-port.ts";
import { startCommit } from "../writing.ts";
import { erasuresOf, noteErasure, queueErasures, takeErased } from "./erasure.ts";
import { addSlot } from "./key-table.ts";
import { repeatSlotSites, takeEarly, takeStoredSlots } from "./slots.ts";
import { checkSoon, wrapForReaders } from "./wrapping.ts";

/* When something becomes known of a case, its keys and its erasure follow. */

/** Called once with what the store held. */
export function openKeyTable(house: House, stored: StoredKeys): void {
  for (const id of stored.erased) house.keys.erased.add(id);
  for (const slot of stored.slots) if (!house.keys.erased.has(slot.case)) addSlot(house, slot);
}

/** Everything was folded, at the start or anew: looks at every case. */
export function reviewCases(house: House): void {
  const start: Now = { wallMs: 0, monoMs: 0 };
  for (const id of house.fold.cases.keys()) {
    noteErasure(house, id);
    oweErasure(house, id);
    checkSoon(house, id, start);
  }
}

/** The commit's slots and erasures are on the disk, in that order. */
export function takeCommittedKeys(house: House, commit: Commit, now: Now, out: Out): void {
  const { slots = [], erased = [] } = commit;
  takeStoredSlots(house, slots, out);
  for (const { case: id } of slots) checkSoon(house, id, now);
  takeErased(house, erased);
  if (erased.length > 0) out.push({ type: "changed" });
}

/** Called with the cases of which entries were folded. */
export function takeCaseWords(house: House, cases: ReadonlySet<CaseId>, now: Now): void {
  if (cases.size === 0) return;
  for (const id of cases) {
    noteErasure(house, id);
    oweErasure(house, id);
    if (!isErased(house.fold, id)) checkSoon(house, id, now);
  }
  takeEarly(house, cases);
  queueErasures(house);
}

/** Called at each tick. */
export function tendKeys(house: House, now: Now, out: Out): void {
  queueErasures(house);
  startCommit(house, now, out);
  wrapForReaders(house, now, out);
  repeatSlotSites(house, now, out);
}

/** Every reader confirms an erasure, also one that became known to be a reader only afterwards. */
function oweErasure(house: House, id: CaseId): void {
  const erasures = erasuresOf(house, id);
  if (erasures.length === 0) return;
  const readers: ReadonlySet<Name> = readersOf(house.fold, id);
  for (const [log] of erasures) {
    const state = house.logs.get(originOf(house.region, log));
    if (state !== undefined) oweReceipts(house, state, readers);
  }
}
