import type { Name } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import type { OwnRow } from "../site/views/board-view.ts";
import type { Hospitals } from "./hospitals.ts";
import type { LiveBoard } from "./live-board.ts";

/** A time in which a site was killed, frozen or cut off by the script, until it was heard again. */
export type Outage = { readonly site: Name; readonly fromMs: number; toMs: number | null };

type WatchedCentre = Pick<LiveBoard, "site" | "hospitals" | "own" | "listen">;
type WatchedBoard = Pick<LiveBoard, "site" | "lastPushMs" | "cells">;
/** What a board shows of one site. */
type Sight = OwnRow["centres"][number];

export type WatchOptions = {
  /** Boards of the control centres. */
  readonly centres: readonly WatchedCentre[];
  /** Every board that somebody sits before. */
  readonly boards: readonly WatchedBoard[];
  readonly hospitals: Pick<Hospitals, "wordOn">;
  readonly openRunsOutMs: number;
};

const lookEveryMs = 500;
/** An anchor may say a state so long after it has run out: boards are told once a second. */
const runOutToleranceMs = 2 * secondMs;
/** An anchor gives a sign every second; what a board without one shows is judged when it says that its anchor is gone. */
const freshMs = 2.5 * secondMs;
/** Three new beats make a site heard again, at each listener in its own time, after at most 5 s until it is dialed. */
const elsewhereHeardAfterMs = 10 * secondMs;

/** Looks at all boards all the time for what must never be there. */
export class Watch {
  readonly outages: Outage[] = [];
  /** Sites called silent on a board without an outage, as `<board> <site>`; each time counts. */
  readonly falseSilences: string[] = [];
  /** States shown as open after they have run out, as `<board> <site> <capability> <said>`, with what was seen. */
  readonly shownOpen = new Map<string, string>();
  readonly #options: WatchOptions;
  readonly #silent = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: WatchOptions) {
    this.#options = options;
    for (const board of options.centres) board.listen(() => this.#seeRegion(board));
    this.#timer = setInterval(() => this.#findOpen(), lookEveryMs);
  }

  begin(site: Name): void {
    this.outages.push({ site, fromMs: Date.now(), toMs: null });
  }

  end(site: Name): void {
    const outage = this.outages.findLast((one) => one.site === site);
    if (outage !== undefined) outage.toMs = Date.now();
  }

  /** @param graceMs so long an outage counts past its end */
  wasOut(site: Name, atMs: number, graceMs = 0): boolean {
    return this.outages.some(
      (one) => one.site === site && one.fromMs <= atMs && (one.toMs === null || atMs <= one.toMs + graceMs),
    );
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * A hospital's or crew's board shows of others whether control centres are heard. An outage ends for the script when the
   * centres hear the site again; here that is given its time.
   */
  seeCentres({ site, centres }: Pick<OwnRow, "site" | "centres">): void {
    this.#findSilences(site, centres, elsewhereHeardAfterMs);
  }

  #seeRegion({ site: board, hospitals, own }: WatchedCentre): void {
    const rows = [...hospitals.values()].map(({ hospital, contact }) => ({ site: hospital, contact }));
    this.#findSilences(board, [...rows, ...(own?.centres ?? [])], 0);
  }

  #findSilences(board: Name, shown: readonly Sight[], graceMs: number): void {
    const nowMs = Date.now();
    for (const { site, contact } of shown) {
      const key = `${board} ${site}`;
      const isFalse = contact.verdict === "silent" && !this.wasOut(site, nowMs, graceMs);
      if (isFalse && !this.#silent.has(key)) this.falseSilences.push(key);
      if (isFalse) this.#silent.add(key);
      else this.#silent.delete(key);
    }
  }

  #findOpen(): void {
    const nowMs = Date.now();
    for (const board of this.#options.boards) {
      if (nowMs - board.lastPushMs > freshMs) continue;
      for (const { hospital, capability, cell } of board.cells()) {
        if (cell.state !== "open" && cell.state !== "limited") continue;
        const wordEndMs = this.#endOf(hospital, capability);
        // A cell names the whole second in which its word ends.
        const cellEndMs = cell.untilMs === null ? null : cell.untilMs + secondMs;
        const endMs = wordEndMs ?? cellEndMs ?? 0;
        // A page ends a word by itself at the time that the cell names; what an anchor says after it counts.
        const judgedMs = cell.untilMs !== null && cell.untilMs <= nowMs ? board.lastPushMs : nowMs;
        if (judgedMs <= Math.min(endMs, cellEndMs ?? endMs) + runOutToleranceMs) continue;
        const key = `${board.site} ${hospital} ${capability} ${cell.saidMs}`;
        if (this.shownOpen.has(key)) continue;
        this.shownOpen.set(key, `at ${nowMs}, until ${cell.untilMs}, by the word ${wordEndMs}`);
      }
    }
  }

  /** By the script's own record of what was said last. */
  #endOf(hospital: Name, capability: string): number | undefined {
    const word = this.#options.hospitals.wordOn(hospital, capability);
    return word === undefined ? undefined : word.written.answeredMs + this.#options.openRunsOutMs;
  }
}
