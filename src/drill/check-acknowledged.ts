import { assert } from "../basics/assert.ts";
import { equalBytes, toHex } from "../basics/bytes.ts";
import { deviceOf, type FactRef, originOf, refKey } from "../basics/name.ts";
import { decodeEntry, type Entry, encodeEntry } from "../log/entry.ts";
import type { Submission } from "../site/effects.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";
import { simulatedRegion } from "./roster.ts";
import type { StoreBook, StoreBooks } from "./store-books.ts";

const name = "acknowledged";

type Acknowledged = {
  readonly process: SimulatedProcess;
  readonly ref: FactRef;
  readonly bytes: Uint8Array;
};

/**
 * An acknowledged fact is durable at its place when it is acknowledged, after every restart and at the end, there in
 * every store; and a request, however often it is made, is one fact. When a store is put back, what lay nowhere else is
 * lost with it; what stands past the common part of a forked log is said again by whoever still has it.
 */
export function acknowledgedStays(books: StoreBooks, all: () => readonly SimulatedProcess[]): Checker {
  const facts = new Map<string, Acknowledged>();
  const older = new Set<SimulatedProcess>();
  const requests = new Map<string, string>();
  return {
    name,
    answered: (process, submission, answer) => {
      if (!answer.ok) return;
      const bytes = storedAt(books, process, answer.ref);
      checkSaid(process, submission, bytes);
      const key = `${refKey(answer.ref)} ${toHex(bytes)}`;
      facts.set(key, { process, ref: answer.ref, bytes });
      checkRequest(requests, submission, refKey(answer.ref));
    },
    putBack: (process) => {
      older.add(process);
      for (const [key, fact] of facts) if (!all().some((one) => isStored(one, fact))) facts.delete(key);
    },
    // What a store that was put back lacks comes from its peers.
    started: (process) => {
      if (older.has(process)) return;
      for (const fact of facts.values()) if (fact.process === process) checkKept(books, process, fact);
    },
    ended: (processes) => {
      for (const process of processes) {
        for (const fact of facts.values()) checkHeld(books, process, fact);
        checkOnce(books, process);
      }
    },
  };
}

function storedAt(books: StoreBooks, process: SimulatedProcess, ref: FactRef): Uint8Array {
  const [log, index] = ref;
  const bytes = books.of(process).logs.get(originOf(simulatedRegion, log))?.entries[index];
  if (bytes === undefined)
    throw new CheckFailure(name, `${refKey(ref)} is not in the store of ${process.name}`);
  return bytes;
}

function checkHeld(books: StoreBooks, process: SimulatedProcess, fact: Acknowledged): void {
  if (isPastCommon(books, process, fact)) checkSaidAgain(books, process, fact);
  else checkInPlace(books, process, fact);
}

/**
 * A proof that was stored as the power went may have put it past the common part: then its device says it again once it
 * has asked around, and until then has it in its own history.
 */
function checkKept(books: StoreBooks, process: SimulatedProcess, fact: Acknowledged): void {
  if (!isPastCommon(books, process, fact)) return checkInPlace(books, process, fact);
  if (isStored(process, fact) || saidAgain(books.of(process), fact)) return;
  throw new CheckFailure(name, `${refKey(fact.ref)} can no longer be said again by ${process.name}`);
}

/** Whether it stands, as this process knows, past what the histories of its log share. */
function isPastCommon(
  books: StoreBooks,
  process: SimulatedProcess,
  { ref: [log, index] }: Acknowledged,
): boolean {
  const common = books.of(process).commons.get(originOf(simulatedRegion, log));
  return common !== undefined && index >= common;
}

function checkInPlace(books: StoreBooks, process: SimulatedProcess, fact: Acknowledged): void {
  if (!equalBytes(storedAt(books, process, fact.ref), fact.bytes))
    throw new CheckFailure(name, `${refKey(fact.ref)} is another fact in the store of ${process.name}`);
}

/** The author, if it still holds this history of its log, has said the fact again in another one. */
function checkSaidAgain(books: StoreBooks, process: SimulatedProcess, fact: Acknowledged): void {
  if (!isStored(fact.process, fact) || saidAgain(books.of(process), fact)) return;
  throw new CheckFailure(name, `${refKey(fact.ref)} was not said again, as ${process.name} has it`);
}

function saidAgain(book: StoreBook, { ref, bytes }: Acknowledged): boolean {
  const [log, index] = ref;
  const first = decodeEntry(bytes);
  if (!first.ok) return false;
  const { request: _request, ...said } = first.value;
  const again = encodeEntry({ ...said, again: said["again"] ?? [log, index] } as Entry);
  return [...book.logs].some(
    ([origin, { entries }]) =>
      origin.startsWith(`${originOf(simulatedRegion, deviceOf(log))}/`) &&
      entries.some((entry) => again.ok && equalBytes(entry, again.value)),
  );
}

function isStored({ store }: SimulatedProcess, { ref: [log, index], bytes }: Acknowledged): boolean {
  const read = store.readLeafBytes(originOf(simulatedRegion, log), index, index + 1);
  const stored = read.ok ? read.value[0] : undefined;
  return stored !== undefined && equalBytes(stored, bytes);
}

function checkSaid(process: SimulatedProcess, submission: Submission, bytes: Uint8Array): void {
  const entry = decodeEntry(bytes);
  if (!entry.ok || entry.value.kind !== submission.kind || entry.value.request !== submission.request)
    throw new CheckFailure(name, `${process.name} acknowledges ${submission.kind} with another fact`);
}

function checkRequest(requests: Map<string, string>, submission: Submission, ref: string): void {
  assert(submission.request !== undefined, "the workload names its requests");
  const key = `${submission.hosted} ${submission.request}`;
  const known = requests.get(key) ?? ref;
  if (known !== ref) throw new CheckFailure("one-fact", `the request ${key} is ${known} and ${ref}`);
  requests.set(key, ref);
}

/** No request stands twice in the logs of a device. */
function checkOnce(books: StoreBooks, process: SimulatedProcess): void {
  for (const [origin, log] of books.of(process).logs) {
    const seen = new Set<string>();
    for (const bytes of log.entries) {
      const entry = decodeEntry(bytes);
      const request = entry.ok ? entry.value.request : undefined;
      if (request === undefined) continue;
      if (seen.has(request)) throw new CheckFailure("one-fact", `${request} stands twice in ${origin}`);
      seen.add(request);
    }
  }
}
