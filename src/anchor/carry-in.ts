import { fromBase64 } from "../basics/bytes.ts";
import { deviceIdOf, logIdOf, type Origin, parseOrigin, siteOfOrigin } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { decodePacket } from "../exchange/packet.ts";
import { qrCharactersMax, qrPrefix } from "../exchange/qr.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { isCharterLog, keyForLog } from "../region/charter.ts";
import type { Input } from "../site/effects.ts";
import { lookUpLog } from "../site/replica.ts";
import type { House } from "../site/state.ts";
import { packetsOfCodes } from "./carry-codes.ts";
import { forEachLine, readPacketAt } from "./carry-file.ts";
import { packetFileFirstLine } from "./packet-file.ts";

/** The process that takes packets in. */
export type Taker = { readonly house: House; readonly feed: (input: Input) => void };

/** A packet that was found sound, and how it is read again. */
export type Carried = {
  /** Null: receipts, or the proof of a fork. */
  readonly run: { readonly origin: Origin; readonly from: number; readonly size: number } | null;
  readonly read: () => Result<Uint8Array, string>;
};

const storedPollMs = 5;
const storedWithinMs = 60_000;

/**
 * Checks a whole file before anything of it is taken: an error is a sentence, and then nothing was. The file holds
 * packets, or the texts of codes as a reader prints them.
 */
export async function openCargo(file: string, region: string): Promise<Result<readonly Carried[], string>> {
  const carried: Carried[] = [];
  const codes: string[] = [];
  let isPacketFile = false;
  const read = await forEachLine(file, (line, number, place) => {
    if (number === 1) isPacketFile = line === packetFileFirstLine;
    if (!isPacketFile) return takeCodeLine(codes, line) ? null : noCargo(file);
    if (number === 1) return null;
    const packet = fromBase64(line);
    const one = packet.ok ? soundPacket(packet.value, region, () => readPacketAt(place)) : damaged;
    if (one.ok) carried.push(one.value);
    return one.ok ? null : `${file}, line ${number}: ${one.error}`;
  });
  if (!read.ok) return read;
  if (carried.length > 0 || (codes.length === 0 && isPacketFile)) return ok(carried);
  if (!codes.some((text) => text.startsWith(qrPrefix))) return err(noCargo(file));
  return cargoOfCodes(codes, region);
}

function noCargo(file: string): string {
  return `${file} holds no packets and no codes of Holdfast.`;
}

/** zbarcam and zbarimg put the kind of code before its text, unless they are told not to. */
const readerPrefix = /^QR-Code:/;
const codeLinesMax = 100_000;

function takeCodeLine(codes: string[], line: string): boolean {
  const text = line.replace(readerPrefix, "");
  codes.push(text);
  return codes.length <= codeLinesMax && text.length <= qrCharactersMax;
}

/** What codes bring, in any order; an error is a sentence. */
export function cargoOfCodes(codes: readonly string[], region: string): Result<readonly Carried[], string> {
  const packets = packetsOfCodes(codes);
  if (!packets.ok) return packets;
  const cargo: Carried[] = [];
  for (const bytes of packets.value) {
    const carried = soundPacket(bytes, region, () => ok(bytes));
    if (!carried.ok) return err(`The codes hold ${carried.error}`);
    cargo.push(carried.value);
  }
  return ok(cargo);
}

const damaged = err("damaged.");

/** What one packet is, if a stick or code may bring it; an error is the end of a sentence. */
export function soundPacket(
  bytes: Uint8Array,
  region: string,
  read: () => Result<Uint8Array, string>,
): Result<Carried, string> {
  const packet = decodePacket(bytes);
  if (!packet.ok) return damaged;
  if (packet.value.type === "receipt") return ok({ run: null, read });
  if (packet.value.type === "fork" && packet.value.head.step === "proof")
    return soundProof(packet.value.head.ours, region, read);
  if (packet.value.type !== "entries") return err("a packet that only a connection may bring.");
  const { head, items } = packet.value;
  const checkpoint = parseCheckpoint(head.checkpoint);
  if (!checkpoint.ok || checkpoint.value.size !== head.from + items.length) return damaged;
  const { origin, size } = checkpoint.value;
  const foreign = whyForeign(origin, region);
  return foreign ?? ok({ run: { origin, from: head.from, size }, read });
}

/** Whether it proves anything is judged where it is taken in, with the charter. */
function soundProof(
  note: string,
  region: string,
  read: () => Result<Uint8Array, string>,
): Result<Carried, string> {
  const checkpoint = parseCheckpoint(note);
  if (!checkpoint.ok) return damaged;
  return whyForeign(checkpoint.value.origin, region) ?? ok({ run: null, read });
}

function whyForeign(origin: Origin, region: string): Result<never, string> | null {
  const parts = parseOrigin(origin);
  if (!parts.ok) return damaged;
  if (parts.value.region === region) return null;
  return err(`packets of the region ${parts.value.region}; this is ${region}.`);
}

