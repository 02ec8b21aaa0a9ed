import { present } from "../basics/assert.ts";
import type { LogId, Name, Origin } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { decodePacket, isPacketOf, type Packet } from "../exchange/packet.ts";
import { newVector } from "../exchange/vector.ts";
import type { Cosignature } from "../log/cosignature.ts";
import type { Vkey } from "../log/vkey.ts";
import { newCharter } from "../region/charter.ts";
import type { Kinds } from "../region/facts.ts";
import { newFold } from "../region/fold.ts";
import { newJournal } from "./decisions/journal.ts";
import type { Effect, ForkProof, Input, StoredLog, StoredRun, TickPart } from "./effects.ts";
import { pushAppend, receiveEntries } from "./entries.ts";
import {
  announceRestart,
  closeDeadLinks,
  judgeContact,
  receiveBeat,
  sendBeat,
  sendDueBeats,
  takeCharterSites,
} from "./exchange/beats.ts";
import { pumpCatchUp, sendRun } from "./exchange/catch-up.ts";
import {
  beginView,
  newViews,
  nextViewMonoMs,
  sendViews,
  takeDrawn,
  viewLeft,
} from "./exchange/given-views.ts";
import { closeLink, closeSlowHellos, forgetLink, openLink, receiveHello } from "./exchange/link.ts";
import { proveReceipts, seekRoots, takeRootRows } from "./exchange/prove-receipts.ts";
import {
  believe,
  newReceipts,
  nextReceiptMonoMs,
  outdateReceipts,
  oweAddressed,
  oweNeighbours,
  oweReceipts,
  payReceipts,
  receiveReceipts,
  repeatReceipts,
  sendReceiptsTo,
  takeStoredReceipt,
} from "./exchange/receipts.ts";
import { nextPassMonoMs, passReceipts } from "./exchange/receipts-between.ts";
import { receiveView } from "./exchange/shown-view.ts";
import { isTakenRun, rememberRun } from "./exchange/taken-runs.ts";
import { leaveDigest, receiveVector, sendRegionDigest } from "./exchange/vectors.ts";
import { foldAppend, foldStored, letLeave, needsRefold } from "./folding.ts";
import { sayAgain } from "./forks/again.ts";
import { learnOwnFork, sayStoredLate, settleAsking } from "./forks/epoch.ts";
import { receiveFork, receiveProof, sendAnswer } from "./forks/fork.ts";
import { sendForkProof, takeFork } from "./forks/fork-keep.ts";
import { commonSize, forkedAt } from "./forks/fork-proof.ts";
import { takeOwnBranch } from "./forks/fork-search.ts";
import { askForHistories, askHistoriesAnew } from "./forks/third-history.ts";
import { type HostedConfig, newHosted } from "./hosted.ts";
import { probeEveryMs } from "./limits.ts";
import { answerLocals } from "./local-answers.ts";
import { logOf, publishLog, takeCommitted, takeStored } from "./replica.ts";
import { openKeyTable, reviewCases, takeCaseWords, takeCommittedKeys, tendKeys } from "./sealing/cases.ts";
import { newKeyTable } from "./sealing/key-table.ts";
import { receiveCarriedKey, receiveSlots, sendSlotSites } from "./sealing/slots.ts";
import { takeWrapped } from "./sealing/wrapping.ts";
import type { ForkItem, House, Link, LogState, Out, Ports } from "./state.ts";
import type { StoredKeys } from "./store-port.ts";
import { sayUnsaid, submit } from "./submit.ts";
import {
  dropWriting,
  endCommit,
  hurryReceipts,
  newWriting,
  nextStoringMonoMs,
  probeStore,
  startCommit,
  storeDueReceipts,
} from "./writing.ts";

export type HouseConfig = {
  readonly ports: Ports;
  readonly region: Name;
  /** The one key that a device is configured with. */
  readonly authority: Vkey;
  readonly hosted: readonly HostedConfig[];
  readonly startMonoMs: number;
  /** The facts that this version knows; left out: all that there are. An older version knows fewer. */
  readonly kinds?: Kinds;
};

/** What a store held, in the order in which it is to be taken over. */
export type Stored = {
  readonly logs: readonly StoredLog[];
  readonly receipts: readonly Cosignature[];
  readonly forks: readonly ForkProof[];
  /** Left out: no keys of cases. */
  readonly keys?: StoredKeys;
};

