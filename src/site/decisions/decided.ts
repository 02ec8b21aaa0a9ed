import { type AdviceBase, contactCode, sinceUnknown } from "../../advice/base.ts";
import type { Neighbours } from "../../advice/next.ts";
import { stabilise } from "../../advice/region-base.ts";
import { present } from "../../basics/assert.ts";
import { toBase64, toHex, utf8Encode } from "../../basics/bytes.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import { type Name, refKey } from "../../basics/name.ts";
import { minuteMs } from "../../basics/time.ts";
import type { Crypto } from "../../log/crypto.ts";
import type { HeadView } from "../../region/cell-view.ts";
import {
  membersMax,
  type TakenAssigned,
  type TakenContact,
  type TakenContacts,
  type TakenReport,
} from "../../region/facts-decision.ts";
import { isFactRef } from "../../region/fields.ts";
import type { Fold } from "../../region/fold.ts";
import type { RegionData } from "../../region/region-data.ts";
import { firstPlaceOf } from "../../region/report.ts";
import type { BedsView } from "../../region/view.ts";
import type { RunOut } from "../../region/view-context.ts";
import { type MinutesSource, sourcesOf } from "../../roads/roads.ts";
import type { BoardContext } from "../views/board-rows.ts";
import type { AdviceRow } from "../views/board-view.ts";
import { sizesAt } from "./journal.ts";
import { type Seen, type Sight, seenBy } from "./seen.ts";
import type { Decided } from "./write.ts";

/** What somebody does with a mission at a board, having read an advice. */
const acts: ReadonlySet<string> = new Set(["mission.destination/1", "mission.steered/1", "mission.kept/1"]);

/**
 * The advice that `seen` names, for writing it down with an act on it. Null: the act is none on advice, or this process
 * has not shown that advice, or too long ago.
 */
export function decidedBy(
  context: BoardContext,
  post: { readonly kind: string; readonly body: JsonObject; readonly seen: string | undefined },
): Decided | null {
  const { mission, hospital } = post.body;
  if (post.seen === undefined || !acts.has(post.kind)) return null;
  if (!isFactRef(mission) || typeof hospital !== "string") return null;
  const seen = seenBy(context.sights, refKey(mission), post.seen);
  if (seen === undefined || seen.shown.lines.length === 0) return null;
  const sizes = sizesAt(context.house.journal, context.house.fold, seen.sight.mark);
  if (sizes === null) return null;
  return { body: bodyOf(context, seen, [...mission], hospital), sizes };
}

function bodyOf(context: BoardContext, seen: Seen, mission: JsonObject[string], hospital: Name): JsonObject {
  const { base, data, runOut, house } = context;
  const { shown, sight, minTenths } = seen;
  const { need, cell, aloftMin, besides, named, expected, lines, forced, source } = shown;
  return {
    ...{ mission, hospital, need, forced, source },
    cell: { ...cell },
    ...(aloftMin === 0 ? {} : { aloftMin }),
    ...(besides === null ? {} : { besides }),
    ...(Object.keys(expected).length === 0 ? {} : { expected }),
    lines: lines.map(lineOf),
    ...(named === null ? {} : { named: [lineOf(named)] }),
    policy: base.policy.version,
    data: dataHash(house.ports.crypto, data, seen.neighbours),
    ...sourcesOf(base.roads),
    minutes: minutesText(minTenths),
    ...closedOf(house.fold, sight, source),
    shownMs: sight.nowMs,
    openRunsOutMs: runOut.openRunsOutMs,
    voiceRunsOutMs: runOut.voiceRunsOutMs,
    contact: contactsOf(base, sight),
    taken: takenReports(context, seen),
    declined: declinedOf(base, sight, need),
    ...(forced ? assignedOf(base, seen) : {}),
  };
}

function lineOf({ hospital, driveMinTenths, totalMinTenths, text }: AdviceRow): JsonObject {
  return { hospital, driveMinTenths, totalMinTenths, text: { ...text } };
}

const hashes = new WeakMap<Neighbours, string>();

/**
 * Of all that advice reads of a region's files, and of the minutes between its hospitals: whoever has others cannot say
 * what it said.
 */
export function dataHash(
  { sha256 }: Pick<Crypto, "sha256">,
  { hospitals, needs, modifiers, policy, region }: RegionData,
  neighbours: Neighbours,
): string {
  const known = hashes.get(neighbours);
  if (known !== undefined) return known;
  const text = JSON.stringify([
    hospitals,
    needs,
    modifiers,
    policy,
    region.timeZone,
    [...neighbours.minTenths],
  ]);
  const hash = toHex(sha256(utf8Encode(text)));
  hashes.set(neighbours, hash);
  return hash;
}

