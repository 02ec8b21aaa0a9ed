/** What an anchor says to a board beside its rows, whatever kind of board it is. */

/**
 * Why an anchor that speaks has nothing to show: it has started and still reads what it holds, so much of it in percent; or
 * this board cannot be drawn, by a fault of the program that its diary names.
 */
export type NothingYet = number | "undrawn";

/** What was shown before is as old as if the anchor were gone. */
export type LoadingPush = {
  readonly type: "loading";
  readonly nowMs: number;
  readonly percent: NothingYet;
  /** Said by the door that serves the board; left out: it is none. */
  readonly rehearsal?: true;
};

/** Tells the builds of a board apart: which one the anchor serves now, said by the door that serves it. */
export type BoardBuild = string;
