import { present } from "../basics/assert.ts";
import { type DeviceId, deviceOf, type Name, siteOf } from "../basics/name.ts";
import {
  type BeatNumber,
  isHigher,
  newOwnNumbers,
  type OwnNumbers,
  takeOwnNumber,
} from "../exchange/beat-number.ts";
import { verdictOn } from "../exchange/contact.ts";
import { type Contact, type ContactSite, contactLimits } from "../exchange/contact-state.ts";
import { isPacketOf } from "../exchange/packet.ts";
import { decodeEntry } from "../log/entry.ts";
import type { Commit, ConnectionId } from "../site/effects.ts";
import type { Hosted, Link } from "../site/state.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";
import { readPacket } from "./read-packets.ts";

/** When something of a site was last known to be new, by the world's clock and by the listener's counted one. */
type Rise = { readonly atMs: number; readonly countedMs: number };

/** What one device could know of everybody's beats, from the packets it was really given. */
type Knowledge = {
  readonly numbers: Map<DeviceId, BeatNumber>;
  /** Those that came on the device's own connections. */
  readonly direct: Map<DeviceId, OwnNumbers>;
  readonly rises: Map<Name, Rise>;
  readonly verdicts: Map<Name, string>;
  /** How often each site fell silent, and how many facts say so. */
  readonly silences: Map<Name, number>;
  readonly lostFacts: Map<Name, number>;
  lastTickMs: number;
  countedMs: number;
  /** Since when somebody outside has been heard without a gap; null: nobody is. */
  connectedSinceMs: number | null;
};

/** What a beat carries: its sender's number, and what an anchor knew of the others. */
type Carried = { readonly from: DeviceId; readonly numbers: ReadonlyMap<DeviceId, BeatNumber> };

/** Issue text: noticed within 10 s of the last beat. */
const noticedWithinMs = 10_000;
/** A mobile device is given a minute, and is noticed as soon after it as an anchor is after its eight seconds. */
const mobileNoticedWithinMs =
  contactLimits.mobileSilentAfterMs + noticedWithinMs - contactLimits.silentAfterMs;
/** What is heard between two ticks is counted from the first of them here: one tick more than the listener counts. */
const outsideHeardMs = contactLimits.lateAfterMs + contactLimits.tickCountsMaxMs;
const surelyConnectedMs = 3_000;

/**
 * Silence is true and is found: nobody is silent whose beat came to the listener on any path within 8 s, nor while
 * nobody else is heard; and whoever stops is silent within 10 s for all who hear others.
 */
export function contactIsTrue(): Checker {
  const carried = new WeakMap<Uint8Array, Carried>();
  const knowledge = new WeakMap<Contact, Knowledge>();
  const speakers = new Map<ConnectionId, Link>();
  const of = (contact: Contact): Knowledge => {
    const known = knowledge.get(contact) ?? newKnowledge();
    knowledge.set(contact, known);
    return known;
  };
  return {
    name: "contact",
    sending: (process, connection, bytes) => {
      if (!isPacketOf("beat", bytes) || carried.has(bytes)) return;
      const link = process.house?.links.get(connection) ?? speakers.get(connection);
      const hosted = present(link?.hosted, "a beat is sent by someone");
      carried.set(bytes, carriedBy(hosted, of(hosted.contact), bytes));
    },
    given: (process, input) => {
      if (input.type !== "received") return;
      const link = process.house?.links.get(input.connection);
      // A tick may speak on a connection and then close it.
      if (link !== undefined) speakers.set(link.id, link);
      const beat = carried.get(input.bytes) ?? saidByStranger(link, input.bytes);
      if (beat !== null && link?.established && link.hosted !== null)
        hear(link.hosted.contact, of(link.hosted.contact), beat, process.now().monoMs, link.openedMonoMs);
    },
    stepped: (process, input) => {
      if (input.type !== "tick") return;
      const { part, parts } = input.part ?? { part: 0, parts: 1 };
      for (const [place, hosted] of hostedOf(process).entries())
        if (place % parts === part) judge(process, hosted, of(hosted.contact));
    },
    durable: (process, commit) => {
      for (const hosted of hostedOf(process)) checkLostFacts(process, hosted, of(hosted.contact), commit);
    },
  };
}

/** A beat of a device that no process of the world runs: it counts for itself alone. */
function saidByStranger(link: Link | undefined, bytes: Uint8Array): Carried | null {
  const packet = isPacketOf("beat", bytes) ? readPacket(bytes) : null;
  if (!packet?.ok || packet.value.type !== "beat" || link?.peer == null) return null;
  const { boot, beat } = packet.value.head;
  return { from: link.peer, numbers: new Map([[link.peer, [boot, beat]]]) };
}

function newKnowledge(): Knowledge {
  return {
    numbers: new Map(),
    direct: new Map(),
    rises: new Map(),
    verdicts: new Map(),
    silences: new Map(),
    lostFacts: new Map(),
    lastTickMs: 0,
    countedMs: 0,
    connectedSinceMs: null,
  };
}

function hostedOf(process: SimulatedProcess): readonly Hosted[] {
  return [...(process.house?.hosted.values() ?? [])];
}

function carriedBy(hosted: Hosted, known: Knowledge, bytes: Uint8Array): Carried {
  const packet = readPacket(bytes);
  if (!packet.ok || packet.value.type !== "beat") throw new CheckFailure("contact", "a beat that is none");
  const { boot, beat } = packet.value.head;
  const numbers = new Map<DeviceId, BeatNumber>();
  if (!hosted.mobile) {
    for (const [device, number] of known.numbers) {
      if (hosted.contact.devices.get(device)?.site.charter.mobile === false) numbers.set(device, number);
    }
  }
  return { from: hosted.id, numbers: numbers.set(hosted.id, [boot, beat]) };
}

