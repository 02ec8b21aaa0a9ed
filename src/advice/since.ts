import { type AdviceBase, cellClass, contactCode, sinceUnknown } from "./base.ts";
import { bestOf, classAt, hasDeclined, isHeard, type Patient, weighsSilence } from "./rank.ts";

const minuteMs = 60_000;

/**
 * When something was last said, found or begun that makes a hospital cost this patient more than its drive, UTC
 * milliseconds; `sinceUnknown`: nothing of which the moment is known. The hospitals were weighed for the patient before.
 *
 * Neither a drive nor the source of its minutes is anything that happened to a hospital: none of it has a moment here.
 */
export function worseSinceMs(base: AdviceBase, patient: Patient, hospital: number): number {
  const { classPercent, preferredMin, policy } = base;
  const { required, preferred } = patient.need;
  const costs = (column: number) =>
    (classPercent[classAt(base, hospital, column)] ?? 0) > policy.freshPercent;
  const groups = required.map((group) => bestOf(base, hospital, group)).filter(costs);
  const missing = preferred.filter((column) => (preferredMin[classAt(base, hospital, column)] ?? 0) > 0);
  return Math.max(
    sinceUnknown,
    ...[...groups, ...missing].map((column) => cellSinceMs(base, hospital, column)),
    isHeard(base, hospital) || !weighsSilence(base, patient, hospital)
      ? sinceUnknown
      : silenceSinceMs(base, patient, hospital),
    hasDeclined(base, patient, hospital) ? declinedMs(base, patient, hospital) : sinceUnknown,
    (base.waitMin[hospital] ?? 0) > 0 ? (base.fullerSinceMs[hospital] ?? sinceUnknown) : sinceUnknown,
  );
}

/** The same of what makes it cost less: a word that lets patients in, heard again, others arrived, a refusal ran out. */
export function betterSinceMs(base: AdviceBase, patient: Patient, hospital: number): number {
  const { required, preferred } = patient.need;
  const admits = (column: number) => classAt(base, hospital, column) <= cellClass.limited;
  const columns = [...required.map((group) => bestOf(base, hospital, group)), ...preferred].filter(admits);
  return Math.max(
    sinceUnknown,
    ...columns.map((column) => base.cellChangedMs[cellOf(base, hospital, column)] ?? sinceUnknown),
    base.contact[hospital] === contactCode.heard
      ? (base.contactSinceMs[hospital] ?? sinceUnknown)
      : sinceUnknown,
    base.freerSinceMs[hospital] ?? sinceUnknown,
    hasDeclined(base, patient, hospital) ? sinceUnknown : refusalOverMs(base, patient, hospital),
  );
}

function cellOf({ capabilities }: AdviceBase, hospital: number, column: number): number {
  return hospital * capabilities.length + column;
}

/** Since when a cell counts as it does: an *open* ages without a word. */
function cellSinceMs(base: AdviceBase, hospital: number, column: number): number {
  const cell = cellOf(base, hospital, column);
  const saidMs = base.cellSinceMs[cell] ?? sinceUnknown;
  const isOlder = classAt(base, hospital, column) === cellClass.older;
  if (isOlder && saidMs !== sinceUnknown) return saidMs + base.policy.freshMin * minuteMs;
  return base.cellChangedMs[cell] ?? sinceUnknown;
}

function silenceSinceMs(
  { contactSinceMs, policy }: AdviceBase,
  { nowMs }: Patient,
  hospital: number,
): number {
  const sinceMs = contactSinceMs[hospital] ?? sinceUnknown;
  const longSinceMs = sinceMs + policy.silentShortMin * minuteMs;
  return sinceMs !== sinceUnknown && longSinceMs <= nowMs ? longSinceMs : sinceMs;
}

function refusalOverMs(base: AdviceBase, patient: Patient, hospital: number): number {
  const atMs = declinedMs(base, patient, hospital);
  return atMs === sinceUnknown ? sinceUnknown : atMs + base.policy.declinedWithinMin * minuteMs;
}

function declinedMs({ declines }: AdviceBase, { needId }: Patient, hospital: number): number {
  return declines[hospital]?.get(needId) ?? sinceUnknown;
}
