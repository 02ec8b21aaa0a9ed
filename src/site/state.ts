import type { DeviceId, LogId, Name, Origin } from "../basics/name.ts";
import type { Contact } from "../exchange/contact.ts";
import type { HeldLog } from "../exchange/ingest.ts";
import type { HelloOffer, ViewHead } from "../exchange/packet-head.ts";
import type { PullLimit, PullRate } from "../exchange/pull-limit.ts";
import type { Vector } from "../exchange/vector.ts";
import type { SignedCheckpoint } from "../log/checkpoint.ts";
import type { Cosignature } from "../log/cosignature.ts";
import type { Crypto, Signer } from "../log/crypto.ts";
import type { Entry } from "../log/entry.ts";
import type { CaseId } from "../log/sealed.ts";
import type { Slot } from "../log/slot.ts";
import type { CompactRange } from "../log/tree.ts";
import type { Charter } from "../region/charter.ts";
import type { Fold } from "../region/fold.ts";
import type { FoldPart } from "../region/fold-parts.ts";
import type { Journal } from "./decisions/journal.ts";
import type { Recorded } from "./decisions/known.ts";
import type {
  Branch,
  Commit,
  ConnectionId,
  DeviceEpoch,
  Effect,
  ForkProof,
  LogAppend,
  Submission,
} from "./effects.ts";

/**
 * One process and all that it hosts. The word is used where contact speaks of "our own house": sites that share
 * this store and this machine say nothing about the world outside.
 */
export type House = {
  readonly ports: Ports;
  readonly region: Name;
  readonly charter: Charter;
  /** Empty while the house is loading; replaced as a whole when the charter changes what stored entries mean. */
  fold: Fold;
  /** By which runs it grew lately. */
  readonly journal: Journal;
  /** A fold that is being made from the store (folding.ts) while `fold` serves; null: none. */
  filling: Fold | null;
  /** What is stored is not folded yet (loading.ts); null: it is. */
  loading: Loading | null;
  /** What has changed since a snapshot of the fold was begun, by name (snapshot.ts); null: none is being made. */
  changedParts: Map<string, FoldPart> | null;
  readonly hosted: Map<DeviceId, Hosted>;
  readonly logs: Map<Origin, LogState>;
  /** Packets of runs that were taken lately, by their last bytes: the same comes on every link. */
  readonly takenRuns: Map<string, TakenRun>;
  readonly vector: Vector;
  /** Digests that were ours not long ago, and when they ceased to be (monotonic ms), the oldest first. */
  readonly pastDigests: Map<string, number>;
  readonly receipts: Receipts;
  /** Every connection, hellos included. */
  readonly links: Map<ConnectionId, Link>;
  /** Those that are ready for everything else. */
  readonly established: Set<Link>;
  /** Those of them whose peers hold every log, … */
  readonly anchored: Set<Link>;
  /** … and the others, by the pocket. */
  readonly pockets: Map<DeviceId, Set<Link>>;
  /** How fast each device's own entries are taken, over all of its connections: who connects anew has no new allowance. */
  readonly pulls: Map<DeviceId, { readonly rate: PullRate; readonly limit: PullLimit }>;
  /** Those whose peer lacks something that must be read from the store. */
  readonly behind: Set<Link>;
  readonly views: Views;
  readonly writing: Writing;
  /** Keys of cases: wrapped, and outside every log. */
  readonly keys: KeyTable;
  /** Of each log that was signed in two ways the proof that shows the least in common (fork-proof.ts). */
  readonly forks: Map<Origin, ForkProof>;
  /** Contradictions of which it is still to be found out where they begin (fork-search.ts). */
  readonly forkSearches: Map<Origin, ForkSearch>;
  /** Forked logs of which we perhaps hold a history that no proof speaks of (third-history.ts). */
  readonly unsure: Map<Origin, Unsure>;
  /** By its leaf hash where own devices have said something again, or are about to (again.ts). */
  readonly saidAgain: Map<string, Map<LogId, number>>;
  /** By log and site of ours the last entry that speaks to it: what is to be confirmed after a start. */
  readonly addressed: Map<LogId, Map<Name, number>>;
  /** When each log of a device began by that device's clock, ms: a device with two has begun a new epoch. */
  readonly logStarts: Map<DeviceId, Map<LogId, number>>;
  /** When ended missions leave the fold next (region/leaving.ts), monotonic ms. */
  nextLeavingMonoMs: number;
  readonly reads: Map<number, PendingRead>;
  lastRead: number;
};