/** An estimate knows of no closed road. */
function closedOf({ closures }: Fold, { closed }: Sight, source: MinutesSource): JsonObject {
  if (source === "estimate" || closed.size === 0) return {};
  const reports = [...closed.keys()].flatMap((key) => closures.get(key)?.closed ?? []);
  if (reports.length !== closed.size || closed.size > membersMax) return {};
  return { closed: reports.map((report) => [...firstPlaceOf(report)]) };
}

/** Tenths of a minute as they are written down: u16 each, big-endian, in base64. */
export function minutesText(minTenths: Uint16Array): string {
  const bytes = new Uint8Array(2 * minTenths.length);
  const view = new DataView(bytes.buffer);
  for (const [i, tenths] of minTenths.entries()) view.setUint16(2 * i, tenths);
  return toBase64(bytes);
}

const contactNames = new Map<number, TakenContact>([
  [contactCode.heard, "heard"],
  [contactCode.late, "heard"],
  [contactCode.silent, "silent"],
  [contactCode["not-yet-heard"], "not-yet-heard"],
  [contactCode["cut-off"], "cut-off"],
]);

type Counted = readonly [contact: TakenContact, sinceMs: number | null];

/** Most hospitals stand alike: the others are named. When a silence ended, no line says. */
function contactsOf({ hospitals }: AdviceBase, { contact, contactSinceMs }: Sight): TakenContacts {
  const counted = hospitals.map(({ id }, i): readonly [Name, Counted] => {
    const name = present(contactNames.get(contact[i] ?? contactCode.silent), "a contact");
    const sinceMs = contactSinceMs[i] ?? sinceUnknown;
    const isTold = (name === "silent" || name === "cut-off") && sinceMs !== sinceUnknown;
    return [id, [name, isTold ? sinceMs : null]];
  });
  const groups = [...Map.groupBy(counted, ([, one]) => one.join())];
  const [most] = groups.sort(([, a], [, b]) => b.length - a.length);
  const [others, othersSinceMs] = most?.[1][0]?.[1] ?? ["not-yet-heard", null];
  const except = counted.filter(([, one]) => one.join() !== most?.[0]);
  return {
    others,
    othersSinceMs,
    except: chunks(except).map((part) =>
      Object.fromEntries(part.map(([id, [name, sinceMs]]) => [id, [name, sinceMs]])),
    ),
  };
}

/** The words on what the patient needs, and counts of places, that did not count as said when they say. */
function takenReports(context: BoardContext, { shown, sight }: Seen): TakenReport[][] {
  const asked = new Set([...shown.asked, ...stabilise.required.flat()]);
  const reports = sight.hospitals.flatMap(({ cells, beds }) => [
    ...cells
      .filter(({ capability }) => asked.has(capability))
      .flatMap(({ heads }) => heads.flatMap((head) => takenWord(head, context.runOut))),
    ...beds.filter(({ ward }) => ward === "emergency-department").flatMap(takenBeds),
  ]);
  return chunks(reports);
}

function takenWord(head: HeadView, { openRunsOutMs, voiceRunsOutMs }: RunOut): readonly TakenReport[] {
  const { ref, atMs, untilMs, sinceMs, endsMs, source } = head;
  const lastsMs = source === "voice" ? voiceRunsOutMs : openRunsOutMs;
  const isAsSaid =
    sinceMs === atMs && endsMs === Math.min(atMs + lastsMs, untilMs ?? Number.POSITIVE_INFINITY);
  return isAsSaid ? [] : [[...ref, sinceMs, endsMs]];
}

function takenBeds({ over: [lead], atMs, sinceMs }: BedsView): readonly TakenReport[] {
  return lead === undefined || sinceMs === atMs ? [] : [[...lead, sinceMs]];
}

function declinedOf({ hospitals }: AdviceBase, { declines }: Sight, need: string): Record<Name, number> {
  const all = hospitals.flatMap(({ id }, i) => {
    const atMs = declines[i]?.get(need);
    return atMs === undefined ? [] : [[id, atMs] as const];
  });
  const newest = all.sort(([, a], [, b]) => b - a).slice(0, membersMax);
  return Object.fromEntries(newest);
}

/** When which hospital was assigned others by force, as far as that counted. */
function assignedOf({ hospitals, policy }: AdviceBase, { shown, sight }: Seen): { assigned?: TakenAssigned } {
  const fromMs = sight.nowMs - policy.forcedCountedMin * minuteMs;
  const all = hospitals.flatMap(({ id }, i): (readonly [Name, number[]])[] => {
    const others = [...(sight.assigned[i] ?? [])].filter(([mission]) => mission !== shown.mission);
    const times = others.map(([, atMs]) => atMs).filter((atMs) => atMs >= fromMs);
    return times.length === 0 ? [] : [[id, times.sort((a, b) => b - a).slice(0, membersMax)]];
  });
  return all.length === 0 ? {} : { assigned: Object.fromEntries(all.slice(0, membersMax)) };
}

function chunks<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += membersMax) parts.push(all.slice(from, from + membersMax));
  return parts;
}
