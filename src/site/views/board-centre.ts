import { type LogId, type Name, siteOf } from "../../basics/name.ts";
import { pathsOf } from "../../exchange/contact.ts";
import { type CellView, type HeadView, opensInVain } from "../../region/cell-view.ts";
import { centres, isCentre } from "../../region/charter.ts";
import { soundlessSites, takenTasks } from "../../region/desk-view.ts";
import type { MissionView } from "../../region/mission-view.ts";
import { cellOf, hospitalView } from "../../region/view.ts";
import type { RunOut, ViewContext } from "../../region/view-context.ts";
import type { CapabilityId } from "../../region/vocabulary.ts";
import { holdersOf, isHeldByDispatch } from "../exchange/held.ts";
import { askAgainBeforeMs, askAgainLastPart } from "../limits.ts";
import type { Hosted, House } from "../state.ts";
import type { PathsRow, ReceiptRow, RunsOutRow, TaskRow, VoiceRow } from "./board-desk-view.ts";
import { secondsOf } from "./board-mission.ts";
import type { BoardContext } from "./board-rows.ts";
import type { CellDetail, CentreRow, MissionRow, WordRow } from "./board-view.ts";
import { callRounds, centreFor } from "./call-rounds.ts";
import type { HospitalWords } from "./known-hospitals.ts";
import { transferRows } from "./transfers-asked.ts";

/** What a control centre sees beside hospitals and missions. */
export function centreRow(
  context: BoardContext,
  region: ViewContext,
  hospitals: readonly HospitalWords[],
  running: readonly MissionView[],
  missions: readonly MissionRow[],
): CentreRow {
  const { house, hosted } = context;
  return {
    voices: voiceRows(hospitals),
    noSound: soundlessSites(region).map(({ site, sinceMs, isClosed }) => ({
      site,
      sinceMs: secondsOf(sinceMs),
      ...(isClosed ? { closed: true as const } : {}),
    })),
    tasks: taskRows(region, running),
    runsOut: hospitals
      .flatMap((hospital) => runsOutRows(context, region, hospital))
      .sort((a, b) => a.endsMs - b.endsMs),
    rounds: callRounds(context, hospitals, missions, running, region.nowMs),
    transfers: transferRows(context, region),
    paths: pathsRow(house, hosted),
  };
}

/** Whether a word is about to end by itself, so that somebody should say it again. */
export function runsOutSoon(cell: CellView, runOut: RunOut, nowMs: number): boolean {
  const { runsOutMs, source } = cell;
  if (runsOutMs === null) return false;
  const lifeMs = source === "voice" ? runOut.voiceRunsOutMs : runOut.openRunsOutMs;
  return runsOutMs - nowMs <= Math.min(askAgainBeforeMs, lifeMs / askAgainLastPart);
}

/** Who confirmed to hold what of each mission: the vehicle, the hospitals in question, the control centres. */
export function receiptRows(
  house: House,
  missions: readonly MissionView[],
): readonly (readonly ReceiptRow[])[] {
  const known = new Map<LogId, ReadonlyMap<Name, number>>();
  const holders = (log: LogId): ReadonlyMap<Name, number> => {
    const sizes = known.get(log) ?? holdersOf(house, log);
    known.set(log, sizes);
    return sizes;
  };
  const listed = centres(house.charter);
  return missions.map((mission) => {
    const concerned = [...new Set([mission.vehicle, ...hospitalsOf(mission), ...listed])];
    return stepsOf(mission).map(({ what, ref }) => {
      const [log, index] = ref;
      const heldBy = concerned.filter(
        (site) => site !== siteOf(log) && (holders(log).get(site) ?? 0) > index,
      );
      return { what, ref, heldBy };
    });
  });
}

function hospitalsOf({ destination, proposals, requests, agreements }: MissionView): readonly Name[] {
  const named = [...proposals, ...requests, ...agreements].map(({ hospital }) => hospital);
  return destination === null ? named : [destination.hospital, ...named];
}

function stepsOf(mission: MissionView): readonly Omit<ReceiptRow, "heldBy">[] {
  const { step, destination, proposals } = mission;
  const requests = [...mission.requests, ...mission.agreements];
  return [
    { what: "opened", ref: mission.ref },
    ...(step === null ? [] : [{ what: "step" as const, ref: step.ref }]),
    ...(destination === null ? [] : [{ what: "destination" as const, ref: destination.ref }]),
    ...proposals.map(({ decision, ref }) => ({ what: decision, ref })),
    ...requests
      .filter(({ takenBack }) => takenBack === null)
      .map(({ ref }) => ({ what: "asked" as const, ref })),
    ...requests.flatMap(({ answer }) =>
      answer === null ? [] : [{ what: "answered" as const, ref: answer.ref }],
    ),
  ];
}

