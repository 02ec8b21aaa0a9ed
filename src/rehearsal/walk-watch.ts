import type { Name } from "../basics/name.ts";
import type { MissionRow } from "../site/views/board-view.ts";
import type { LiveBoard } from "./live-board.ts";
import { nightHospital } from "./plan.ts";
import { verdictAt } from "./sights.ts";
import type { WalkSight } from "./walk.ts";

/**
 * Reads the steps of the walk off the board of the control centre before which the newcomer sits. What was seen once
 * stays seen: a steered mission stands there only until its crew has taken the new hospital over.
 */
export class WalkWatch {
  readonly #board: LiveBoard;
  readonly #steered = new Map<string, Name>();
  #opened = false;
  #wasSilent = false;
  #isAnswered = false;
  #isBack = false;

  constructor(board: LiveBoard) {
    this.#board = board;
    board.listen(() => this.#look());
  }

  /** Somebody has opened this board in a browser. */
  opened(): void {
    this.#opened = true;
  }

  sight(): WalkSight {
    return {
      read: this.#opened && isWhole(this.#board),
      silent: this.#wasSilent,
      steer: this.#steered.size > 0,
      answer: this.#isAnswered,
      back: this.#isBack,
    };
  }

  #look(): void {
    const verdict = verdictAt(this.#board, nightHospital);
    if (verdict === "silent") this.#wasSilent = true;
    if (this.#wasSilent && verdict === "heard" && isWhole(this.#board)) this.#isBack = true;
    for (const row of this.#board.missions.values()) this.#follow(row);
  }

  #follow(row: MissionRow): void {
    if (row.steered !== null) this.#steered.set(row.mission, row.steered.hospital);
    const hospital = this.#steered.get(row.mission);
    const { request, destination, steered } = row;
    const isHeld = steered?.heldByCrew === true || destination?.hospital === hospital;
    const isAnswered = request.step === "answered" && request.hospital === hospital;
    if (hospital !== undefined && isHeld && isAnswered) this.#isAnswered = true;
  }
}

/** Every hospital is on it, and has said something. */
function isWhole({ hospitals }: LiveBoard): boolean {
  const rows = [...hospitals.values()];
  return rows.length > 0 && rows.every(({ cells }) => Object.keys(cells).length > 0);
}
