import type { LogId, Name } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import type { CapabilityId } from "../region/region-data.ts";
import type { HospitalRow, OwnRow } from "../site/views/board-view.ts";
import type { Written } from "./desk.ts";
import type { LiveBoard } from "./live-board.ts";

/** A board shows whole seconds; the same cell is said again much later than this. */
const saidToleranceMs = secondMs;

type AuthorBoard = {
  readonly listen: (listener: (push: unknown, receivedMs: number) => void) => () => void;
  readonly own: OwnRow | null;
};
type Awaited = { readonly log: LogId; readonly index: number; readonly answeredMs: number };

/**
 * Times, by the machine's clock, between two moments that people see: a state is sent at a hospital's board until it
 * stands on a centre's board; a fact is answered at its author until the author's board says that dispatch holds it.
 */
export class Meter {
  readonly statusToBoardMs: number[] = [];
  readonly receiptMs: number[] = [];
  /** How long each state had been awaited that was given up because nothing can show it now: no samples. */
  readonly givenUpMs: number[] = [];
  /** When the words on a cell were sent that are not shown yet, oldest first. */
  readonly #states = new Map<string, number[]>();
  readonly #receipts = new Map<AuthorBoard, Awaited[]>();
  #begun = false;
  #suspended = false;

  /** @param centre the board on which states are awaited */
  constructor(centre: Pick<LiveBoard, "listen">) {
    centre.listen((push, receivedMs) => {
      if (push.type === "alive" || push.type === "loading") return;
      const rows = push.type === "all" ? push.view.hospitals : (push.hospitals ?? []);
      for (const row of rows) this.#see(row, receivedMs);
    });
  }

  /** Nothing counts before this: that everybody reports and opens missions at once is no time to measure. */
  begin(): void {
    this.#begun = true;
  }

  sent(hospital: Name, capability: CapabilityId, sentMs: number): void {
    if (!this.#begun || this.#suspended) return;
    const key = `${hospital} ${capability}`;
    this.#states.set(key, [...(this.#states.get(key) ?? []), sentMs]);
  }

  /** The author's own board is watched until it shows the receipt of a control centre. */
  answered(author: AuthorBoard, { ref: [log, index], answeredMs }: Written): void {
    if (!this.#begun) return;
    const awaited = this.#receipts.get(author) ?? this.#watch(author);
    awaited.push({ log, index, answeredMs });
    this.#take(author, awaited, Date.now());
  }

  /** While the centre whose board is watched is down or cut off, no board is there to show anything. */
  suspend(): void {
    this.#suspended = true;
    const nowMs = Date.now();
    for (const sentMs of [...this.#states.values()].flat()) this.givenUpMs.push(nowMs - sentMs);
    this.#states.clear();
  }

  resume(): void {
    this.#suspended = false;
  }

  /** What never came counts with the time that it has been awaited. */
  finish(nowMs: number): void {
    for (const sentMs of [...this.#states.values()].flat()) this.statusToBoardMs.push(nowMs - sentMs);
    for (const awaited of this.#receipts.values()) {
      for (const { answeredMs } of awaited) this.receiptMs.push(nowMs - answeredMs);
      awaited.length = 0;
    }
    this.#states.clear();
  }

  #see({ hospital, cells }: HospitalRow, receivedMs: number): void {
    for (const [capability, cell] of Object.entries(cells)) {
      const key = `${hospital} ${capability}`;
      const pending = this.#states.get(key);
      if (pending === undefined || cell.state === "unconfirmed") continue;
      // A word that a later one overtook is never shown by itself: it has taken at least until that one's sight.
      const shown = pending.filter((sentMs) => cell.saidMs >= sentMs - saidToleranceMs);
      for (const sentMs of shown) this.statusToBoardMs.push(receivedMs - sentMs);
      const left = pending.slice(shown.length);
      if (left.length > 0) this.#states.set(key, left);
      else this.#states.delete(key);
    }
  }

  #watch(author: AuthorBoard): Awaited[] {
    const awaited: Awaited[] = [];
    this.#receipts.set(author, awaited);
    author.listen((_push, receivedMs) => this.#take(author, awaited, receivedMs));
    return awaited;
  }

  #take(author: AuthorBoard, awaited: Awaited[], receivedMs: number): void {
    const held = author.own?.heldByDispatch;
    for (const one of awaited.splice(0)) {
      if (held?.log === one.log && held.size > one.index)
        this.receiptMs.push(Math.max(0, receivedMs - one.answeredMs));
      else awaited.push(one);
    }
  }
}