/** How far a house has come that was opened and whose fold is still to be made. */
export type Loading = {
  /** Entries that were stored when it began. */
  readonly entries: number;
  /** Logs of which the charter has read everything, so that what is new of them can be read at once. */
  readonly read: Set<LogId>;
};

export type Ports = { readonly crypto: Crypto; readonly randomBytes: (length: number) => Uint8Array };

/** A device whose keys lie in this process. */
export type Hosted = {
  readonly id: DeviceId;
  readonly site: Name;
  readonly signer: Signer;
  readonly holder: Signer;
  /** The log that it writes: another one from the moment at which a new epoch begins (epoch.ts). */
  origin: Origin;
  /** While peers are asked what they hold of its log, before the first append; null once that is settled. */
  asking: Asking | null;
  /** When it had to begin a new log, wall clock; null: it goes on in the one that this store holds whole. */
  newLogWallMs: number | null;
  readonly mobile: boolean;
  readonly contact: Contact;
  /** Its established links. */
  readonly links: Set<Link>;
  /** Whether the log has its first entry, written or on its way to the disk. */
  begun: boolean;
  nextBeatMonoMs: number;
  /** When an entry of its own log was stored last, monotonic ms; null: none since this start. */
  wroteMonoMs: number | null;
  /** Since when no connection stands to whoever gives everything to all (relay.ts), monotonic ms; null: one does. */
  ungivenSinceMonoMs: number | null;
  backByMs: number | null;
  /** What it last wrote down as known when somebody decided; null: nothing since this start. */
  recorded: Recorded | null;
  /** The views that pockets take from it. */
  readonly given: GivenViews;
  /** What it was given itself, where it is a pocket. */
  readonly shown: ShownViews;
};

/** What is to go out to pockets (given-views.ts). */
export type Views = {
  /** Connections that take a view, of all hosted devices. */
  takers: number;
  /** Those for which a newer one waits than was sent. */
  readonly waiting: Set<Link>;
  /** When the first of them may be sent, monotonic ms; infinite: none is. */
  nextMonoMs: number;
  /** Sites of whose view something was said since the shell last looked. */
  readonly touched: Set<Name>;
};

/** What one hosted device gives: each site's view once, however many devices of the site take it. */
export type GivenViews = {
  readonly bySite: Map<Name, GivenView>;
  lastNumber: number;
  /** All of them were looked at since then and what had changed was given, wall clock, ms; null: not known. */
  sameMs: number | null;
};

export type GivenView = {
  readonly site: Name;
  readonly takers: Set<Link>;
  /** The packet of the last one that was drawn; null: none was yet. */
  newest: { readonly number: number; readonly bytes: Uint8Array } | null;
  /** False: what stands there now cannot be drawn, so that `newest` may be old. */
  isDrawn: boolean;
};

/** How far one connection was given its site's view. */
export type ViewTaker = {
  readonly given: GivenView;
  /** Number of the last one that was sent; 0: none. */
  sent: number;
  /** The last one has not left for the network: of what comes meanwhile the newest alone will be sent. */
  isLeaving: boolean;
  /** When the next may be sent, monotonic ms. */
  nextMonoMs: number;
};

/** The views of its own site that a pocket was given. */
export type ShownViews = {
  /** The newest of each anchor. */
  readonly byAnchor: Map<DeviceId, ShownView>;
  /** Whose it shows; null: it was given none. */
  from: DeviceId | null;
};

