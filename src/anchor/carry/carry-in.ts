import { assert } from "../../basics/assert.ts";
import { fromBase64 } from "../../basics/bytes.ts";
import { deviceIdOf, logIdOf, type Name, type Origin, parseOrigin, siteOfOrigin } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { decodePacket } from "../../exchange/packet.ts";
import { qrCharactersMax, qrPrefix } from "../../exchange/qr.ts";
import { isSignedBy, type ParsedCheckpoint, parseCheckpoint } from "../../log/checkpoint.ts";
import { parseReceipt } from "../../log/cosignature.ts";
import type { Slot } from "../../log/slot.ts";
import type { Vkey } from "../../log/vkey.ts";
import { type Charter, isCharterLog, keyForLog } from "../../region/charter.ts";
import type { Input } from "../../site/effects.ts";
import { lookUpLog } from "../../site/replica.ts";
import { slotsOf } from "../../site/sealing/key-table.ts";
import type { House } from "../../site/state.ts";
import { packetsOfCodes } from "./carry-codes.ts";
import { forEachLine, readPacketAt } from "./carry-file.ts";
import { packetFileFirstLine } from "./packet-file.ts";

/** The process that takes packets of one region in. */
export type Taker = {
  readonly house: House;
  readonly feed: (input: Input) => void;
  /** Why nothing more is taken now, as a sentence; null: it is. Left out: nothing but its disk keeps it from taking. */
  readonly refusal?: () => string | null;
};

/** Who takes what a stick or a code brings: our own region's house, and those of regions that the charter names. */
export type Takers = {
  readonly region: Name;
  /** An error is the end of a sentence that begins with what was brought. */
  readonly takerOf: (region: Name) => Result<Taker, string>;
};

/** Where no other region is named. */
export function onlyTaker(taker: Taker): Takers {
  const { region } = taker.house;
  return {
    region,
    takerOf: (of) => (of === region ? ok(taker) : err(`packets of the region ${of}; this is ${region}.`)),
  };
}

/** A packet that was found sound, and how it is read again. */
export type Carried = {
  readonly region: Name;
  /** Null: receipts, the proof of a fork, or a key. */
  readonly run: { readonly origin: Origin; readonly from: number; readonly size: number } | null;
  /** The case whose key it is, and for whom; null: none. */
  readonly key: Pick<Slot, "case" | "to"> | null;
  readonly read: () => Result<Uint8Array, string>;
};

const storedPollMs = 5;
const storedWithinMs = 60_000;

/**
 * Checks a whole file before anything of it is taken: an error is a sentence, and then nothing was. The file holds
 * packets, or the texts of codes as a reader prints them.
 */
