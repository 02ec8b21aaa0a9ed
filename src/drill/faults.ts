/** Everything that can go wrong in a simulated world. */
export const faultKinds = [
  "loss",
  "duplication",
  "reordering",
  "damage",
  /** A packet takes seconds instead of milliseconds. */
  "delay-spike",
  /** A path carries a few kilobytes a second, and what is too much waits. */
  "clogging",
  /** Nothing passes between some and the rest. */
  "partition",
  /** Nothing passes from some to the rest, but everything comes back. */
  "one-way-partition",
  /** Each direction of each path is cut or not by itself: who reaches whom is no question of sides. */
  "asymmetric-partition",
  "link-stall",
  "reset",
  "crash",
  /** The process ends between two effects of one step. */
  "crash-at-effect",
  /** What was not synced when the power went is gone. */
  "disk-drop",
  /** What was not synced is there all the same. */
  "disk-keep",
  /** Some sectors of what was not synced are there, others not. */
  "disk-tear",
  "listener-stall",
  "slow-disk",
  "failing-disk",
  "clock-offset",
  "clock-drift",
  "clock-jump",
  "late-enrolment",
  /** A store is put back from a backup; its marker is gone. */
  "restore",
  /** A machine is set back to an earlier moment, marker and all. */
  "rollback",
  /** A second machine runs from the same backup. */
  "twin",
  /** A log was signed in two ways. */
  "fork",
  /** A device tells each half of its peers another history of its log. */
  "equivocation",
  /** A device signs for a root that its entries do not have. */
  "bad-root",
  /** A key and a signature that anybody can make. */
  "small-order-key",
  /** Times at the end of what a number can say. */
  "huge-clock",
  /** Packets and entries over their limits. */
  "oversize",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** How often each fault has really happened. */
export class FaultCounts {
  readonly #counts = new Map<FaultKind, number>();

  add(kind: FaultKind): void {
    this.#counts.set(kind, this.of(kind) + 1);
  }

  of(kind: FaultKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** Only the kinds that happened. */
  all(): Readonly<Partial<Record<FaultKind, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
