import { present } from "../../basics/assert.ts";
import { toHex, utf8Encode } from "../../basics/bytes.ts";
import { type Name, siteOf } from "../../basics/name.ts";
import { type CaseId, siteOfCase } from "../../log/sealed.ts";
import { type Slot, slotId, slotKey } from "../../log/slot.ts";
import { isCentre } from "../../region/charter.ts";
import type { House, KeyTable, Link } from "../state.ts";

/** What is stored of keys, in memory; the disk has it first. */
export function newKeyTable(): KeyTable {
  return {
    byCase: new Map(),
    byOwner: new Map(),
    byReader: new Map(),
    digests: new Map(),
    early: new Map(),
    erased: new Set(),
    erasing: new Map(),
    unchecked: new Map(),
    wrapping: new Map(),
  };
}

/** Slots of this case, whoever they are for. */
export function slotsOf(house: House, id: CaseId): readonly Slot[] {
  return [...(house.keys.byCase.get(id)?.values() ?? [])];
}

export function isHeld(house: House, slot: Slot): boolean {
  return house.keys.byCase.get(slot.case)?.has(slotKey(slot)) === true;
}

/** Called for a stored slot. */
export function addSlot(house: House, slot: Slot): void {
  const { keys } = house;
  const owner = siteOfCase(slot.case);
  const id = slotId(house.ports.crypto.sha256, slot);
  rowsOf(keys.byCase, slot.case).set(slotKey(slot), slot);
  rowsOf(keys.byOwner, owner).set(id, slot);
  rowsOf(keys.byReader, siteOf(slot.to)).set(id, slot);
  keys.digests.delete(owner);
}

/** Called when the slots of a case are deleted from the disk. */
export function dropCase(house: House, id: CaseId): void {
  const { keys } = house;
  for (const slot of slotsOf(house, id)) {
    const short = slotId(house.ports.crypto.sha256, slot);
    keys.byOwner.get(siteOfCase(id))?.delete(short);
    keys.byReader.get(siteOf(slot.to))?.delete(short);
  }
  keys.byCase.delete(id);
  keys.digests.delete(siteOfCase(id));
}

/**
 * Who keeps a slot: the site that the case belongs to, the site that it is wrapped to, and every control centre, so that
 * it reaches whoever has no connection with the first, and is there for whoever has lost it.
 */
export function keeps(house: House, site: Name, { case: id, to }: Pick<Slot, "case" | "to">): boolean {
  return siteOfCase(id) === site || siteOf(to) === site || isCentre(house.charter, site);
}

/** The slots that both ends of a link should have and we do, by the site that their cases belong to, then by id. */
export function sharedSlots(house: House, link: Link): ReadonlyMap<Name, ReadonlyMap<string, Slot>> {
  const own = present(link.hosted, "an established link belongs to a hosted device").site;
  const peer = siteOf(present(link.peer, "an established link has a peer"));
  if (isCentre(house.charter, own) && isCentre(house.charter, peer)) return house.keys.byOwner;
  const shared = new Map<Name, Map<string, Slot>>();
  for (const site of [own, peer]) {
    if (isCentre(house.charter, site)) continue;
    for (const table of [house.keys.byOwner, house.keys.byReader]) {
      for (const [id, slot] of table.get(site) ?? []) {
        if (keeps(house, own, slot) && keeps(house, peer, slot))
          rowsOf(shared, siteOfCase(slot.case)).set(id, slot);
      }
    }
  }
  return shared;
}

/** Two devices that hold the same slots of one site's cases have the same digest. */
export function digestOf(house: House, owner: Name, slots: ReadonlyMap<string, Slot>): string {
  const isWhole = slots === house.keys.byOwner.get(owner);
  const known = isWhole ? house.keys.digests.get(owner) : undefined;
  const digest = known ?? toHex(house.ports.crypto.sha256(utf8Encode([...slots.keys()].sort().join("\n"))));
  if (isWhole) house.keys.digests.set(owner, digest);
  return digest;
}

function rowsOf<Key>(table: Map<Key, Map<string, Slot>>, key: Key): Map<string, Slot> {
  const rows = table.get(key) ?? new Map<string, Slot>();
  table.set(key, rows);
  return rows;
}
