import { present } from "../../basics/assert.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import type { LogId } from "../../basics/name.ts";
import { type Entry, encodeEntry } from "../../log/entry.ts";
import { checkLocal } from "../../region/border.ts";
import { logOf } from "../replica.ts";
import type { Hosted, House, LocalItem, Out } from "../state.ts";
import { knownParts, type Recorded } from "./known.ts";

/** The advice that somebody acted on: the body of its fact but for what was known, and that. */
export type Decided = { readonly body: JsonObject; readonly sizes: ReadonlyMap<LogId, number> };

export type Behind = Pick<LocalItem, "behind" | "recorded">;

export const nothingBehind: Behind = { behind: [], recorded: null };

/**
 * The entries that say what the person saw who wrote `act`: they stand right behind it, in its commit. What cannot be
 * written down is noted, and the act is written all the same.
 */
export function entriesBehind(house: House, hosted: Hosted, act: Entry, decided: Decided, out: Out): Behind {
  const { at, by } = act;
  const made = { ...decided.body, at, by, kind: "decision.made/1" };
  const body = encodeEntry({ ...made, known: { base: null, changed: {} }, parts: 0 });
  if (!body.ok) return unwritten(hosted, body.error, out);
  const last = hosted.recorded;
  const known = knownParts(
    decided.sizes,
    last,
    logOf(house, hosted.origin).id,
    body.value.length + slackBytes,
  );
  const [first, ...more] = known.parts;
  const mission = present(decided.body["mission"], "a decision is about a mission");
  const entries: Entry[] = [
    { ...made, known: first, parts: more.length },
    ...more.map((part, i) => ({ at, by, kind: "decision.known/1", mission, part: i + 1, known: part })),
  ];
  const behind: Uint8Array[] = [];
  for (const entry of entries) {
    const checked = checkLocal(house.charter, hosted.id, entry);
    if (!checked.ok) return unwritten(hosted, checked.error.code, out);
    const bytes = encodeEntry(entry);
    if (!bytes.ok) return unwritten(hosted, bytes.error, out);
    behind.push(bytes.value);
  }
  return { behind, recorded: { sizes: decided.sizes, sinceFull: known.sinceFull } };
}

/** The base, and the number of parts. */
const slackBytes = 160;

function unwritten({ id }: Hosted, why: string, out: Out): Behind {
  out.push({ type: "note", code: `decision-not-written-${why}`, about: id });
  return nothingBehind;
}

/** An act was stored at `index` of the device's log: what was written behind it is what the next one builds on. */
export function takeRecorded(house: House, item: LocalItem, log: LogId, index: number): void {
  const hosted = house.hosted.get(item.hosted);
  if (item.recorded === null || hosted === undefined) return;
  const recorded: Recorded = { ...item.recorded, ref: [log, index + 1] };
  hosted.recorded = recorded;
}
