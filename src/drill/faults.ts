/** Everything that can go wrong in a simulated world. */
export const faultKinds = [
  "loss",
  "duplication",
  "reordering",
  "damage",
  "partition",
  "link-stall",
  "reset",
  "crash",
  "listener-stall",
  "slow-disk",
  "failing-disk",
  "clock-offset",
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
