import { type BrokenOff, type TransferView, transferViews } from "../../region/transfer-view.ts";
import type { ViewContext } from "../../region/view-context.ts";
import { isHeldByDispatch } from "../exchange/held.ts";
import { transferOverShownMs } from "../limits.ts";
import type { TransferAskedRow, TransferRow, TransferState } from "./board-desk-view.ts";
import { secondsOf, silentSince } from "./board-mission.ts";
import type { BoardContext } from "./board-rows.ts";
import type { OwnTransferRow } from "./board-site-view.ts";
import { centreFor } from "./call-rounds.ts";
import { patientFlags } from "./patient-flags.ts";

/** What hospitals ask for and no mission serves: each its home centre's task, shown to all. */
export function transferRows(context: BoardContext, region: ViewContext): readonly TransferRow[] {
  const rows = transferViews(region, transferOverShownMs).flatMap((view) => {
    const row = askedRow(view, region.nowMs);
    const isShown = view.mission === null && !isLongOver(row, region.nowMs);
    return isShown ? [{ ...row, ...deskPart(context, view) }] : [];
  });
  return rows.map((row) =>
    rows.some((other) => isTwin(row, other)) ? { ...row, twin: true as const } : row,
  );
}

function deskPart(context: BoardContext, { site }: TransferView): Omit<TransferRow, keyof TransferAskedRow> {
  const silent = silentSince(context, site);
  return {
    hospital: site,
    centre: centreFor(context.house, context.hosted, site),
    ...(silent === null ? {} : { silentSinceMs: secondsOf(silent.sinceMs) }),
  };
}

function isTwin(row: TransferRow, other: TransferRow): boolean {
  return (
    row !== other &&
    row.state === "open" &&
    other.state === "open" &&
    row.hospital === other.hospital &&
    row.need === other.need &&
    row.ageGroup === other.ageGroup
  );
}

/** What this hospital asks for, until it has been over for a while; declined ones until they run out. */
export function ownTransferRows(context: BoardContext, region: ViewContext): readonly OwnTransferRow[] {
  const { house, site: own } = context;
  return transferViews(region, transferOverShownMs)
    .filter(({ site }) => site === own)
    .flatMap((view) => {
      const row = askedRow(view, region.nowMs);
      const isKept = row.state === "opened" || row.state === "declined";
      const isGone = !isKept && isLongOver(row, region.nowMs);
      return isGone ? [] : [{ ...row, heldByDispatch: isHeldByDispatch(house, row.ref) }];
    });
}

function askedRow(view: TransferView, nowMs: number): TransferAskedRow {
  const { ref, need, urgency, ageGroup, by, sinceMs, endsMs, declined, agrees, brokenOff } = view;
  const state = stateOf(view, nowMs);
  const overMs = overSinceMs(view, state);
  return {
    ...{ ref, need, urgency, ageGroup, by, state },
    flags: patientFlags.filter((flag) => flag in view && view[flag as keyof TransferView] === true),
    saidMs: secondsOf(sinceMs),
    endsMs: secondsOf(endsMs),
    ...(overMs === undefined ? {} : { overMs: secondsOf(overMs) }),
    ...(brokenOff !== null && (state === "open" || state === "run-out") ? brokenOffPart(brokenOff) : {}),
    ...(state === "declined" ? declinedPart(declined) : {}),
    ...(agrees ? { agrees: true as const } : {}),
  };
}

function brokenOffPart({ ref, sinceMs }: BrokenOff): Pick<TransferAskedRow, "brokenOff"> {
  return { brokenOff: { ref, saidMs: secondsOf(sinceMs) } };
}

function declinedPart(declined: TransferView["declined"]): Pick<TransferAskedRow, "declined"> {
  if (declined === null) return {};
  const { ref, site: centre, by, reason } = declined;
  return { declined: { ref, centre, by, reason } };
}

/** A mission comes before every word on it: whoever opens one after a refusal has the last word. */
function stateOf({ takenBack, mission, declined, endsMs }: TransferView, nowMs: number): TransferState {
  if (takenBack !== null) return "taken-back";
  if (mission === "runs") return "opened";
  if (mission !== null) return mission.reason === "no-transport" ? "not-driven" : "ended";
  if (declined !== null) return "declined";
  return nowMs >= endsMs ? "run-out" : "open";
}

function overSinceMs(
  { takenBack, mission, declined }: TransferView,
  state: TransferState,
): number | undefined {
  if (state === "taken-back") return takenBack?.sinceMs;
  if (state === "declined") return declined?.sinceMs;
  return mission === null || mission === "runs" ? undefined : mission.sinceMs;
}

function isLongOver({ state, overMs, endsMs }: TransferAskedRow, nowMs: number): boolean {
  if (state === "open") return false;
  return nowMs - (overMs ?? endsMs) > transferOverShownMs;
}