export type ShownView = {
  readonly from: DeviceId;
  readonly head: ViewHead;
  /** The view: canonical JSON. */
  readonly body: Uint8Array;
  /** On which it was last given. */
  connection: ConnectionId;
  /** As of when it is known to be true by the anchor's wall clock, ms, … */
  asOfMs: number;
  /** … and by our monotonic one, never later than it was. */
  asOfMonoMs: number;
  /** Our wall clock over our monotonic one when that was said, ms. */
  wallOverMonoMs: number;
};

/** The question that a device asks at its start: does anybody hold more of my log than I do? */
export type Asking = {
  /** Those who were to be asked and have not answered. Empty from the beginning: whoever comes is asked. */
  readonly unanswered: Set<DeviceId>;
  readonly isNamed: boolean;
  /** When it goes on without an answer, monotonic ms; null before the first tick. */
  untilMonoMs: number | null;
  /** Somebody holds more of its log, or another history of it. */
  isOutdated: boolean;
  /** How much they hold of its logs, past ones too: it is to be here before anybody is answered. */
  readonly lost: Map<Origin, number>;
  /** The newest epoch of this device of which a peer has told. */
  newestTold: string | null;
  /** What people want written meanwhile. */
  readonly waiting: Submission[];
};

/** How often other histories of a log were asked for, and when they are next, monotonic ms. */
export type Unsure = { asked: number; nextMonoMs: number };

/** Two histories of one log, both signed; they are known to share `low` entries and to differ within `high`. */
export type ForkSearch = {
  /** Who holds the other history. */
  readonly link: ConnectionId;
  readonly ours: SignedCheckpoint;
  readonly theirs: SignedCheckpoint;
  /** What their history has at the size of `ours`, or at its own end where it is the shorter one. */
  readonly atShorter: Branch;
  /** Our own leaf hashes up to `ours`; null until they are read. */
  leaves: readonly Uint8Array[] | null;
  low: number;
  high: number;
  /** What their history has at `high`. */
  atHigh: Branch;
  /** When it last came further, monotonic ms. */
  movedMonoMs: number;
};

/** A run that is held or being written: its log, and the size of that at its end. */
export type HeldRun = { readonly origin: Origin; readonly size: number };

export type TakenRun = HeldRun & { readonly bytes: Uint8Array };

export type LogState = {
  readonly origin: Origin;
  readonly id: LogId;
  readonly device: DeviceId;
  readonly site: Name;
  /** What the store holds for certain. */
  durable: HeldLog;
  /** What was verified or is being written; falls back to `durable` when a commit fails. */
  tail: HeldLog;
  /** Root at recent sizes in hexadecimal, the newest last: receipts are checked against them. */
  readonly roots: Map<number, string>;
  /** The tree at the very last of them: from there the root at a size in between is computed (prove-receipts.ts). */
  readonly ranges: CompactRange[];
  /** The link on which this log last grew: the way back for its receipts. */
  source: ConnectionId | null;
};

/** Newest receipt of each holder, and what is to be cosigned. */
export type Receipts = {
  readonly newest: Map<Origin, Map<DeviceId, Cosignature>>;
  /** The furthest that a holder confirmed before its newest epoch began: true once, and to be said again. */
  readonly outdated: Map<Origin, Map<DeviceId, Cosignature>>;
  /** Of sizes at which we do not know the root, the largest of each holder. */
  readonly unproved: Map<Origin, Map<DeviceId, UnprovedReceipt>>;
  /** Logs of which some of them may be provable from the rows that are stored by now. */
  readonly seeking: Set<Origin>;
  /** Holder and log (`<device> <origin>`) → when it was last cosigned, monotonic ms. */
  readonly lastMonoMs: Map<string, number>;
  readonly due: Map<string, { readonly hosted: DeviceId; readonly origin: Origin }>;
  /** Links to other control centres for which something waits to be passed on (receipts-between.ts). */
  readonly passing: Set<Link>;
  /** When the next of that may go out, monotonic ms. */
  nextPassMonoMs: number;
};

