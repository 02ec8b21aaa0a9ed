import { type DeviceId, type LogId, siteOf } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Entry } from "../log/entry.ts";
import { charterRefusal } from "./border-charter.ts";
import { maySayOfCase } from "./case-fold.ts";
import {
  authorityNow,
  type Charter,
  charterState,
  deviceIn,
  endedAt,
  isCharterLog,
  siteTypeIn,
  writerTypeIn,
} from "./charter.ts";
import type { SiteType } from "./choices.ts";
import { type Fact, factOf, type Kinds, knownKinds } from "./facts.ts";
import { isFactRef } from "./fields.ts";
import { type FactKind, faultOfBody, strangeField } from "./kind.ts";
import type { FactRefusal } from "./refusals.ts";

const charterPrefix = "charter.";
const startKinds: ReadonlySet<string> = new Set(["log.start/1", "charter.start/1"]);

/**
 * The fact border for what a device of ours is about to write: stricter than for what others wrote, because here a
 * person can still be told. A device that the charter does not name yet may write; what its site is, is then open.
 */
export function checkLocal(charter: Charter, device: DeviceId, entry: Entry): Result<void, FactRefusal> {
  const kind = knownKinds.get(entry.kind);
  if (kind === undefined) return err(unknownKind(entry.kind));
  const refusal =
    turnRefusal(charter, device, kind) ??
    bodyRefusal(kind, entry) ??
    senseRefusal(device, entry) ??
    caseRefusal(charter, device, entry) ??
    referenceRefusal(charter, kind, entry) ??
    charterRefusal(charter, device, entry);
  return refusal === null ? ok(undefined) : err(refusal);
}

/** Whose turn a log can have: its site's type, or the charter's own logs; undefined for a device it does not name. */
export type Writer = SiteType | "charter" | undefined;

export function writerOf(charter: Charter, log: LogId): Writer {
  return isCharterLog(charter, log) ? "charter" : writerTypeIn(charter, log);
}

function caseRefusal(charter: Charter, device: DeviceId, entry: Entry): FactRefusal | null {
  const site = siteOf(device);
  return maySayOfCase(site, siteTypeIn(charter, site), entry)
    ? null
    : { code: "not-yours-to-say", detail: entry.kind };
}

/**
 * The fact border for replicated logs: the fact, or undefined where this version cannot use the entry. Such an entry
 * is stored, forwarded and cosigned like any other; it only means nothing. Whether the device has ended is not asked.
 * @param index position in the log: the two start kinds count only as entry 0
 */
export function factBy(
  writer: Writer,
  log: LogId,
  index: number,
  entry: Entry,
  kinds: Kinds,
): Fact | undefined {
  const kind = kinds.get(entry.kind);
  if (kind === undefined || (startKinds.has(entry.kind) && index !== 0)) return undefined;
  if (!maySay(writer, kind) || !maySayOfCase(siteOf(log), writer, entry)) return undefined;
  return factOf(kinds, entry);
}

/** Whether a replicated entry means anything: usable, and not past its device's end. */
export function usable(
  charter: Charter,
  log: LogId,
  index: number,
  entry: Entry,
  kinds: Kinds = knownKinds,
): boolean {
  const counted = endedAt(charter, log) ?? Number.POSITIVE_INFINITY;
  return index < counted && factBy(writerOf(charter, log), log, index, entry, kinds) !== undefined;
}

function maySay(writer: Writer, kind: FactKind): boolean {
  if (kind.saidBy === "any-site") return true;
  if (kind.kind.startsWith(charterPrefix)) return writer === "charter";
  return writer !== undefined && writer !== "charter" && kind.saidBy.includes(writer);
}

function unknownKind(kind: string): FactRefusal {
  const [name = ""] = kind.split("/");
  const otherVersion = [...knownKinds.keys()].some((known) => known.split("/")[0] === name);
  return { code: otherVersion ? "unknown-version" : "unknown-kind", detail: kind };
}

function turnRefusal(charter: Charter, device: DeviceId, kind: FactKind): FactRefusal | null {
  if (deviceIn(charter, device)?.end) return { code: "device-ended", detail: device };
  const outOfTurn: FactRefusal = { code: "not-yours-to-say", detail: kind.kind };
  if (kind.kind.startsWith(charterPrefix)) return holdsOffice(charter, device, kind.kind) ? null : outOfTurn;
  // A log writes its own first entry.
  if (kind.saidBy === "any-site") return outOfTurn;
  const type = siteTypeIn(charter, siteOf(device));
  return type === undefined || kind.saidBy.includes(type) ? null : outOfTurn;
}

function holdsOffice(charter: Charter, device: DeviceId, kind: string): boolean {
  if (authorityNow(charter).id === device) return true;
  return kind === "charter.authority-next/1" && charterState(charter).recovery?.id === device;
}

function bodyRefusal(kind: FactKind, entry: Entry): FactRefusal | null {
  const fault = faultOfBody(kind, entry) ?? strangeField(kind, entry);
  return fault === null ? null : { code: fault.code, detail: fault.field };
}

/** What no single field shows: a reason of a refusal with *ready*, a mission handed over to oneself, a transfer that goes nowhere. */
function senseRefusal(
  device: DeviceId,
  { kind, answer, reason, to, hospital, from, scene, transfer }: Entry,
): FactRefusal | null {
  if (kind === "mission.answer-spoken/1" && answer === "ready" && reason !== undefined) {
    return { code: "unknown-field", detail: "reason" };
  }
  if (kind === "mission.handover-asked/1" && to === siteOf(device))
    return { code: "bad-field", detail: "to" };
  if (kind === "mission.agreement-asked/1" && to === hospital) return { code: "bad-field", detail: "to" };
  if (kind === "mission.opened/1" && from !== undefined && scene !== undefined)
    return { code: "unknown-field", detail: "scene" };
  if (kind === "mission.opened/1" && isFactRef(transfer) && siteOf(transfer[0]) !== from)
    return { code: "bad-field", detail: "transfer" };
  return null;
}

const unknownSite: Readonly<Record<SiteType | "any-site", FactRefusal["code"]>> = {
  hospital: "unknown-hospital",
  ambulance: "unknown-ambulance",
  "control-centre": "unknown-centre",
  authority: "unknown-site",
  "any-site": "unknown-site",
};

function referenceRefusal(charter: Charter, kind: FactKind, entry: Entry): FactRefusal | null {
  for (const [field, { refersTo }] of Object.entries(kind.fields)) {
    const site = entry[field];
    if (refersTo === undefined || typeof site !== "string") continue;
    const type = siteTypeIn(charter, site);
    if (type === undefined || (refersTo !== "any-site" && type !== refersTo)) {
      return { code: unknownSite[refersTo], detail: site };
    }
  }
  return null;
}
