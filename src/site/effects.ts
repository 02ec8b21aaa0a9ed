import type { JsonObject } from "../basics/canonical-json.ts";
import type { DeviceId, FactRef, Name, Origin } from "../basics/name.ts";
import type { Result } from "../basics/result.ts";
import type { Packet, PacketError } from "../exchange/packet.ts";
import type { SignedCheckpoint } from "../log/checkpoint.ts";
import type { Cosignature } from "../log/cosignature.ts";
import type { CaseId } from "../log/sealed.ts";
import type { Slot, SlotName } from "../log/slot.ts";
import type { CompactRange } from "../log/tree.ts";
import type { Decided } from "./decisions/write.ts";
import type { ShownView } from "./state.ts";

/** One connection between two devices, numbered by the shell; a number is never used twice in a process. */
export type ConnectionId = number;

/** A run of entries of one log and the checkpoint that signs the log up to its end. */
export type LogAppend = {
  readonly origin: Origin;
  /** Position of the first item; equals what the store holds of this log. */
  readonly from: number;
  readonly items: readonly Uint8Array[];
  readonly checkpoint: SignedCheckpoint;
  /** The tree after the last item; stored so that the next start needs no rehashing. */
  readonly range: CompactRange;
};

/** Two checkpoints signed by one log that cannot both be true. */
export type ForkProof = {
  readonly ours: SignedCheckpoint;
  readonly theirs: SignedCheckpoint;
  /** Root that `theirs` has at the size of `ours`, and the consistency path, empty when the sizes are equal. */
  readonly rootAtOurs: Uint8Array;
  readonly path: readonly Uint8Array[];
  /** Where the two part, when that is before the end of `ours`. */
  readonly first?: FirstDifference;
};

/** The smallest size known at which two histories of one log differ; they share what lies before its last entry. */
export type FirstDifference = {
  readonly size: number;
  readonly ours: Branch;
  readonly theirs: Branch;
};

/** The root of one history at some size, and the consistency path from there to its signed checkpoint. */
export type Branch = { readonly root: Uint8Array; readonly path: readonly Uint8Array[] };

/** From now on this device writes the log of this epoch. */
export type DeviceEpoch = { readonly device: DeviceId; readonly epoch: string };

/**
 * The one effect that writes: one transaction, all or nothing. At most one is in flight a store; nothing derived
 * from it leaves the process before the input `committed` with its number.
 */
export type Commit = {
  readonly id: number;
  /** Wall clock of this commit, kept with each checkpoint: the age of what others wrote is never less than this. */
  readonly storedMs: number;
  readonly appends: readonly LogAppend[];
  readonly cosignatures: readonly Cosignature[];
  readonly forks: readonly ForkProof[];
  /** Left out: every device goes on in its log. */
  readonly epochs?: readonly DeviceEpoch[];
  /** Keys of cases for the key table; one that is there already stays. Left out: none. */
  readonly slots?: readonly Slot[];
  /**
   * Cases whose slots are deleted and never taken again, those of this commit included. When it is answered no file of
   * the store holds them any more, unless the disk fails at cutting the write-ahead log: then from the next commit or start.
   */
  readonly erased?: readonly CaseId[];
};

/** The key of a case, wrapped by the shell to one device. */
export type WrappedKey = Pick<SlotName, "case" | "to"> & { readonly box: Uint8Array };

/** What a store knows of one log when it is opened. */
export type StoredLog = {
  readonly origin: Origin;
  readonly checkpoint: SignedCheckpoint;
  readonly range: CompactRange;
};

/** Entries of one log read back for a peer; ends exactly at a kept checkpoint. */
export type StoredRun = {
  readonly origin: Origin;
  readonly from: number;
  readonly items: readonly Uint8Array[];
  readonly checkpoint: SignedCheckpoint;
};

export type SubmitRefusal = { readonly code: string; readonly detail?: string };

export type SubmitAnswer =
  | { readonly ok: true; readonly ref: FactRef; readonly repeated: boolean }
  | { readonly ok: false; readonly error: SubmitRefusal };

