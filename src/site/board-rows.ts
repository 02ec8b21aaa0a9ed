import type { AdviceBase } from "../advice/base.ts";
import { setHospitalState } from "../advice/base.ts";
import type { Contact as AdviceContact, Report } from "../advice/state.ts";
import { present } from "../basics/assert.ts";
import { type Name, siteOf } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { clockOffsetOf, contactOf, type OwnContact, ownContact } from "../exchange/contact.ts";
import type { CellView } from "../region/cell-view.ts";
import { centres, charterState, isCentre, siteTypeIn } from "../region/charter.ts";
import type { MissionView } from "../region/mission-view.ts";
import type { RegionData } from "../region/region-data.ts";
import { type HospitalView, type RegionView, regionView } from "../region/view.ts";
import type { RunOut, ViewContext } from "../region/view-context.ts";
import { missionRow, openSteer } from "./board-mission.ts";
import type { BoardView, ContactCell, HospitalRow, OwnRow, StateCell } from "./board-view.ts";
import { heldByDispatchUpTo } from "./held.ts";
import { slowDiskAfterMs } from "./limits.ts";
import { logOf } from "./replica.ts";
import type { Hosted, House } from "./state.ts";

/** What a board's rows are made from, besides the house. */
export type BoardContext = {
  readonly house: House;
  readonly hosted: Hosted;
  readonly data: RegionData;
  /** This device's own: contact differs from device to device. Brought up to date by each view. */
  readonly base: AdviceBase;
  readonly runOut: RunOut;
  /** The region's wall clock as it is shown: `02:51`. */
  readonly clock: (wallMs: number) => string;
};

/**
 * All rows for one site's board. A control centre sees everything; a hospital and a crew see their own missions
 * only. Advice is made here, from the same view that is shown.
 */
export function boardView(context: BoardContext, now: Now): BoardView {
  const { house, hosted } = context;
  const own = ownContact(hosted.contact);
  const view = regionView(viewContext(context, now));
  for (const hospital of view.hospitals) takeState(context, hospital, own);
  const type = siteTypeIn(house.charter, hosted.site);
  // Advice costs more than all else here: only for whom it is shown.
  const missions = view.missions.filter((mission) => concerns(type, hosted.site, mission));
  return {
    own: ownRow(context, own, view, now),
    hospitals: view.hospitals.map((hospital) => hospitalRow(context, hospital, view)),
    missions: missions.map((mission) => missionRow(context, mission, now)),
  };
}

function concerns(type: string | undefined, site: Name, mission: MissionView): boolean {
  if (type === "control-centre") return true;
  if (type === "ambulance") return mission.vehicle === site;
  const { destination, requests } = mission;
  return [destination?.hospital, openSteer(mission)?.hospital, requests.at(-1)?.hospital].includes(site);
}

function viewContext(context: BoardContext, now: Now): ViewContext {
  const { house, hosted, runOut } = context;
  return {
    fold: house.fold,
    charter: house.charter,
    nowMs: now.wallMs,
    runOut,
    clockOffsetMs: (device) => Math.round(clockOffsetOf(hosted.contact, device) ?? 0),
  };
}

function ownRow(context: BoardContext, own: OwnContact, view: RegionView, now: Now): OwnRow {
  const { house, hosted } = context;
  const { inFlight, storing } = house.writing;
  return {
    site: hosted.site,
    region: house.region,
    zone: charterState(house.charter).start?.zone ?? context.data.region.timeZone,
    heldByDispatch: ownHeldByDispatch(house, hosted),
    storing,
    slowDisk: inFlight !== null && now.monoMs - inFlight.startedMonoMs > slowDiskAfterMs,
    cutOffSinceMs: own.cutOff?.sinceWallMs ?? null,
    notHeard: own.notHeard,
    halfSilent: own.halfSilentWithinMinute,
    centres: centres(house.charter)
      .filter((site) => site !== hosted.site)
      .map((site) => ({ site, contact: contactCell(hosted, site) })),
    unusable: view.unusable.map(({ log, entries }) => ({ site: siteOf(log), entries })),
    forked: [...house.forks.keys()].map((origin) =>
      present(origin.split("/")[3], "an origin names its site"),
    ),
  };
}

function ownHeldByDispatch(house: House, { site, origin }: Hosted): OwnRow["heldByDispatch"] {
  if (isCentre(house.charter, site)) return null;
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
  };
}

// A clock offset is measured anew with every beat: rounded, a row is pushed only when it says something else.
function wholeSeconds(ms: number): number {
  return Math.round(ms / 1_000) * 1_000;
}

function hospitalRow(context: BoardContext, hospital: HospitalView, view: RegionView): HospitalRow {
  const cells: { [capability: string]: StateCell } = {};
  for (const cell of hospital.cells) {
    const shown = stateCell(cell);
    if (shown !== null) cells[cell.capability] = shown;
  }
  const inbound = view.missions.filter(
    ({ destination }) => destination?.hospital === hospital.hospital,
  ).length;
  return {
    hospital: hospital.hospital,
    contact: contactCell(context.hosted, hospital.hospital),
    cells,
    inbound,
  };
}

/** A word with its age and source; never a state without both. */
function stateCell(cell: CellView): StateCell | null {
  if (cell.source === null || cell.sinceMs === null) return null;
  const [lead] = cell.heads;
  return {
    state: cell.state,
    source: cell.source,
    saidMs: wholeSeconds(cell.sinceMs),
    untilMs: cell.runsOutMs === null ? null : wholeSeconds(cell.runsOutMs),
    reason: cell.reason,
    disputed: cell.heads.some((head) => head.state !== lead?.state),
  };
}

/** Advice reads the state that the board shows. */
function takeState(context: BoardContext, hospital: HospitalView, own: OwnContact): void {
  const contact = contactOf(context.hosted.contact, hospital.hospital);
  const reported: { [capability: string]: Report } = {};
  for (const { capability, state, sinceMs, source } of hospital.cells) {
    reported[capability] = { state, sinceMs, voice: source === "voice" };
  }
  const cutOff = own.cutOff !== null;
  const verdict: AdviceContact = cutOff ? "cut-off" : contact.verdict;
  const silentSinceMs = contact.verdict === "silent" ? contact.lastHeardWallMs : null;
  setHospitalState(context.base, {
    hospital: hospital.hospital,
    contact: verdict,
    contactSinceMs: own.cutOff?.sinceWallMs ?? silentSinceMs,
    reported,
  });
}
