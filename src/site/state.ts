import type { DeviceId, LogId, Name, Origin } from "../basics/name.ts";
import type { Contact } from "../exchange/contact.ts";
import type { HeldLog } from "../exchange/ingest.ts";
import type { HelloOffer } from "../exchange/packet-head.ts";
import type { PullLimit } from "../exchange/pull-limit.ts";
import type { Vector } from "../exchange/vector.ts";
import type { SignedCheckpoint } from "../log/checkpoint.ts";
import type { Cosignature } from "../log/cosignature.ts";
import type { Crypto, Signer } from "../log/crypto.ts";
import type { Entry } from "../log/entry.ts";
import type { Charter } from "../region/charter.ts";
import type { Fold } from "../region/fold.ts";
import type { Commit, ConnectionId, Effect, ForkProof, LogAppend, Submission } from "./effects.ts";

/**
 * One process and all that it hosts. The word is used where contact speaks of "our own house": sites that share
 * this store and this machine say nothing about the world outside.
 */
export type House = {
  readonly ports: Ports;
  readonly region: Name;
  readonly charter: Charter;
  /** Replaced as a whole when the charter changes what stored entries mean. */
  fold: Fold;
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
  /** Those whose peer lacks something that must be read from the store. */
  readonly behind: Set<Link>;
  readonly writing: Writing;
  readonly forks: Map<Origin, ForkProof>;
  readonly reads: Map<number, PendingRead>;
  lastRead: number;
};

export type Ports = { readonly crypto: Crypto; readonly randomBytes: (length: number) => Uint8Array };

/** A device whose keys lie in this process. */
export type Hosted = {
  readonly id: DeviceId;
  readonly site: Name;
  readonly signer: Signer;
  readonly holder: Signer;
  /**
   * Stored, one more at each start: with `beat` it makes every beat of this device unlike any other. Raised in
   * memory where others were told a higher one.
   */
  boot: number;
  /** The log that it writes. */
  readonly origin: Origin;
  readonly mobile: boolean;
  readonly contact: Contact;
  /** Its established links. */
  readonly links: Set<Link>;
  /** Whether the log has its first entry, written or on its way to the disk. */
  begun: boolean;
  beat: number;
  nextBeatMonoMs: number;
  backByMs: number | null;
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
  /** The link on which this log last grew: the way back for its receipts. */
  source: ConnectionId | null;
};

/** Newest receipt of each holder, and what is to be cosigned. */
export type Receipts = {
  readonly newest: Map<Origin, Map<DeviceId, Cosignature>>;
  /** Of sizes at which we do not know the root, the largest of each holder and log (`<device> <origin>`). */
  readonly unproved: Map<string, Cosignature>;
  /** Holder and log (`<device> <origin>`) → when it was last cosigned, monotonic ms. */
  readonly lastMonoMs: Map<string, number>;
  readonly due: Map<string, { readonly hosted: DeviceId; readonly origin: Origin }>;
};

/** What waits for the disk. */
export type Writing = {
  readonly queue: WriteItem[];
  inFlight: InFlight | null;
  storing: boolean;
  lastId: number;
  nextProbeMonoMs: number;
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
  readonly origin: Origin;
  readonly bytes: Uint8Array;
  readonly requestKey: string | null;
  /** Empty for what the house writes of itself. */
  readonly tokens: Submission["token"][];
  /** What is to be written again after a failure, since nobody is told of it; null: whoever asked is told. */
  readonly own: OwnFact | null;
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
  | { readonly kind: "fork"; readonly fork: ForkProof };

export type InFlight = {
  readonly commit: Commit;
  readonly startedMonoMs: number;
  readonly locals: readonly LocalItem[];
  readonly remotes: readonly RemoteItem[];
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
  /** A catch-up read or packet is under way. */
  catchingUp: boolean;
  /** When the peer is next told of its receipts, monotonic ms. */
  receiptsAgainMonoMs: number;
  unequalBeats: number;
  /** The digest of the last beat that was not ours. */
  unequalDigest: string;
  askedMonoMs: number;
  /** Until then, monotonic ms, the peer is passed at once what others write (relay.ts). */
  relayUntilMonoMs: number;
  readonly siteLogsMonoMs: Map<Name, number>;
  pull: PullLimit | null;
};

export type PendingRead =
  | { readonly kind: "run"; readonly link: ConnectionId; readonly origin: Origin }
  | {
      readonly kind: "leaves";
      readonly link: ConnectionId;
      readonly origin: Origin;
      readonly size: number;
      readonly checkpoint: SignedCheckpoint;
    };

/** Effects are collected here in the order in which they must happen. */
export type Out = Effect[];
