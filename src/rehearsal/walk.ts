import { type WalkStep, type WalkStepId, walkSteps } from "../site/views/rehearsal-view.ts";

/** What boards show of each step: true once it happened. */
export type WalkSight = { readonly [step in WalkStepId]: boolean };

/**
 * The five steps that a newcomer is walked through. A step is done when a board shows it, whoever did it; the newcomer
 * goes on when they have seen it, or skips it.
 */
export class Walk {
  #steps: readonly WalkStep[] = fresh();
  #at = 0;
  #walks = true;

  get steps(): readonly WalkStep[] {
    return this.#steps;
  }

  /** The step before which the newcomer stands; null: behind the last. */
  get current(): WalkStepId | null {
    return walkSteps[this.#at] ?? null;
  }

  get walks(): boolean {
    return this.#walks;
  }

  /** Somebody wants to be walked through it, and has not come to the end. */
  get isUnderWay(): boolean {
    return this.#walks && this.current !== null;
  }

  want(walks: boolean): void {
    this.#walks = walks;
  }

  look(sight: WalkSight): void {
    this.#steps = this.#steps.map((row) =>
      row.state === "open" && sight[row.step] ? { ...row, state: "done" } : row,
    );
  }

  /** On to the next step; one that is not done is skipped. Said of another step than the current one it is nothing. */
  onward(step: WalkStepId): void {
    if (step !== this.current) return;
    this.#at += 1;
    this.#steps = this.#steps.map((row) =>
      row.step === step && row.state === "open" ? { ...row, state: "skipped" } : row,
    );
  }

  /** Whether the newcomer has gone on from this step. */
  isPast(step: WalkStepId): boolean {
    return this.#at > walkSteps.indexOf(step);
  }

  startOver(): void {
    this.#steps = fresh();
    this.#at = 0;
  }
}

function fresh(): readonly WalkStep[] {
  return walkSteps.map((step) => ({ step, state: "open" }));
}
