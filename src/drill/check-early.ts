import { sha256 } from "@noble/hashes/sha2.js";
import { equalBytes, toHex } from "../basics/bytes.ts";
import { type Origin, originOf, siteOfOrigin } from "../basics/name.ts";
import { endedDigest, logsByDevice } from "../exchange/device-versions.ts";
import type { Packet } from "../exchange/packet.ts";
import type { VectorHead } from "../exchange/packet-head.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { receiptEveryMs } from "../site/limits.ts";
import type { Hosted, House } from "../site/state.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";
import { readPacket, readReceipt } from "./read-packets.ts";
import { simulatedRegion } from "./roster.ts";
import type { StoreBook, StoreBooks } from "./store-books.ts";

const name = "nothing-early";

/** When each hosted device last confirmed each log, and how far. */
type Confirmed = { readonly size: number; readonly monoMs: number };
type Pace = {
  readonly confirmed: WeakMap<Hosted, Map<Origin, Confirmed>>;
  /** What each house wrote and had to write after the last step: whoever confirms something has something to write. */
  readonly writing: WeakMap<House, { readonly inFlight: unknown; readonly waiting: number }>;
};

type DevicesHead = Extract<VectorHead, { readonly level: "devices" }>;
type Told = (what: string) => CheckFailure;

/**
 * Nothing that derives from a batch leaves before it is durable: every entry, checkpoint, vector, digest and receipt
 * of its own that a process sends is true of the rows in its store at that moment.
 */
export function nothingEarly(books: StoreBooks): Checker {
  const pace: Pace = { confirmed: new WeakMap(), writing: new WeakMap() };
  const failing = new Set<string>();
  return {
    name,
    stepped: (process, input) => {
      checkPace(pace, books, process);
      if (input.type === "committed") failing.delete(process.name);
      if (input.type === "commit-failed") failing.add(process.name);
    },
    started: (process) => {
      failing.delete(process.name);
    },
    sending: (process, connection, bytes) => {
      const packet = readPacket(bytes);
      const told: Told = (what) => new CheckFailure(name, `${process.name} to ${connection}: ${what}`);
      if (!packet.ok) throw told(`sends what cannot be read: ${packet.error}`);
      checkPacket(process, books, packet.value, told);
      if (packet.value.type === "beat" && packet.value.head.storing && failing.has(process.name))
        throw told("says that it records while its last commit has failed");
    },
  };
}

function checkPacket(process: SimulatedProcess, books: StoreBooks, packet: Packet, told: Told): void {
  const book = books.of(process);
  switch (packet.type) {
    case "beat":
      return checkDigest(book, packet.head.digest, told);
    case "vector":
      return checkVector(book, packet.head, told);
    case "entries":
      return checkEntries(book, packet, told);
    case "receipt":
      // Of a device with two machines each passes on what the other one confirmed.
      if (process.devices.some(({ id }) => books.isDoubled(id))) return;
      for (const text of packet.head.receipts) checkReceipt(process, book, text, told);
      return;
    case "hello":
    case "fork":
      return;
  }
}

function checkDigest(book: StoreBook, digest: string, told: Told): void {
  if (digest !== book.vector.digest() && digest !== book.digestBefore)
    throw told("says a digest of other rows than its store has");
}

function checkVector(book: StoreBook, head: VectorHead, told: Told): void {
  if (head.level === "region") checkDigest(book, head.digest, told);
  if (head.level === "devices") checkDevices(book, head, told);
  if (head.level !== "logs") return;
  for (const [origin, [size, root]] of Object.entries(head.logs))
    checkVersion(book, origin, size, root, told);
}

function checkDevices(book: StoreBook, head: DevicesHead, told: Told): void {
  const inSite = [...book.logsBefore].filter(([origin]) => siteOfOrigin(origin) === head.site);
  const stores = [book.vector.siteLogs(head.site), new Map(inSite)].map(logsByDevice);
  for (const [device, { epoch, size, root, ended }] of Object.entries(head.devices)) {
    const origin = originOf(simulatedRegion, `${head.site}/${device}/${epoch}`);
    checkVersion(book, origin, size, root, told);
    if (!stores.some((logs) => endedDigest(sha256, logs.get(device) ?? [], epoch) === ended))
      throw told(`says a digest of other logs before ${origin} than its store has`);
  }
}