export async function openCargo(file: string, takers: Takers): Promise<Result<readonly Carried[], string>> {
  const carried: Carried[] = [];
  const codes: string[] = [];
  let isPacketFile = false;
  const read = await forEachLine(file, (line, number, place) => {
    if (number === 1) isPacketFile = line === packetFileFirstLine;
    if (!isPacketFile) return takeCodeLine(codes, line) ? null : noCargo(file);
    if (number === 1) return null;
    const packet = fromBase64(line);
    const one = packet.ok ? soundPacket(packet.value, takers, () => readPacketAt(place)) : damaged;
    const added = one.ok ? addTo(carried, one.value) : one;
    return added.ok ? null : `${file}, line ${number}: ${added.error}`;
  });
  if (!read.ok) return read;
  if (carried.length > 0 || (codes.length === 0 && isPacketFile)) return ok(carried);
  if (!codes.some((text) => text.startsWith(qrPrefix))) return err(noCargo(file));
  return cargoOfCodes(codes, takers);
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
export function cargoOfCodes(codes: readonly string[], takers: Takers): Result<readonly Carried[], string> {
  const packets = packetsOfCodes(codes);
  if (!packets.ok) return packets;
  const cargo: Carried[] = [];
  for (const bytes of packets.value) {
    const carried = soundPacket(bytes, takers, () => ok(bytes));
    const added = carried.ok ? addTo(cargo, carried.value) : carried;
    if (!added.ok)
      return err(`The codes hold ${added.error === damaged.error ? "a damaged packet." : added.error}`);
  }
  return ok(cargo);
}

const damaged = err("damaged.");
const tooManyKeys = err("more keys of cases than the one that may be carried.");

/** One key, however many packets it is brought in. */
function addTo(cargo: Carried[], carried: Carried): Result<null, string> {
  if (carried.key !== null && cargo.some(({ key }) => key !== null)) return tooManyKeys;
  cargo.push(carried);
  return ok(null);
}

/** What one packet is, if a stick or code may bring it; an error is the end of a sentence. */
export function soundPacket(
  bytes: Uint8Array,
  takers: Takers,
  read: () => Result<Uint8Array, string>,
): Result<Carried, string> {
  const packet = decodePacket(bytes);
  if (!packet.ok) return damaged;
  const { type, head } = packet.value;
  // Whether it proves anything is judged where it is taken in, with that region's charter.
  if (type === "receipt") return soundOf(originOfReceipts(head.receipts), takers, { ...bare, read });
  if (type === "fork" && head.step === "proof")
    return soundOf(originOfNote(head.ours), takers, { ...bare, read });
  if (type === "slots" && head.step === "give") return soundKey(head.slots, takers, read);
  if (type !== "entries") return err("a packet that only a connection may bring.");
  const checkpoint = parseCheckpoint(head.checkpoint);
  if (!checkpoint.ok || checkpoint.value.size !== head.from + packet.value.items.length) return damaged;
  const { origin, size } = checkpoint.value;
  const sound = soundOf(origin, takers, { ...bare, run: { origin, from: head.from, size }, read });
  const taker = sound.ok ? takers.takerOf(sound.value.region) : sound;
  if (!taker.ok || !isOfAnotherFounding(checkpoint.value, taker.value.house.charter)) return sound;
  return err(
    `packets of another founding of ${taker.value.house.region}: another authority's key signed them.`,
  );
}

/** The first authority of a region is known by its key: whoever signs in its name with another founded another region. */
function isOfAnotherFounding({ origin, signatures }: ParsedCheckpoint, { authority }: Charter): boolean {
  return origin.startsWith(`${authority.name}/`) && isSignedByAnother(signatures, authority);
}

/** Signed in this key's name, and nowhere by the key itself. */
function isSignedByAnother(signatures: ParsedCheckpoint["signatures"], key: Vkey): boolean {
  const inItsName = signatures.filter(({ name }) => name === key.name);
  return inItsName.length > 0 && !inItsName.some((line) => isSignedBy(line, key));
}

const bare = { run: null, key: null } as const;

/** One key, for a device of this process: any other lies where it should not. */
function soundKey(
  [slot, ...others]: readonly Pick<Slot, "case" | "to">[],
  { region, takerOf }: Takers,
  read: Carried["read"],
): Result<Carried, string> {
  const taker = takerOf(region);
  if (!taker.ok) return taker;
  if (slot === undefined || others.length > 0) return tooManyKeys;
  if (!taker.value.house.hosted.has(slot.to)) return err(`a key that is for ${slot.to} alone.`);
  return ok({ region, run: null, key: slot, read });
}

/** Receipts are packed by region; null: not one of them can be read. */
function originOfReceipts(receipts: readonly string[]): Origin | null {
  for (const text of receipts) {
    const receipt = parseReceipt(text);
    if (receipt.ok) return receipt.value.origin;
  }
  return null;
}

function originOfNote(note: string): Origin | null {
  const checkpoint = parseCheckpoint(note);
  return checkpoint.ok ? checkpoint.value.origin : null;
}

function soundOf(
  origin: Origin | null,
  { takerOf }: Takers,
  carried: Omit<Carried, "region">,
): Result<Carried, string> {
  const parts = origin === null ? damaged : parseOrigin(origin);
  if (!parts.ok) return damaged;
  const { region } = parts.value;
  const taker = takerOf(region);
  return taker.ok ? ok({ region, ...carried }) : taker;
}

/** Takes sound packets in, our own region's first, and says for each region what came of it; to take the same again changes nothing. */
export async function takeCargo(takers: Takers, cargo: readonly Carried[]): Promise<Result<string, string>> {
  const own = cargo.filter(({ region }) => region === takers.region);
  const others = Map.groupBy(
    cargo.filter(({ region }) => region !== takers.region),
    ({ region }) => region,
  );
  const said: string[] = [];
  for (const [region, packets] of [[takers.region, own] as const, ...others]) {
    const taker = takers.takerOf(region);
    if (!taker.ok) return taker;
    if (packets.length === 0 && others.size > 0) continue;
    const taken = await takeOfRegion(taker.value, packets);
    if (!taken.ok) return taken;
    said.push(region === takers.region ? taken.value : `Of the region ${region}: ${taken.value}`);
  }
  return ok(said.join(" "));
}

/**
 * Whatever their order: charters first, then each log from its beginning, then receipts. Resolves with one sentence when
 * everything that was taken is durable.
 */
async function takeOfRegion(taker: Taker, cargo: readonly Carried[]): Promise<Result<string, string>> {
  const tally: Tally = { entries: 0, logs: new Set(), known: 0, keys: [], refused: new Map() };
  // What the charter did not name yet may be named by what came with it.
  for (let waiting = cargo; waiting.length > 0; ) {
    const left: Carried[] = [];
    for (const carried of inOrder(taker.house, waiting)) {
      const taken = await takeOne(taker, carried, tally);
      if (!taken.ok) return taken;
      if (taken.value === "refused") left.push(carried);
    }
    if (left.length === waiting.length) {
      for (const carried of left) count(tally.refused, whyNot(taker.house, carried));
      break;
    }
    waiting = left;
  }
  if (tally.keys.length > 0 && !(await waitingIsDurable(taker.house))) return cannotRecord;
  return ok(sentenceOf(taker.house, tally));
}

type Tally = {
  entries: number;
  readonly logs: Set<Origin>;
  known: number;
  /** Keys of cases that came, to be looked for when all facts are here. */
  readonly keys: NonNullable<Carried["key"]>[];
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
  const refusal = taker.refusal?.() ?? null;
  if (refusal !== null) return err(refusal);
  const bytes = carried.read();
  if (!bytes.ok) return bytes;
  const { run, key } = carried;
  const before = run === null ? 0 : lookUpLog(house, run.origin).tail.range.size;
  taker.feed({ type: "carried", bytes: bytes.value, byHand: true });
  if (run === null && !(await waitingIsDurable(house))) return cannotRecord;
  if (key !== null) tally.keys.push(key);
  if (run === null) return ok("taken");
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

function keySentence(house: House, { case: id, to }: Tally["keys"][number]): string {
  if (slotsOf(house, id).some((slot) => slot.to === to)) return `; the key of ${id} is here`;
  if (house.keys.erased.has(id)) return `; no key of ${id} is taken: it is erased`;
  const waits = [...house.keys.early.values()].some((slot) => slot.case === id);
  return waits
    ? `; the key of ${id} waits for what says that it may be read here`
    : `; the key of ${id} does not prove itself`;
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

/** Resolves when all that waits for the disk now is durable, whatever comes behind it; false: it does not become so. */
export async function waitingIsDurable({ writing }: House): Promise<boolean> {
  const last = writing.queue.at(-1);
  let commit: number | null = null;
  for (let waitedMs = 0; waitedMs < storedWithinMs; waitedMs += storedPollMs) {
    if (!writing.storing) return false;
    // Gone from the queue it is in this commit, or in an earlier one.
    if (last === undefined || !writing.queue.includes(last)) commit ??= writing.lastId;
    if (commit !== null && (writing.inFlight?.commit.id ?? Number.POSITIVE_INFINITY) > commit) return true;
    await new Promise((resolve) => setTimeout(resolve, storedPollMs));
  }
  return false;
}

function whyNot(house: House, { run, read }: Carried): string {
  assert(run !== null, "only entries are left over");
  const parts = parseOrigin(run.origin);
  const key = parts.ok ? keyForLog(house.charter, parts.value) : undefined;
  if (!parts.ok || key === undefined)
    return `the charter here does not name ${parts.ok ? deviceIdOf(parts.value) : run.origin}`;
  const log = logIdOf(parts.value);
  if (house.forks.has(run.origin)) return `${log} has been shown to be forked`;
  if (house.hosted.get(deviceIdOf(parts.value))?.origin === run.origin)
    return `${log} is written here, and what came claims more of it`;
  const held = lookUpLog(house, run.origin).durable.range.size;
  if (run.from > held) return `of ${log} the entries ${held} to ${run.from - 1} are missing in between`;
  const why = isSignedByAnother(signaturesOf(read()), key)
    ? `: another key signed it than the charter here names for ${deviceIdOf(parts.value)}`
    : "";
  return `what came of ${log} does not prove itself${why}`;
}

function signaturesOf(bytes: Result<Uint8Array, string>): ParsedCheckpoint["signatures"] {
  const packet = bytes.ok ? decodePacket(bytes.value) : bytes;
  if (!packet.ok || packet.value.type !== "entries") return [];
  const checkpoint = parseCheckpoint(packet.value.head.checkpoint);
  return checkpoint.ok ? checkpoint.value.signatures : [];
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sentenceOf(house: House, tally: Tally): string {
  const sites = new Set([...tally.logs].map(siteOfOrigin));
  const taken =
    tally.entries === 0
      ? "Nothing new was brought"
      : `Taken in: ${tally.entries} entries of ${tally.logs.size} logs, ${sites.size} sites`;
  const known = tally.known > 0 ? `; ${tally.known} packets were held already` : "";
  const keys = tally.keys.map((key) => keySentence(house, key)).join("");
  // Of many packets of one log the first tells what is missing.
  const refused = [...tally.refused].map(([why, packets]) => `; not taken, ${packets} packets: ${why}`);
  return `${taken}${known}${keys}${refused.slice(0, refusalsSaidMax).join("")}.`;
}

const refusalsSaidMax = 8;