/** All words in force on one cell; an unsaid cell has none. */
export function cellDetail(
  house: House,
  region: ViewContext,
  hospital: Name,
  capability: CapabilityId,
): CellDetail {
  const cell = cellOf(hospitalView(region, hospital), capability);
  return { hospital, capability, words: wordRows(house, cell), over: cell.over };
}

export function wordRows(house: House, { heads }: CellView): readonly WordRow[] {
  return heads.map((head) => ({
    ref: head.ref,
    state: head.state,
    reason: head.reason,
    source: head.source,
    site: head.site,
    by: head.by,
    answeredBy: head.answeredBy,
    readBack: head.readBack,
    saidMs: secondsOf(head.sinceMs),
    endsMs: secondsOf(head.endsMs),
    ended: head.ended,
    heldByDispatch: isHeldByDispatch(house, head.ref),
  }));
}

function voiceRows(hospitals: readonly HospitalWords[]): readonly VoiceRow[] {
  return hospitals.flatMap(voiceRowsOf).sort((a, b) => b.saidMs - a.saidMs);
}

const voiceRowsKnown = new WeakMap<HospitalWords, readonly VoiceRow[]>();

/** The words of a hospital are the same object as long as nothing was said there and nothing of it has ended. */
function voiceRowsOf(words: HospitalWords): readonly VoiceRow[] {
  const known = voiceRowsKnown.get(words);
  if (known !== undefined) return known;
  const rows = words.cells.flatMap((cell) =>
    cell.heads.flatMap((head, rank) => voiceRow(words.hospital, cell, head, rank === 0)),
  );
  voiceRowsKnown.set(words, rows);
  return rows;
}

function voiceRow(hospital: Name, cell: CellView, head: HeadView, leads: boolean): readonly VoiceRow[] {
  const { capability } = cell;
  const { answeredBy, readBack, ref, state, reason, site: centre, by, sinceMs, endsMs, ended } = head;
  if (answeredBy === null || readBack === null) return [];
  if (ended) return [];
  const times = { saidMs: secondsOf(sinceMs), endsMs: secondsOf(endsMs) };
  const inVain = opensInVain(cell, head) ? { inVain: true as const } : {};
  const said = { ref, hospital, capability, state, reason, answeredBy, readBack, centre, by };
  return [{ ...said, ...times, leads, ...inVain }];
}

/** Those of a mission that has ended are nobody's task any more. */
function taskRows(region: ViewContext, running: readonly MissionView[]): readonly TaskRow[] {
  const missions = new Set(running.map(({ mission }) => mission));
  return takenTasks(region)
    .filter(({ about, task }) => !task.includes("#") || missions.has(about))
    .map(({ task, owners, over }) => ({
      task,
      owners: owners.map(({ site, by, sinceMs }) => ({ centre: site, by, sinceMs: secondsOf(sinceMs) })),
      over,
    }));
}

function runsOutRows(
  { house, hosted }: BoardContext,
  { runOut, nowMs }: ViewContext,
  hospital: HospitalWords,
): readonly RunsOutRow[] {
  return hospital.cells.flatMap((cell) => {
    const word = endingWord(cell, runOut, nowMs);
    if (word === undefined) return [];
    const centre = centreFor(house, hosted, hospital.hospital);
    const theirs = centre === hosted.site ? {} : { centre };
    const { capability } = cell;
    const { state, endsMs } = word;
    return [{ hospital: hospital.hospital, capability, state, endsMs: secondsOf(endsMs), ...theirs }];
  });
}

/** The word that is about to end; and of those that have, what a voice report closed: patients may be driven there again, so somebody has to ask. */
function endingWord(cell: CellView, runOut: RunOut, nowMs: number): HeadView | undefined {
  const [lead] = cell.heads;
  if (lead === undefined || runsOutSoon(cell, runOut, nowMs)) return lead;
  const isClosing = lead.state === "full" || lead.state === "cannot";
  return cell.state === "unconfirmed" && lead.source === "voice" && isClosing ? lead : undefined;
}

function pathsRow(house: House, hosted: Hosted): PathsRow {
  const paths = pathsOf(hosted.contact);
  const shown = paths.filter(({ site, state }) => state !== "heard" || isCentre(house.charter, site));
  return {
    heard: paths.filter(({ state }) => state === "heard").length,
    rows: shown.map(({ site, state, lastHeardWallMs }) => ({
      site,
      state,
      lastHeardMs: state === "silent" ? secondsOf(lastHeardWallMs) : null,
    })),
  };
}