/**
 * Takes sound packets in, whatever their order: charters first, then each log from its beginning, then receipts.
 * Resolves with one sentence when everything that was taken is durable. To take the same again changes nothing.
 */
export async function takeCargo(taker: Taker, cargo: readonly Carried[]): Promise<Result<string, string>> {
  const tally: Tally = { entries: 0, logs: new Set(), known: 0, refused: new Map() };
  // What the charter did not name yet may be named by what came with it.
  for (let waiting = cargo; waiting.length > 0; ) {
    const left: Carried[] = [];
    for (const carried of inOrder(taker.house, waiting)) {
      const taken = await takeOne(taker, carried, tally);
      if (!taken.ok) return taken;
      if (taken.value === "refused") left.push(carried);
    }
    if (left.length === waiting.length) {
      for (const { run } of left) if (run !== null) count(tally.refused, whyNot(taker.house, run));
      break;
    }
    waiting = left;
  }
  return ok(sentenceOf(tally));
}

type Tally = {
  entries: number;
  readonly logs: Set<Origin>;
  known: number;
  readonly refused: Map<string, number>;
};

const cannotRecord = err("This anchor cannot record at the moment; nothing more is taken.");

async function takeOne(
  taker: Taker,
  carried: Carried,
  tally: Tally,
): Promise<Result<"taken" | "refused", string>> {
  const { house } = taker;
  if (!house.writing.storing) return cannotRecord;
  const bytes = carried.read();
  if (!bytes.ok) return bytes;
  const { run } = carried;
  const before = run === null ? 0 : lookUpLog(house, run.origin).tail.range.size;
  taker.feed({ type: "carried", bytes: bytes.value });
  if (run === null) return (await becomesQuiet(house)) ? ok("taken") : cannotRecord;
  const after = lookUpLog(house, run.origin).tail.range.size;
  if (after === before) {
    if (run.size > before || house.forks.has(run.origin)) return ok("refused");
    tally.known += 1;
    return ok("taken");
  }
  if (!(await becomesDurable(house, run.origin, after))) return cannotRecord;
  tally.entries += after - before;
  tally.logs.add(run.origin);
  return ok("taken");
}

/** The charter decides whose packets can be believed, and a log is a chain: both come in their own order. */
function inOrder(house: House, cargo: readonly Carried[]): readonly Carried[] {
  const rank = ({ run }: Carried): number => {
    const parts = run === null ? null : parseOrigin(run.origin);
    if (parts === null || !parts.ok) return 2;
    return isCharterLog(house.charter, logIdOf(parts.value)) ? 0 : 1;
  };
  return [...cargo].sort((a, b) => {
    if (rank(a) !== rank(b) || a.run === null || b.run === null) return rank(a) - rank(b);
    if (a.run.origin !== b.run.origin) return a.run.origin < b.run.origin ? -1 : 1;
    return a.run.from - b.run.from || a.run.size - b.run.size;
  });
}

async function becomesDurable(house: House, origin: Origin, size: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < storedWithinMs; waitedMs += storedPollMs) {
    if (lookUpLog(house, origin).durable.range.size >= size) return true;
    // A commit that failed drops what was verified.
    if (lookUpLog(house, origin).tail.range.size < size) return false;
    await new Promise((resolve) => setTimeout(resolve, storedPollMs));
  }
  return false;
}

/** What was taken and is no entry is durable when nothing waits for the disk. */
async function becomesQuiet({ writing }: House): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < storedWithinMs; waitedMs += storedPollMs) {
    if (!writing.storing) return false;
    if (writing.inFlight === null && writing.queue.length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, storedPollMs));
  }
  return false;
}

function whyNot(house: House, run: NonNullable<Carried["run"]>): string {
  const parts = parseOrigin(run.origin);
  if (!parts.ok || keyForLog(house.charter, parts.value) === undefined)
    return `the charter here does not name ${parts.ok ? deviceIdOf(parts.value) : run.origin}`;
  const log = logIdOf(parts.value);
  if (house.forks.has(run.origin)) return `${log} has been shown to be forked`;
  if (house.hosted.get(deviceIdOf(parts.value))?.origin === run.origin)
    return `${log} is written here, and what came claims more of it`;
  const held = lookUpLog(house, run.origin).durable.range.size;
  if (run.from > held) return `of ${log} the entries ${held} to ${run.from - 1} are missing in between`;
  return `what came of ${log} does not prove itself`;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sentenceOf(tally: Tally): string {
  const sites = new Set([...tally.logs].map(siteOfOrigin));
  const taken =
    tally.entries === 0
      ? "Nothing new was brought"
      : `Taken in: ${tally.entries} entries of ${tally.logs.size} logs, ${sites.size} sites`;
  const known = tally.known > 0 ? `; ${tally.known} packets were held already` : "";
  // Of many packets of one log the first tells what is missing.
  const refused = [...tally.refused].map(([why, packets]) => `; not taken, ${packets} packets: ${why}`);
  return `${taken}${known}${refused.slice(0, refusalsSaidMax).join("")}.`;
}

const refusalsSaidMax = 8;