function hear(contact: Contact, known: Knowledge, beat: Carried, monoMs: number, openedMonoMs: number): void {
  const isOwnNews = (device: DeviceId, number: BeatNumber): boolean => {
    const own = known.direct.get(device) ?? newOwnNumbers();
    known.direct.set(device, own);
    return takeOwnNumber(own, number, openedMonoMs, monoMs);
  };
  for (const [device, number] of beat.numbers) {
    if (!contact.devices.has(device)) continue;
    const before = known.numbers.get(device);
    const isNew = isHigher(number, before ?? null);
    if (isNew) known.numbers.set(device, number);
    // The first number that hearsay brings is no sign of life: who told it may have kept it for long.
    const isSign = device === beat.from ? isOwnNews(device, number) : isNew && before !== undefined;
    if (isSign) known.rises.set(siteOf(device), { atMs: monoMs, countedMs: known.countedMs });
  }
}

function judge(process: SimulatedProcess, hosted: Hosted, known: Knowledge): void {
  const { monoMs } = process.now();
  known.countedMs += Math.min(monoMs - known.lastTickMs, contactLimits.tickCountsMaxMs);
  known.lastTickMs = monoMs;
  const outsideNames: Name[] = [];
  for (const { charter } of hosted.contact.sites.values()) {
    if (charter.site !== hosted.site && !charter.mobile && !charter.ownHouse) outsideNames.push(charter.site);
  }
  passConnected(known, outsideNames, monoMs);
  for (const { charter } of hosted.contact.sites.values()) {
    if (charter.site === hosted.site) continue;
    const verdict = verdictOn(hosted.contact, charter.site);
    const fell = verdict === "silent" && known.verdicts.get(charter.site) !== "silent";
    known.verdicts.set(charter.site, verdict);
    if (fell) checkSilence(process, hosted, known, charter, outsideNames);
    if (verdict !== "silent") checkNoticed(process, hosted, known, charter);
  }
}

function passConnected(known: Knowledge, outside: readonly Name[], monoMs: number): void {
  let newest = Number.NEGATIVE_INFINITY;
  for (const site of outside) newest = Math.max(newest, known.rises.get(site)?.atMs ?? newest);
  if (monoMs - newest > surelyConnectedMs) known.connectedSinceMs = null;
  else known.connectedSinceMs ??= monoMs;
}

function checkSilence(
  process: SimulatedProcess,
  hosted: Hosted,
  known: Knowledge,
  { site, mobile }: ContactSite,
  outside: readonly Name[],
): void {
  known.silences.set(site, (known.silences.get(site) ?? 0) + 1);
  const { monoMs } = process.now();
  const rise = known.rises.get(site);
  if (isRecalled(process, hosted, site)) return;
  if (rise === undefined) throw failure(hosted, site, "silent though it was never heard");
  if (monoMs - rise.atMs <= (mobile ? contactLimits.mobileSilentAfterMs : contactLimits.silentAfterMs))
    throw failure(hosted, site, `silent ${monoMs - rise.atMs} ms after something new of it was known`);
  const isConnected = outside.some((other) => {
    const heard = other === site ? undefined : known.rises.get(other);
    return heard !== undefined && known.countedMs - heard.countedMs <= outsideHeardMs;
  });
  if (!isConnected) throw failure(hosted, site, "silent while nobody else is heard");
}

/** Its own last fact calls the site lost: it was silent before this start of ours. */
function isRecalled(process: SimulatedProcess, hosted: Hosted, site: Name): boolean {
  const own = process.house?.fold.contacts.get(site)?.find(({ log }) => deviceOf(log) === hosted.id);
  return own?.fact.kind === "contact.lost/1";
}

function checkNoticed(
  process: SimulatedProcess,
  hosted: Hosted,
  known: Knowledge,
  { site, mobile }: ContactSite,
): void {
  const { monoMs } = process.now();
  const rise = known.rises.get(site);
  if (rise === undefined || monoMs - rise.atMs <= (mobile ? mobileNoticedWithinMs : noticedWithinMs)) return;
  const wasConnected = known.connectedSinceMs !== null && known.connectedSinceMs <= rise.atMs;
  // A start or a stall in between lets time pass that counts against nobody.
  if (wasConnected && process.watchedSinceMonoMs <= rise.atMs)
    throw failure(hosted, site, `not silent ${monoMs - rise.atMs} ms after the last that was known of it`);
}

/** Contact facts come of silences that were found, and only control centres write them. */
function checkLostFacts(process: SimulatedProcess, hosted: Hosted, known: Knowledge, commit: Commit): void {
  for (const append of commit.appends) {
    if (append.origin !== hosted.origin) continue;
    for (const bytes of append.items) {
      const entry = decodeEntry(bytes);
      if (!entry.ok || entry.value.kind !== "contact.lost/1") continue;
      const site = String(entry.value["site"]);
      const facts = (known.lostFacts.get(site) ?? 0) + 1;
      known.lostFacts.set(site, facts);
      if (facts > (known.silences.get(site) ?? 0)) throw failure(hosted, site, "lost without a silence");
      if (!isCentre(process, hosted)) throw failure(hosted, site, "lost by a site that is no control centre");
    }
  }
}

function isCentre(process: SimulatedProcess, hosted: Hosted): boolean {
  return process.devices.some(({ id, type }) => id === hosted.id && type === "control-centre");
}

function failure(hosted: Hosted, site: Name, what: string): CheckFailure {
  return new CheckFailure("contact", `${site} at ${hosted.id}: ${what}`);
}
