import type { Commit, ConnectionId, Input, Submission, SubmitAnswer } from "../site/effects.ts";
import type { SimulatedProcess } from "./process.ts";

/** A broken promise of the system under test: the run ends here. */
export class CheckFailure extends Error {
  readonly checker: string;

  constructor(checker: string, message: string) {
    super(message);
    this.checker = checker;
  }
}

/**
 * Watches a world from outside and throws {@link CheckFailure}. Each method is told what has happened, or is about to,
 * in one process; a checker keeps its own books and never changes the world.
 */
export type Checker = {
  readonly name: string;
  /** The process has opened its store and runs. */
  readonly started?: (process: SimulatedProcess) => void;
  /** While it was down its store became an older one; `isMarked`: nothing on the machine tells. */
  readonly putBack?: (process: SimulatedProcess, isMarked: boolean) => void;
  /** Before the input is handled. */
  readonly given?: (process: SimulatedProcess, input: Input) => void;
  /** After an input and all its effects. */
  readonly stepped?: (process: SimulatedProcess, input: Input) => void;
  /** Before the bytes are on the network. */
  readonly sending?: (process: SimulatedProcess, connection: ConnectionId, bytes: Uint8Array) => void;
  /** The disk has finished this commit well. */
  readonly durable?: (process: SimulatedProcess, commit: Commit) => void;
  readonly answered?: (process: SimulatedProcess, submission: Submission, answer: SubmitAnswer) => void;
  /** Every fault is over and all have converged. */
  readonly ended?: (processes: readonly SimulatedProcess[]) => void;
};
