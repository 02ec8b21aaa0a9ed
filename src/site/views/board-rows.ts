import type { AdviceBase } from "../../advice/base.ts";
import { setHospitalState } from "../../advice/base.ts";
import type { Contact as AdviceContact, HospitalState, Report } from "../../advice/state.ts";
import { assert, present } from "../../basics/assert.ts";
import { type Name, siteOf, siteOfOrigin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { contactOf, type OwnContact, ownContact } from "../../exchange/contact.ts";
import type { CellView } from "../../region/cell-view.ts";
import {
  centres,
  charterState,
  isCentre,
  neighbours,
  sitesOfType,
  siteTypeIn,
} from "../../region/charter.ts";
import { type CountedClosures, closuresInForce } from "../../region/closures-view.ts";
import { unusableEntries } from "../../region/fold.ts";
import { lastRequestOf, type MissionView } from "../../region/mission-view.ts";
import type { RegionData } from "../../region/region-data.ts";
import { runningMissions } from "../../region/view.ts";
import type { RunOut, ViewContext } from "../../region/view-context.ts";
import type { Words } from "../../region/words.ts";
import { beginSight, forgetSeen, type Sight, type Sights } from "../decisions/seen.ts";
import type { Deliveries } from "../exchange/delivery.ts";
import { centresSentAgain, heldByDispatchUpTo } from "../exchange/held.ts";
import { newLogShownMs, slowDiskAfterMs } from "../limits.ts";
import { logOf } from "../replica.ts";
import { forgetProposals, type Resteering } from "../resteering.ts";
import type { Hosted, House } from "../state.ts";
import { centreRow, receiptRows } from "./board-centre.ts";
import { missionRow } from "./board-mission.ts";
import { matesOf } from "./board-patient.ts";
import type { BoardView, ContactCell, HospitalRow, OwnRow, PersonRow, StateCell } from "./board-view.ts";
import { closuresWords } from "./closures-words.ts";
import { withContests } from "./contests.ts";
import { withForcedCalls } from "./forced-calls.ts";
import { takeLoads } from "./hospital-load.ts";
import {
  type HospitalWords,
  type KnownHospitals,
  knownHospital,
  knownRow,
  takeOnce,
} from "./known-hospitals.ts";
import { filesWords } from "./own-words.ts";
import { viewContext } from "./region-context.ts";
import { chosenApart, openSteer } from "./standing-choices.ts";

/** What a board's rows are made from, besides the house. */
export type BoardContext = {
  readonly house: House;
  /** The device that draws. */
  readonly hosted: Hosted;
  /** Whose board it is: of the device's own site, or of another one whose pockets are given their view by it. */
  readonly site: Name;
  readonly data: RegionData;
  /** This device's own: contact differs from device to device. Brought up to date by each view. */
  readonly base: AdviceBase;
  /** This board's own, kept from view to view. */
  readonly known: KnownHospitals;
  /** This board's own, kept from view to view. */
  readonly resteering: Resteering;
  /** This board's own, kept from view to view. */
  readonly sights: Sights;
  readonly deliveries: Deliveries;
  readonly runOut: RunOut;
  /** The region's wall clock as it is shown: `02:51`. */
  readonly clock: (wallMs: number) => string;
  /** By reference: the road closures that the table's minutes go round; left out where there is no table. */
  readonly countedClosures?: () => CountedClosures;
  /** What is to be said of a stream that carries entries too; left out where there is none. */
  readonly stream?: () => Words | null;
  /** Told of each hospital that the charter names and the region's files lack, at each drawing; left out: nobody is. */
  readonly unlisted?: (hospital: Name) => void;
  /** The site's own table of names; left out where none is kept. */
  readonly people?: () => readonly PersonRow[];
};

/**
 * All rows for one site's board. A control centre sees everything; a hospital and a crew see their own missions
 * only. Advice is made here, from the same view that is shown.
 */
export function boardView(context: BoardContext, now: Now): BoardView {
  const { house, hosted, site } = context;
  const own = ownContact(hosted.contact);
  const region = viewContext(context, now);
  const running = runningMissions(region);
  const hospitals = currentHospitals(context, region);
  const inbound = Map.groupBy(running, ({ destination }) => destination?.hospital);
  const type = siteTypeIn(house.charter, site);
  // Advice costs more than all else here: only for whom it is shown.
  const missions = running.filter((mission) => concerns(type, site, mission));
  // Who is of one scene is looked for among all: most nights have none.
  const hasScenes = running.some(({ scene }) => scene !== null);
  forgetProposals(context.resteering, running);
  forgetSeen(context.sights, running);
  const rows = {
    own: ownRow(context, own, now),
    hospitals: hospitals.map((words) =>
      hospitalRow(context, words, inbound.get(words.hospital)?.length ?? 0),
    ),
    missions: missions.map((mission) => ({
      ...missionRow(context, mission, now),
      ...(hasScenes ? matesOf(house.fold, mission) : {}),
    })),
  };
  return type === "control-centre" ? withCentre(context, region, rows, { hospitals, running, now }) : rows;
}

/** What all views that one device draws in one moment share, made once for them. */
export type Drawing = {
  readonly region: ViewContext;
  /** Of the site that the drawing was begun for. */
  readonly own: OwnRow;
  /** Called where advice is made: it reads the state of this moment from then on. */
  readonly sight: () => Sight;
};

export function beginDrawing(context: BoardContext, now: Now): Drawing {
  const region = viewContext(context, now);
  let sight: Sight | null = null;
  const look = (): Sight => {
    currentHospitals(context, region);
    return present(context.sights.now, "whoever looks at all hospitals has a sight of them");
  };
  return {
    region,
    own: ownRow(context, ownContact(context.hosted.contact), now),
    sight: () => {
      sight ??= look();
      return sight;
    },
  };
}

/** The same row on the board of the context's site, where the drawing was begun for another one of which nobody is hosted. */
export function ownOf({ site }: BoardContext, { own }: Drawing): OwnRow {
  return own.site === site ? own : { ...own, site };
}

/** The words of all hospitals as they are known now; advice reads the same state, and who is on the way, from then on. */
export function currentHospitals(context: BoardContext, region: ViewContext): readonly HospitalWords[] {
  const { house, hosted, known } = context;
  const own = ownContact(hosted.contact);
  const hospitals = sitesOfType(house.charter, "hospital").map(({ site }) =>
    knownHospital(known, region, site),
  );
  for (const hospital of hospitals) takeState(context, hospital, own);
  takeLoads(context.base, hospitals, region);
  beginSight(context, hospitals, region.nowMs);
  return hospitals;
}

/** What a centre's board shows beyond the rows of every board. `running` stands in the order of the rows. */
function withCentre(
  context: BoardContext,
  region: ViewContext,
  rows: BoardView,
  seen: {
    readonly hospitals: readonly HospitalWords[];
    readonly running: readonly MissionView[];
    readonly now: Now;
  },
): BoardView {
  const receipts = receiptRows(context.house, seen.running);
  return {
    ...rows,
    missions: withForcedCalls(
      context,
      withContests(rows.missions, seen.hospitals),
      seen.running,
      seen.now,
    ).map((row, i) => ({ ...row, receipts: receipts[i] ?? [] })),
    centre: centreRow(context, region, seen.hospitals, seen.running, rows.missions),
  };
}

function concerns(type: string | undefined, site: Name, mission: MissionView): boolean {
  if (type === "control-centre") return true;
  if (type === "ambulance") return mission.vehicle === site;
  const aims = [mission.destination, openSteer(mission), lastRequestOf(mission), ...chosenApart(mission)];
  return aims.some((aim) => aim?.hospital === site);
}

export function ownRow(context: BoardContext, own: OwnContact, now: Now): OwnRow {
  const { house, hosted, site } = context;
  const { inFlight, storing } = house.writing;
  return {
    site,
    region: house.region,
    zone: charterState(house.charter).start?.zone ?? context.data.region.timeZone,
    heldByDispatch: ownHeldByDispatch(context),
    storing,
    slowDisk: inFlight !== null && now.monoMs - inFlight.startedMonoMs > slowDiskAfterMs,
    cutOffSinceMs: own.cutOff?.sinceWallMs ?? null,
    notHeard: own.notHeard,
    halfSilent: own.halfSilentWithinMinute,
    ...(own.clockOffMs === null ? {} : { clockOffMs: wholeSeconds(own.clockOffMs) }),
    ...roadsRow(context, now),
    ...streamRow(context),
    ...filesWords(context),
    centres: centres(house.charter)
      .filter((centre) => centre !== hosted.site)
      .map((centre) => ({ site: centre, contact: contactCell(hosted, centre) })),
    unusable: unusableEntries(house.fold).map(({ log, entries }) => ({ site: siteOf(log), entries })),
    forked: [...new Set([...house.forks.keys()].map(siteOfOrigin))],
    ...(isCentre(house.charter, site) && neighbours(house.charter).length > 0 ? { neighbours: true } : {}),
    ...(site === hosted.site ? ownLogRow(house, hosted, now) : {}),
    ...(context.people === undefined ? {} : { people: context.people() }),
  };
}

function roadsRow(context: BoardContext, now: Now): Pick<OwnRow, "roads"> {
  const roads = closuresWords({
    inForce: closuresInForce(viewContext(context, now)),
    counted: context.countedClosures?.() ?? null,
    nowMs: now.wallMs,
    clock: context.clock,
  });
  return roads === null ? {} : { roads };
}

/** Only a control centre has somebody to call; what a stream does not carry reaches everybody who is connected all the same. */
function streamRow({ house, site, stream }: BoardContext): Pick<OwnRow, "stream"> {
  const words = isCentre(house.charter, site) ? (stream?.() ?? null) : null;
  return words === null ? {} : { stream: words };
}

/** Our own log where it is not as always. */
function ownLogRow(
  house: House,
  { asking, newLogWallMs, origin }: Hosted,
  now: Now,
): Pick<OwnRow, "asking" | "newLogMs" | "sentAgain"> {
  const sentAgain = centresSentAgain(house, origin);
  const isNew = newLogWallMs !== null && now.wallMs - newLogWallMs < newLogShownMs;
  return {
    ...(asking === null ? {} : { asking: true }),
    ...(isNew ? { newLogMs: newLogWallMs } : {}),
    ...(sentAgain.length === 0 ? {} : { sentAgain }),
  };
}

function ownHeldByDispatch({ house, hosted, site }: BoardContext): OwnRow["heldByDispatch"] {
  // Whoever is given its view by another site's device knows itself how far its log is held.
  if (site !== hosted.site || isCentre(house.charter, site)) return null;
  const { origin } = hosted;
  return { log: logOf(house, origin).id, size: heldByDispatchUpTo(house, origin) };
}

export function contactCell(hosted: Hosted, site: Name): ContactCell {
  const contact = contactOf(hosted.contact, site);
  const { heardVia } = contact;
  return {
    verdict: contact.verdict,
    // A site that is heard is shown as heard now; only silence has a beginning that matters.
    lastHeardMs: contact.verdict === "silent" ? contact.lastHeardWallMs : null,
    via: contact.pathBroken && heardVia !== null && heardVia !== "direct" ? heardVia.via : null,
    storing: contact.storing,
    backByMs: contact.backByMs,
    clockOffMs: contact.clockOff ? wholeSeconds(contact.clockOffsetMs ?? 0) : null,
    ...(contact.flaps > 0 ? { flaps: contact.flaps } : {}),
  };
}

// A clock offset is measured anew with every beat: rounded, a row is pushed only when it says something else.
export function wholeSeconds(ms: number): number {
  return Math.round(ms / 1_000) * 1_000;
}

function hospitalRow(context: BoardContext, words: HospitalWords, inbound: number): HospitalRow {
  const { hospital } = words;
  const contact = contactCell(context.hosted, hospital);
  return knownRow(context.known, { hospital, contact, inbound }, () => stateCells(words));
}

export function stateCells({ cells }: Pick<HospitalWords, "cells">): HospitalRow["cells"] {
  const shown = cells.flatMap((cell) => {
    const state = stateCell(cell);
    return state === null ? [] : [[cell.capability, state] as const];
  });
  return Object.fromEntries(shown);
}

/** A word with its age and source; never a state without both. */
export function stateCell(cell: CellView): StateCell | null {
  if (cell.source === null || cell.sinceMs === null) return takenBackCell(cell);
  const [lead] = cell.heads;
  return {
    state: cell.state,
    source: cell.source,
    saidMs: wholeSeconds(cell.sinceMs),
    untilMs: cell.runsOutMs === null ? null : wholeSeconds(cell.runsOutMs),
    reason: cell.reason,
    disputed: cell.heads.some((head) => head.state !== lead?.state),
    ...(cell.old ? { old: true as const } : {}),
    ...(cell.takenBack === null ? {} : { takenBackMs: wholeSeconds(cell.takenBack.sinceMs) }),
  };
}

/** Nothing is left but that the first word of all was taken back. */
function takenBackCell({ takenBack, capability, heads }: CellView): StateCell | null {
  if (takenBack === null) return null;
  assert(heads.length === 0, `a word on ${capability} has its source`);
  const saidMs = wholeSeconds(takenBack.sinceMs);
  const nothing = { untilMs: null, reason: null, disputed: false };
  return { state: "unconfirmed", source: "clinician", saidMs, ...nothing, takenBackMs: saidMs };
}

/** Advice reads the state that the board shows. */
function takeState(context: BoardContext, words: HospitalWords, own: OwnContact): void {
  const { hospital, cells } = words;
  const { verdict, lastHeardWallMs, heardAgainWallMs } = contactOf(context.hosted.contact, hospital);
  const contact: AdviceContact = own.cutOff === null ? verdict : "cut-off";
  const sinceMs = verdict === "silent" ? lastHeardWallMs : heardAgainWallMs;
  const contactSinceMs = own.cutOff?.sinceWallMs ?? sinceMs;
  takeOnce(context.known, hospital, `${contact} ${contactSinceMs}`, () => {
    const reported = reportsOf(cells);
    setHospitalState(context.base, { hospital, contact, contactSinceMs, reported });
  });
}

/** Words as advice reads them. */
export function reportsOf(cells: readonly CellView[]): HospitalState["reported"] {
  const reported: { [capability: string]: Report } = {};
  for (const { capability, state, sinceMs, knownSinceMs, source } of cells)
    reported[capability] = { state, sinceMs, knownSinceMs, voice: source === "voice" };
  return reported;
}
