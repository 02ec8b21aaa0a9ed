import { assert } from "../basics/assert.ts";

/** Times are kept this coarsely: what is planned may come so much too early, and never late. */
const slotMs = 1_000;

/** What is to be looked at, by times on a clock that only goes forward. Each thing stands in it once at most. */
export type Timetable<Thing> = {
  /** Plans it for this time, ms, instead of for any other; null: for none. */
  readonly plan: (thing: Thing, atMs: number | null) => void;
  /** All whose time has come, or comes within the slot that has begun; they are planned no more. */
  readonly take: (nowMs: number) => readonly Thing[];
  readonly clear: () => void;
};

export function newTimetable<Thing>(): Timetable<Thing> {
  const slots = new Map<number, Set<Thing>>();
  const slotOf = new Map<Thing, number>();
  let first = 0;

  const drop = (thing: Thing, slot: number): void => {
    slotOf.delete(thing);
    const things = slots.get(slot);
    things?.delete(thing);
    if (things?.size === 0) slots.delete(slot);
  };

  return {
    plan: (thing, atMs) => {
      const slot = atMs === null ? undefined : Math.max(first, Math.floor(atMs / slotMs));
      const before = slotOf.get(thing);
      if (before === slot) return;
      if (before !== undefined) drop(thing, before);
      if (slot === undefined) return;
      slotOf.set(thing, slot);
      slots.set(slot, (slots.get(slot) ?? new Set()).add(thing));
    },
    take: (nowMs) => {
      const last = Math.floor(nowMs / slotMs);
      assert(last >= first, "the clock of a timetable goes forward");
      const taken: Thing[] = [];
      // The one that has begun is looked at again: what is not quite due is planned into it anew.
      for (let slot = first; slot <= last; slot += 1) {
        const things = slots.get(slot);
        if (things === undefined) continue;
        slots.delete(slot);
        for (const thing of things) slotOf.delete(thing);
        taken.push(...things);
      }
      first = last;
      return taken;
    },
    clear: () => {
      slots.clear();
      slotOf.clear();
    },
  };
}
