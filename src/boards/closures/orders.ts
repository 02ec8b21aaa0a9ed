import { hourMs } from "../../basics/time.ts";
import { closureMsMax } from "../../region/closures-view.ts";
import { type ClosureReason, closureReasonIds } from "../../region/desk-choices.ts";
import type { BoardClosure } from "../../site/views/board-closures.ts";

/** What the form asks for, as somebody typed it. */
export type Typed = {
  readonly [field in "lat" | "lon" | "radius" | "hours" | "reason"]: string;
};

export type Closing = Pick<BoardClosure, "latE3" | "lonE3" | "radiusM"> & {
  readonly reason: ClosureReason;
  readonly hours: number;
};

const radiusMMin = 10;
const radiusMMax = 5_000;

/** Null: something is missing or cannot be. A comma is a point, as German keyboards have it. */
export function closingOf({ lat, lon, radius, hours, reason }: Typed): Closing | null {
  const [latE3, lonE3] = [thousandths(lat, 90), thousandths(lon, 180)];
  const radiusM = numberOf(radius);
  const lasts = numberOf(hours);
  const why = closureReasonIds.find((id) => id === reason);
  if (latE3 === null || lonE3 === null || why === undefined) return null;
  if (!Number.isInteger(radiusM) || radiusM < radiusMMin || radiusM > radiusMMax) return null;
  if (!(lasts > 0 && lasts * hourMs <= closureMsMax)) return null;
  return { latE3, lonE3, radiusM, reason: why, hours: lasts };
}

/** The body of `road.closed/1`; its hours count from the confirmation. */
export function closedBody({ hours, ...place }: Closing, nowMs: number) {
  return { ...place, endsMs: Math.round(nowMs + hours * hourMs) };
}

function thousandths(text: string, most: number): number | null {
  const degrees = numberOf(text);
  return Math.abs(degrees) <= most ? Math.round(degrees * 1_000) : null;
}

function numberOf(text: string): number {
  const typed = text.trim().replace(",", ".");
  return typed === "" ? Number.NaN : Number(typed);
}