/** `isLookedAt`: the rows that it is about were read, or asked for, to compute the root (prove-receipts.ts). */
export type UnprovedReceipt = {
  readonly receipt: Cosignature;
  isLookedAt: boolean;
};

/** A holder's newest receipt of a log, by what it is about: looked up when it goes out, so that the last one counts. */
export type ReceiptName = { readonly holder: DeviceId; readonly origin: Origin };

/** What a control centre has still to pass on to another one, by `<device> <origin>`, the most urgent first. */
export type Passing = {
  /** New, of centres' own logs: whether what they asked and proposed has arrived. */
  readonly centres: Map<string, ReceiptName>;
  readonly others: Map<string, ReceiptName>;
  /** All that is known, told again. */
  readonly again: Map<string, ReceiptName>;
  /** When all is told again, monotonic ms. */
  againMonoMs: number;
};

/** Slots as they are stored, and what is still to be done with them (slots.ts, wrapping.ts, erasure.ts). */
export type KeyTable = {
  /** By case, then by slot key. */
  readonly byCase: Map<CaseId, Map<string, Slot>>;
  /** By the site that their cases belong to, then by slot id. */
  readonly byOwner: Map<Name, Map<string, Slot>>;
  /** By the site of the device that they are wrapped to, then by slot id. */
  readonly byReader: Map<Name, Map<string, Slot>>;
  /** Digest of all slots of one owner, until one is added or deleted. */
  readonly digests: Map<Name, string>;
  /** By slot key: the facts that say who may read their case are not here yet. */
  readonly early: Map<string, Slot>;
  /** Whose slots are deleted from the disk. */
  readonly erased: Set<CaseId>;
  /** Erased by a fact, and the slots not yet deleted from the disk: meanwhile no receipt covers that fact. */
  readonly erasing: Map<CaseId, "to-do" | "queued">;
  /** Cases in which a reader may lack the key → when that is looked at, monotonic ms. */
  readonly unchecked: Map<CaseId, number>;
  /** What the shell was asked to wrap (`<case> <device>`) → until when it is waited for, monotonic ms. */
  readonly wrapping: Map<string, number>;
};

/** What waits for the disk. */
export type Writing = {
  readonly queue: WriteItem[];
  inFlight: InFlight | null;
  storing: boolean;
  lastId: number;
  nextProbeMonoMs: number;
  /** By when receipts that wait alone are stored; null: none do. */
  receiptsDueMonoMs: number | null;
  /** Own entries in the queue or in flight by log and request, so that a quick retry waits for the same fact. */
  readonly requests: Map<string, LocalItem>;
  /** What the house observed while nothing could be recorded, oldest first: written when the store works again. */
  readonly unsaid: OwnFact[];
};

/** A fact that the house itself has to say, with the `at` of its observation. */
export type OwnFact = { readonly hosted: DeviceId; readonly entry: Entry };

export type LocalItem = {
  readonly kind: "local";
  readonly hosted: DeviceId;
  origin: Origin;
  readonly bytes: Uint8Array;
  /** Entries that stand right behind it, in the same commit: what the person saw who decided this. */
  readonly behind: readonly Uint8Array[];
  /** What they say was known; null: nothing stands behind it. */
  readonly recorded: Omit<Recorded, "ref"> | null;
  readonly requestKey: string | null;
  /** Empty for what the house writes of itself. */
  readonly tokens: Submission["token"][];
  /** What is to be written again after a failure, since nobody is told of it; null: whoever asked is told. */
  readonly own: OwnFact | null;
  /** The case that this fact erases: its key goes in the same transaction. */
  readonly erases: CaseId | null;
};

export type RemoteItem = {
  readonly kind: "remote";
  readonly origin: Origin;
  readonly append: LogAppend;
};