function checkVersion(book: StoreBook, origin: Origin, size: number, root: string, told: Told): void {
  const forked = book.vector.get(origin);
  if (forked?.size === size && forked.root === root) return;
  if (rootAt(book, origin, size) !== root) throw told(`says that it holds ${size} of ${origin}`);
}

function checkEntries(
  book: StoreBook,
  packet: Extract<Packet, { readonly type: "entries" }>,
  told: Told,
): void {
  const checkpoint = parseCheckpoint(packet.head.checkpoint);
  if (!checkpoint.ok) throw told("sends entries without a checkpoint");
  const { origin, size, root } = checkpoint.value;
  if (rootAt(book, origin, size) !== toHex(root))
    throw told(`sends ${origin} up to ${size} before it is stored`);
  const entries = book.logs.get(origin)?.entries ?? [];
  for (const [i, item] of packet.items.entries()) {
    const stored = entries[packet.head.from + i];
    if (item.kind !== "bytes" || stored === undefined || !equalBytes(stored, item.bytes))
      throw told(`sends another entry ${packet.head.from + i} of ${origin} than it stores`);
  }
}

function checkReceipt(process: SimulatedProcess, book: StoreBook, text: string, told: Told): void {
  const receipt = readReceipt(text);
  if (!receipt.ok) throw told("sends a receipt that cannot be read");
  const { origin, size, root, holder } = receipt.value;
  if (!isOwn(process, holder)) return;
  if (rootAt(book, origin, size) !== toHex(root))
    throw told(`${holder} confirms ${origin} up to ${size} before it is stored`);
}

function rootAt(book: StoreBook, origin: Origin, size: number): string | undefined {
  return book.logs.get(origin)?.roots.get(size);
}

function isOwn(process: SimulatedProcess, holder: string): boolean {
  return process.devices.some((device) => device.holder.vkey.name === holder);
}

/** Most steps write nothing, and looking at every receipt after each of them is dear. */
function hasMoreToWrite({ writing }: Pace, house: House): boolean {
  const { inFlight, queue } = house.writing;
  const before = writing.get(house);
  writing.set(house, { inFlight, waiting: queue.length });
  return before === undefined || before.inFlight !== inFlight || before.waiting !== queue.length;
}

/** A holder confirms one log at most every 200 ms. */
function checkPace(pace: Pace, books: StoreBooks, process: SimulatedProcess): void {
  const { house } = process;
  if (house === null || !hasMoreToWrite(pace, house)) return;
  const { monoMs } = process.now();
  for (const hosted of house.hosted.values()) {
    // Of a device with two machines the other one's receipts come in too.
    if (books.isDoubled(hosted.id)) continue;
    const last = pace.confirmed.get(hosted) ?? new Map<Origin, Confirmed>();
    const isFirstLook = !pace.confirmed.has(hosted);
    pace.confirmed.set(hosted, last);
    for (const [origin, holders] of house.receipts.newest) {
      const size = holders.get(hosted.id)?.size ?? 0;
      const before = last.get(origin);
      if (size === (before?.size ?? 0)) continue;
      // A new epoch of the holder takes its receipts back, to be given again.
      if (size < (before?.size ?? 0)) {
        last.set(origin, { size, monoMs: Number.NEGATIVE_INFINITY });
        continue;
      }
      if (before !== undefined && monoMs - before.monoMs < receiptEveryMs)
        throw new CheckFailure(name, `${hosted.id} confirms ${origin} twice in ${monoMs - before.monoMs} ms`);
      // What the store held is no confirmation of this start.
      last.set(origin, { size, monoMs: isFirstLook ? Number.NEGATIVE_INFINITY : monoMs });
    }
  }
}
