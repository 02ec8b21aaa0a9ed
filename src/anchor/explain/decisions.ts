import {
  deviceOf,
  type FactRef,
  type LogId,
  logIdOf,
  type Origin,
  parseOrigin,
  refKey,
} from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { decodeStoredEntry, type Entry } from "../../log/entry.ts";
import { factBy, writerOf } from "../../region/border.ts";
import type { Charter } from "../../region/charter.ts";
import { type Fact, type FactNamed, knownKinds } from "../../region/facts.ts";
import { isFactRef } from "../../region/fields.ts";
import { joined } from "../../site/decisions/known.ts";
import type { DecisionFact } from "../../site/decisions/rebuild.ts";
import { readEntries, type StoreReads } from "../store/store-reads.ts";

/** One advice that somebody acted on, as it lies in the store. */
export type Decision = {
  readonly ref: FactRef;
  readonly fact: DecisionFact;
  /** What the person did: the entry before it. */
  readonly act: { readonly ref: FactRef; readonly entry: Entry } | null;
};

/** Every advice about whatever mission that a store has, with what it says was known. */
export type Decisions = {
  readonly made: ReadonlyMap<string, Decision>;
  readonly more: ReadonlyMap<string, FactNamed<"decision.known/1">>;
};

/** By their first two bytes of meaning: entries are many, decisions few. */
const mark = new TextEncoder().encode('"kind":"decision.');

export async function readDecisions(
  reads: StoreReads,
  charter: Charter,
  origins: readonly Origin[],
): Promise<Result<Decisions, string>> {
  const made = new Map<string, Decision>();
  const more = new Map<string, FactNamed<"decision.known/1">>();
  for (const origin of origins) {
    const log = logOfOrigin(origin);
    let before: Uint8Array | null = null;
    const read = await readEntries(reads, origin, Number.MAX_SAFE_INTEGER, (bytes, index) => {
      const fact = hasMark(bytes) ? factAt(charter, log, index, bytes) : undefined;
      if (fact?.kind === "decision.made/1") {
        const act = actAt([log, index - 1], before);
        for (const key of placesOf([log, index], fact)) made.set(key, { ref: [log, index], fact, act });
      } else if (fact?.kind === "decision.known/1") {
        for (const key of placesOf([log, index], fact)) more.set(key, fact);
      }
      before = bytes;
    });
    if (!read.ok) return err(read.error.detail);
  }
  return ok({ made, more });
}

function hasMark(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(mark);
}

export function factAt(charter: Charter, log: LogId, index: number, bytes: Uint8Array): Fact | undefined {
  const entry = decodeStoredEntry(bytes);
  return entry.ok ? factBy(writerOf(charter, log), log, index, entry.value, knownKinds) : undefined;
}

function actAt(ref: FactRef, bytes: Uint8Array | null): Decision["act"] {
  const entry = bytes === null ? null : decodeStoredEntry(bytes);
  return entry?.ok === true ? { ref, entry: entry.value } : null;
}

/** Where it stands and, if its device had to say it again, where it stood first: others name that. */
function placesOf(ref: FactRef, fact: Fact): readonly string[] {
  const { again } = fact as { readonly again?: unknown };
  const isOwn = isFactRef(again) && deviceOf(again[0]) === deviceOf(ref[0]);
  return isOwn ? [refKey(ref), refKey(again)] : [refKey(ref)];
}

export function logOfOrigin(origin: Origin): LogId {
  const parts = parseOrigin(origin);
  if (!parts.ok) throw new Error(`${origin} is no origin`);
  return logIdOf(parts.value);
}

/** The size of every log as it was known, from the last full list on; an error is what is not here. */
export function sizesOf(
  { made, more }: Decisions,
  decision: Decision,
): Result<ReadonlyMap<LogId, number>, FactRef> {
  const steps: ReadonlyMap<LogId, number>[] = [];
  for (let at: Decision | undefined = decision, ref = decision.ref; ; ) {
    if (at === undefined) return err(ref);
    const { fact } = at;
    const parts = [fact.known];
    for (let part = 1; part <= fact.parts; part += 1) {
      const next = more.get(refKey([at.ref[0], at.ref[1] + part]));
      if (next === undefined || next.part !== part) return err([at.ref[0], at.ref[1] + part]);
      parts.push(next.known);
    }
    steps.push(joined(parts));
    const { base } = fact.known;
    if (base === null) break;
    // One that names itself, or what comes after it, would never end.
    if (steps.length > stepsMax) return err(base);
    ref = base;
    at = made.get(refKey(base));
  }
  return ok(new Map(steps.reverse().flatMap((step) => [...step])));
}

/** A full list is written more often than that. */
const stepsMax = 1_000;