export type WriteItem =
  | LocalItem
  | RemoteItem
  | { readonly kind: "cosignature"; readonly cosignature: Cosignature }
  | ForkItem
  | { readonly kind: "epoch"; readonly epoch: DeviceEpoch }
  | { readonly kind: "slot"; readonly slot: Slot }
  | { readonly kind: "erase"; readonly case: CaseId };

/** `from`: who told it, and need not be told. */
export type ForkItem = {
  readonly kind: "fork";
  readonly fork: ForkProof;
  readonly from: ConnectionId | null;
};

export type InFlight = {
  readonly commit: Commit;
  readonly startedMonoMs: number;
  readonly locals: readonly LocalItem[];
  readonly remotes: readonly RemoteItem[];
  readonly forks: readonly ForkItem[];
};

/** One connection. Everything in it ends with it. */
export type Link = {
  readonly id: ConnectionId;
  readonly channel: string;
  readonly side: "dialer" | "listener";
  readonly openedMonoMs: number;
  /** Known to a dialer at once, to a listener from the peer's offer. */
  hosted: Hosted | null;
  peer: DeviceId | null;
  peerMobile: boolean;
  /** The peer holds its own log alone (pocket.ts). */
  peerIsPocket: boolean;
  offer: HelloOffer | null;
  peerOffer: HelloOffer | null;
  established: boolean;
  lastReceivedMonoMs: number;
  /** How much of each log the peer has or was sent on this connection. Missing: not known yet. */
  readonly positions: Map<Origin, number>;
  /** Logs of which the peer lacks something that must be read from the store, in rotation → since when, monotonic ms. */
  readonly behind: Map<Origin, number>;
  /** Logs the peer asked us to hold back, until when. */
  readonly waitUntilMonoMs: Map<Origin, number>;
  /** The last packet of catch-up was of our device's own log, out of turn: the next is not. */
  oursWentLast: boolean;
  /** A catch-up read or packet is under way. */
  catchingUp: boolean;
  /** When the peer is next told of its receipts, monotonic ms. */
  receiptsAgainMonoMs: number;
  /** Null: the peer is no control centre, or we host none on this connection. */
  passing: Passing | null;
  /** When its digest last placed all its positions at ours. */
  placedMonoMs: number;
  unequalBeats: number;
  /** The digest of the last beat that was not ours. */
  unequalDigest: string;
  askedMonoMs: number;
  /** By its last beat it is given what others write by nobody else. */
  peerWantsAll: boolean;
  /** Until then, monotonic ms, the peer is passed at once what others write (relay.ts). */
  relayUntilMonoMs: number;
  /** When the peer was last told of a site's logs, or asked for them, monotonic ms: `<devices, logs or ask> <site>`. */
  readonly toldMonoMs: Map<string, number>;
  /** When the keys that both should have are compared next, and when the peer asked last; monotonic ms. */
  slotsAgainMonoMs: number;
  slotsAskedMonoMs: number;
  pull: PullLimit | null;
  /** Null: the peer takes no view. */
  view: ViewTaker | null;
  /** Our monotonic clock minus the peer's wall clock, ms: the least of its beats on this connection; infinite before one. */
  monoOverPeerMs: number;
};

export type PendingRead =
  | { readonly kind: "run"; readonly link: ConnectionId; readonly origin: Origin }
  | {
      readonly kind: "leaves";
      readonly link: ConnectionId;
      readonly origin: Origin;
      readonly size: number;
      readonly checkpoint: SignedCheckpoint;
    }
  /** Entries up to the sizes at which receipts wait for the root, after a tree that is known. */
  | { readonly kind: "roots"; readonly origin: Origin; readonly range: CompactRange }
  /** Our own history of a log whose contradiction is looked into. */
  | { readonly kind: "branch"; readonly origin: Origin }
  /** Our own history of an own log that was signed in two ways. */
  | { readonly kind: "again"; readonly origin: Origin };

/** Effects are collected here in the order in which they must happen. */
export type Out = Effect[];