export function newHouse(config: HouseConfig): House {
  const house: House = {
    ports: config.ports,
    region: config.region,
    charter: newCharter(config.region, config.authority, config.ports.crypto.sha256),
    fold: newFold(config.kinds),
    journal: newJournal(),
    filling: null,
    loading: null,
    changedParts: null,
    hosted: new Map(),
    logs: new Map(),
    takenRuns: new Map(),
    vector: newVector(config.ports.crypto.sha256),
    pastDigests: new Map(),
    receipts: newReceipts(),
    links: new Map(),
    established: new Set(),
    anchored: new Set(),
    pockets: new Map(),
    pulls: new Map(),
    behind: new Set(),
    views: newViews(),
    writing: newWriting(),
    keys: newKeyTable(),
    forks: new Map(),
    forkSearches: new Map(),
    unsure: new Map(),
    saidAgain: new Map(),
    addressed: new Map(),
    logStarts: new Map(),
    nextLeavingMonoMs: config.startMonoMs,
    reads: new Map(),
    lastRead: 0,
  };
  for (const [i, device] of config.hosted.entries()) {
    const hosted = newHosted(config, device, i);
    house.hosted.set(hosted.id, hosted);
    logOf(house, hosted.origin);
  }
  return house;
}

const noSites: ReadonlySet<Name> = new Set();

/** Sizes, roots and receipts of an opened store; its entries follow through {@link replayStored}. */
export function openStored(house: House, stored: Stored): void {
  for (const fork of stored.forks) takeStoredFork(house, fork);
  for (const log of stored.logs) takeStored(house, log);
  for (const receipt of stored.receipts) takeStoredReceipt(house, receipt);
  if (stored.keys !== undefined) openKeyTable(house, stored.keys);
  for (const hosted of house.hosted.values())
    hosted.begun = logOf(house, hosted.origin).durable.range.size > 0;
}

/** A store keeps every proof; the one that shows the least in common decides. */
function takeStoredFork(house: House, fork: ForkProof): void {
  const { origin } = fork.ours;
  const known = forkedAt(house, origin) ?? Number.POSITIVE_INFINITY;
  if (commonSize(fork) < known) house.forks.set(origin, fork);
  publishLog(house, logOf(house, origin));
}

/** One stored entry into charter and fold; the charter's log first, then any order that keeps each log's own. */
export function replayStored(
  house: House,
  log: LogId,
  index: number,
  bytes: Uint8Array,
  storedMs: number,
): void {
  foldStored(house, house.fold, log, index, bytes, storedMs);
}

/** Called once when everything stored was replayed. */
export function endReplay(house: House): void {
  takeCharterSites(house);
  for (const device of house.logStarts.keys()) outdateReceipts(house, device);
  // What became durable just before the last end of this process was perhaps never confirmed.
  oweAllReceipts(house);
  oweAddressed(house);
  reviewCases(house);
}

function oweAllReceipts(house: House): void {
  for (const log of house.logs.values()) if (log.durable.range.size > 0) oweReceipts(house, log, noSites);
}

/**
 * The device's core: one input, to its end. Mutates `house`; carries nothing out itself.
 * @param out what this input asks for; a shell that passes its own still has it when a broken invariant throws, and
 * must carry it out: a commit that is noted as under way and never begun would be waited for for ever
 */
export function step(house: House, input: Input, now: Now, out: Out = []): readonly Effect[] {
  take(house, input, now, out);
  settleAsking(house, now, out);
  seekRoots(house, out);
  payReceipts(house, now, out);
  passReceipts(house, now, out);
  storeDueReceipts(house, now, out);
  sendViews(house, now, out);
  pumpCatchUp(house, now, out);
  return out;
}

