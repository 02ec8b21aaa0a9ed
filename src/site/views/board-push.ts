/** What an anchor says to a board beside its rows, whatever kind of board it is. */

/** The anchor has started and still reads what it holds, so much of it in percent: there is nothing to show yet. */
export type LoadingPush = {
  readonly type: "loading";
  readonly nowMs: number;
  readonly percent: number;
  /** Said by the door that serves the board; left out: it is none. */
  readonly rehearsal?: true;
};

/** Tells the builds of a board apart: which one the anchor serves now, said by the door that serves it. */
export type BoardBuild = string;