/** What a shell tells the house. Each is handled to its end before the next; none of them waits. */
export type Input =
  | {
      readonly type: "opened";
      readonly connection: ConnectionId;
      readonly channel: string;
      readonly dialed: Dialed | null;
    }
  /** `packet`: what the bytes say, where the shell has read them already. */
  | {
      readonly type: "received";
      readonly connection: ConnectionId;
      readonly bytes: Uint8Array;
      readonly packet?: Result<Packet, PacketError>;
    }
  | { readonly type: "closed"; readonly connection: ConnectionId }
  /** A packet that came without a connection: entries, receipts and proofs of forks, which prove themselves. */
  | {
      readonly type: "carried";
      readonly bytes: Uint8Array;
      /** On a stick or in a code, which somebody took from one machine to the other: it may bring one key of a case. */
      readonly byHand?: true;
    }
  /** The bytes of the last catch-up packet, or of the last view, have left for the network. */
  | { readonly type: "drained"; readonly connection: ConnectionId; readonly view?: true }
  /** Views that have changed, of sites whose pockets take them from this device; `sameMs`: see `GivenViews`. */
  | {
      readonly type: "drawn";
      readonly hosted: DeviceId;
      readonly views: readonly DrawnView[];
      readonly sameMs: number | null;
    }
  /** Somebody means to restart this process: until this wall time, UTC ms; null: no longer. */
  | { readonly type: "announce"; readonly backByMs: number | null }
  | { readonly type: "submit"; readonly submission: Submission }
  /** Keys that the shell has wrapped: of a new case, or as `wrap` asked. What is submitted next is stored after them. */
  | { readonly type: "wrapped"; readonly hosted: DeviceId; readonly keys: readonly WrappedKey[] }
  | { readonly type: "committed"; readonly id: number }
  | { readonly type: "commit-failed"; readonly id: number; readonly reason: string }
  /** The store answers nothing any more; what became of a commit in flight is told later, when it can be read. */
  | { readonly type: "store-stopped"; readonly reason: string }
  | { readonly type: "run-read"; readonly read: number; readonly run: StoredRun | null }
  | { readonly type: "leaves-read"; readonly read: number; readonly entries: readonly Uint8Array[] | null }
  /**
   * Every `contactLimits.tickMs`, after everything that waited in the sockets was handed in. A process of many devices
   * may spread it: each part, for every `parts`th device, as often as the whole.
   */
  | { readonly type: "tick"; readonly part?: TickPart }
  /** This process ends: receipts that wait for something to be stored with wait no longer. */
  | { readonly type: "store-receipts" }
  /** The time that `nextWakeMonoMs` named has come. */
  | { readonly type: "wake" };

/** `body`: at most `viewBytesMax` of canonical JSON; null: it cannot be drawn now. `asOfMs`: wall clock of the drawing. */
export type DrawnView = { readonly site: Name; readonly asOfMs: number; readonly body: Uint8Array | null };

/** `part` from 0 and below `parts`. */
export type TickPart = { readonly part: number; readonly parts: number };

/** Which hosted device dialed, and whom. A listener learns both from the hello. */
export type Dialed = { readonly hosted: DeviceId; readonly peer: DeviceId };

/** A fact that a person or an importer wants written in the log of a hosted device. */
export type Submission = {
  readonly hosted: DeviceId;
  readonly kind: string;
  readonly by: string;
  readonly body: JsonObject;
  /** The writer's own id: the same one again is answered with the same fact. */
  readonly request?: string;
  /** The advice that it acts on: written with it. */
  readonly decided?: Decided;
  /** Given back with the answer. */
  readonly token: number;
};

/** What the house asks of its shell. */
export type Effect =
  | {
      readonly type: "send";
      readonly connection: ConnectionId;
      readonly bytes: Uint8Array;
      readonly catchUp: boolean;
      /** It is a view: the input `drained` is to say when it has left. */
      readonly view?: true;
    }
  | { readonly type: "close"; readonly connection: ConnectionId; readonly reason: string }
  | { readonly type: "commit"; readonly commit: Commit }
  | { readonly type: "read-run"; readonly read: number; readonly origin: Origin; readonly from: number }
  /** Entries at positions from ≤ position < to. */
  | {
      readonly type: "read-leaves";
      readonly read: number;
      readonly origin: Origin;
      readonly from: number;
      readonly to: number;
    }
  /** The meaning of stored entries has changed: fold them anew (folding.ts) while the old fold serves. */
  | { readonly type: "refold" }
  /**
   * Open the key of a case, which one of `slots` holds for this device, and wrap it to each of these recipients; the
   * input `wrapped` brings it. Where none of them opens nothing need be said: it is asked again.
   */
  | {
      readonly type: "wrap";
      readonly hosted: DeviceId;
      readonly case: CaseId;
      readonly slots: readonly Slot[];
      readonly to: readonly { readonly device: DeviceId; readonly recipient: string }[];
    }
  | { readonly type: "answer"; readonly token: number; readonly answer: SubmitAnswer }
  /** Something that boards show has changed. `ofReceipts`: nothing but who holds what. */
  | { readonly type: "changed"; readonly ofReceipts?: true }
  /** A pocket of ours shows another view than before (shown-view.ts). */
  | { readonly type: "view"; readonly hosted: DeviceId; readonly view: ShownView }
  /** For the shell's own diary: what was refused and why; never holds a fact's content. */
  | { readonly type: "note"; readonly code: string; readonly about: string };
