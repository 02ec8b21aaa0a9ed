import type { FactRef, Name, Origin } from "../basics/name.ts";
import type { Cosignature } from "../log/cosignature.ts";
import type { SignedCheckpoint } from "../log/checkpoint.ts";
import type { CompactRange } from "../log/tree.ts";

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
  /** Root that `theirs` has at the size of `ours`, with the consistency path; empty when the sizes are equal. */
  readonly rootAtOurs: Uint8Array;
  readonly path: readonly Uint8Array[];
};

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
};

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

export type HostedDevice = { readonly site: Name; readonly device: Name };