/** When `step` wants a `wake` even if nothing else happens, monotonic ms. */
export function nextWakeMonoMs(house: House): number | undefined {
  const views = nextViewMonoMs(house);
  const times = [nextReceiptMonoMs(house), nextPassMonoMs(house), nextStoringMonoMs(house), views];
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function take(house: House, input: Input, now: Now, out: Out): void {
  switch (input.type) {
    case "opened":
      return openLink(house, input.connection, input.channel, input.dialed, now, out);
    case "received":
      return receive(house, input, now, out);
    case "carried":
      carried(house, input, now, out);
      // Who carried it by hand is told when it is durable.
      if (input.byHand === true) hurryReceipts(house, now);
      return;
    case "closed":
      forgetLink(house, input.connection);
      return;
    case "drained":
      return drained(house, input);
    case "drawn":
      return takeDrawn(house, input);
    case "announce":
      return announceRestart(house, input.backByMs, now, out);
    case "submit":
      return submit(house, input.submission, now, out);
    case "wrapped":
      return takeWrapped(house, input.hosted, input.keys, now, out);
    case "committed":
      return committed(house, input.id, now, out);
    case "commit-failed":
      return commitFailed(house, input.id, input.reason, now, out);
    case "store-stopped":
      return storeStopped(house, input.reason, now, out);
    case "run-read":
      return runRead(house, input.read, input.run, now, out);
    case "leaves-read":
      return leavesRead(house, input.read, input.entries, now, out);
    case "tick":
      return tick(house, input.part ?? wholeTick, now, out);
    case "store-receipts":
      return hurryReceipts(house, now);
    case "wake":
      return;
  }
}

function receive(
  house: House,
  { connection, bytes, packet: read }: Extract<Input, { readonly type: "received" }>,
  now: Now,
  out: Out,
): void {
  const link = house.links.get(connection);
  if (link === undefined) return;
  if (!link.established) {
    if (receiveHello(house, link, bytes, now, out)) greet(house, link, now, out);
    return;
  }
  link.lastReceivedMonoMs = now.monoMs;
  if (isPacketOf("entries", bytes) && isTakenRun(house, link, bytes)) return;
  const packet = read ?? decodePacket(bytes);
  if (packet.ok) receivePacket(house, link, packet.value, bytes, now, out);
  else out.push({ type: "note", code: `refused-${packet.error}`, about: link.peer ?? "unknown" });
}

function carried(house: House, input: Extract<Input, { type: "carried" }>, now: Now, out: Out): void {
  const packet = decodePacket(input.bytes);
  if (packet.ok && packet.value.type === "entries") receiveEntries(house, null, packet.value, now, out);
  else if (packet.ok && packet.value.type === "receipt")
    receiveReceipts(house, null, packet.value.head, now, out);
  else if (packet.ok && packet.value.type === "fork" && packet.value.head.step === "proof")
    receiveProof(house, null, packet.value.head, now, out);
  else if (packet.ok && packet.value.type === "slots" && input.byHand === true)
    receiveCarriedKey(house, packet.value.head, now, out);
  else
    out.push({
      type: "note",
      code: packet.ok ? "refused-needs-a-connection" : `refused-${packet.error}`,
      about: "carried",
    });
}

function receivePacket(
  house: House,
  link: Link,
  packet: Packet,
  bytes: Uint8Array,
  now: Now,
  out: Out,
): void {
  switch (packet.type) {
    case "hello":
      return closeLink(house, link, "out-of-turn", out);
    case "beat":
      return receiveBeat(house, link, packet.head, now, out);
    case "vector":
      return receiveVector(house, link, packet.head, now, out);
    case "entries":
      return rememberRun(house, receiveEntries(house, link, packet, now, out), bytes);
    case "receipt":
      return receiveReceipts(house, link, packet.head, now, out);
    case "fork":
      return receiveFork(house, link, packet.head, now, out);
    case "slots":
      return receiveSlots(house, link, packet.head, now, out);
    case "view":
      return receiveView(house, link, packet, now, out);
  }
}

/** The first words on a proved connection: a beat, what we hold, what the peer's site should know of its logs. */
function greet(house: House, link: Link, now: Now, out: Out): void {
  const hosted = present(link.hosted, "an established link belongs to a hosted device");
  sendBeat(house, hosted, new Set([link]), now, out);
  sendRegionDigest(house, link, now, out);
  sendReceiptsTo(house, link, now, out);
  for (const fork of house.forks.values()) sendForkProof(house, link, fork, out);
  askHistoriesAnew(house, now);
  sendSlotSites(house, link, now, out);
  beginView(house, link, now, out);
}

function drained(house: House, input: Extract<Input, { readonly type: "drained" }>): void {
  const link = house.links.get(input.connection);
  if (link === undefined) return;
  if (input.view) viewLeft(house, link);
  else link.catchingUp = false;
}

/** Only from here on may anything know of what the commit held. */
function committed(house: House, id: number, now: Now, out: Out): void {
  const ended = endCommit(house, id);
  const wasStoring = house.writing.storing;
  house.writing.storing = true;
  const sources = new Map<Origin, number>();
  if (ended.commit.appends.length + ended.forks.length > 0) leaveDigest(house, now);
  takeCommittedKeys(house, ended.commit, now, out);
  for (const append of ended.commit.appends) {
    const log = takeCommitted(house, append);
    sources.set(append.origin, append.from);
    noteOwnWriting(house, log, now);
    const folded = foldAppend(house, log, append, ended.commit.storedMs);
    if (folded.charterChanged) takeCharter(house, out);
    if (folded.epochBegan) outdateReceipts(house, log.device);
    oweReceipts(house, log, folded.addressees);
    takeCaseWords(house, folded.cases, now);
    proveReceipts(house, log, believe, out);
    pushAppend(house, append, now, out);
  }
  answerLocals(house, ended.locals, sources, out);
  sayStoredLate(house, ended.commit.appends, now, out);
  takeForks(house, ended.forks, now, out);
  if (ended.commit.appends.length > 0 || !wasStoring) out.push({ type: "changed" });
  if (!wasStoring) sayUnsaid(house, out);
  if (!wasStoring) for (const link of house.established) sendRegionDigest(house, link, now, out);
  startCommit(house, now, out);
}

function noteOwnWriting(house: House, log: LogState, now: Now): void {
  const hosted = house.hosted.get(log.device);
  if (hosted?.origin === log.origin) hosted.wroteMonoMs = now.monoMs;
}

/** Stored contradictions change what is told, what is meant, and where own devices write. */
function takeForks(house: House, forks: readonly ForkItem[], now: Now, out: Out): void {
  for (const item of forks) {
    takeFork(house, item, out);
    learnOwnFork(house, item.fork.ours.origin, now, out);
  }
  if (forks.length > 0) takeCharter(house, out);
}

function takeCharter(house: House, out: Out): void {
  takeCharterSites(house);
  // A site that has become a control centre confirms what it holds already.
  oweAllReceipts(house);
  reviewCases(house);
  if (needsRefold(house)) out.push({ type: "refold" });
}

function commitFailed(house: House, id: number, reason: string, now: Now, out: Out): void {
  dropWriting(house, endCommit(house, id), reason, now, out);
  out.push({ type: "note", code: "cannot-record", about: reason }, { type: "changed" });
}

function storeStopped(house: House, reason: string, now: Now, out: Out): void {
  house.writing.storing = false;
  house.writing.nextProbeMonoMs = now.monoMs + probeEveryMs;
  out.push({ type: "note", code: "cannot-record", about: reason }, { type: "changed" });
}

function runRead(house: House, read: number, run: StoredRun | null, now: Now, out: Out): void {
  const pending = house.reads.get(read);
  house.reads.delete(read);
  const link = pending?.kind === "run" ? house.links.get(pending.link) : undefined;
  if (pending?.kind === "run" && link !== undefined) sendRun(house, link, pending.origin, run, now, out);
}

function leavesRead(
  house: House,
  read: number,
  entries: readonly Uint8Array[] | null,
  now: Now,
  out: Out,
): void {
  const pending = house.reads.get(read);
  house.reads.delete(read);
  if (pending?.kind === "branch") return takeOwnBranch(house, pending.origin, entries, now, out);
  if (pending?.kind === "again") return sayAgain(house, pending.origin, entries, now, out);
  if (pending?.kind === "roots") {
    takeRootRows(house, pending.origin, pending.range, entries, believe, out);
    return startCommit(house, now, out);
  }
  const link = pending === undefined ? undefined : house.links.get(pending.link);
  if (pending?.kind !== "leaves" || link === undefined || entries === null) return;
  sendAnswer(house, link, pending.size, pending.checkpoint, entries, out);
}

const wholeTick: TickPart = { part: 0, parts: 1 };

function tick(house: House, { part, parts }: TickPart, now: Now, out: Out): void {
  const ticked = [...house.hosted.values()].filter((_, place) => place % parts === part);
  judgeContact(house, ticked, now, out);
  sendDueBeats(house, ticked, now, out);
  // What is of the process and not of a device is as often as it would be without parts.
  if (part > 0) return;
  closeSlowHellos(house, now, out);
  closeDeadLinks(house, now, out);
  oweNeighbours(house);
  repeatReceipts(house, now, out);
  tendKeys(house, now, out);
  askForHistories(house, now, out);
  probeStore(house, now, out);
  letLeave(house, now);
}
