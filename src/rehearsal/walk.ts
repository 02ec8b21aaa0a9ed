import type { WalkStep, WalkStepId } from "../site/rehearsal-view.ts";
import { walkSteps } from "../site/rehearsal-view.ts";

/** What boards show of each step: true once it happened. */
export type WalkSight = { readonly [step in WalkStepId]: boolean };

/** The five steps that a newcomer is walked through. A step is done when a board shows it, whoever did it. */
export class Walk {
  #steps: readonly WalkStep[] = fresh();
  #walks = true;

  get steps(): readonly WalkStep[] {
    return this.#steps;
  }

  get walks(): boolean {
    return this.#walks;
  }

  /** Somebody wants to be walked through it, and has not come to the end. */
  get isUnderWay(): boolean {
    return this.#walks && this.#steps.some(({ state }) => state === "open");
  }

  want(walks: boolean): void {
    this.#walks = walks;
  }

  look(sight: WalkSight): void {
    this.#steps = this.#steps.map((row) =>
      row.state === "open" && sight[row.step] ? { ...row, state: "done" } : row,
    );
  }

  skip(step: WalkStepId): void {
    this.#steps = this.#steps.map((row) =>
      row.step === step && row.state === "open" ? { ...row, state: "skipped" } : row,
    );
  }

  /** Whether this step and all before it are done or skipped. */
  isPast(step: WalkStepId): boolean {
    const upTo = walkSteps.indexOf(step);
    return this.#steps.slice(0, upTo + 1).every(({ state }) => state !== "open");
  }

  startOver(): void {
    this.#steps = fresh();
  }
}

function fresh(): readonly WalkStep[] {
  return walkSteps.map((step) => ({ step, state: "open" }));
}
