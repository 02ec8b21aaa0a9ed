import { secondMs } from "../../basics/time.ts";
import type { NothingYet } from "../../site/views/board-push.ts";

/** Without a message for longer than this the anchor counts as gone: it speaks every second. */
export const goneAfterMs = 4_000;
/** A broken connection is tried again this long after its start, and an unanswered one is given up after it. */
export const reopenAfterMs = 2_000;
/** An unanswered attempt is given twice the time of the one before, up to this: on a slow link the rows need it. */
export const patienceMaxMs = 16_000;

/** What a board knows of its anchor. Times named `steady` are the board's own (see steady-clock.ts). */
export type Link = {
  readonly startedSteadyMs: number;
  readonly heard: {
    readonly steadyMs: number;
    /** The anchor's wall clock in that message, UTC ms. */
    readonly anchorMs: number;
  } | null;
  /** The anchor's last word was that it has nothing to show yet; null: it says more than that, or nothing. */
  readonly loading: {
    readonly steadyMs: number;
    readonly percent: NothingYet;
    readonly rehearsal: boolean;
  } | null;
  readonly attempt: Attempt;
};

/** One connection to the anchor. */
export type Attempt = {
  readonly startedSteadyMs: number;
  /** A message came over it. */
  readonly answered: boolean;
  /** The browser has given it up. */
  readonly failed: boolean;
  readonly patienceMs: number;
};

/** What every message of an anchor says, whatever kind of board it is for. */
type Heard = {
  readonly type: string;
  readonly nowMs: number;
  readonly percent?: NothingYet;
  readonly rehearsal?: boolean;
};

export type LinkState = "waiting" | "live" | "gone";

export function newLink(steadyMs: number): Link {
  return {
    startedSteadyMs: steadyMs,
    heard: null,
    loading: null,
    attempt: newAttempt(steadyMs, reopenAfterMs),
  };
}

function newAttempt(steadyMs: number, patienceMs: number): Attempt {
  return { startedSteadyMs: steadyMs, answered: false, failed: false, patienceMs };
}

export function heardMessage(link: Link, anchorMs: number, steadyMs: number): Link {
  const attempt = { ...link.attempt, answered: true };
  return { ...link, heard: { steadyMs, anchorMs }, loading: null, attempt };
}

/** The anchor is there and has nothing to show: what it said before is as old as if it were gone. */
function heardLoading(link: Link, { percent = 0, rehearsal = false }: Heard, steadyMs: number): Link {
  return { ...link, loading: { steadyMs, percent, rehearsal }, attempt: { ...link.attempt, answered: true } };
}

export function heardPush(link: Link, push: Heard, steadyMs: number): Link {
  if (push.type === "loading") return heardLoading(link, push, steadyMs);
  return heardMessage(link, push.nowMs, steadyMs);
}

/** Why the anchor has nothing to show; null: it has not said so, or has fallen silent since. */
export function loadingPercent({ loading }: Link, steadyMs: number): NothingYet | null {
  return loading === null || steadyMs - loading.steadyMs > goneAfterMs ? null : loading.percent;
}

export function attemptFailed(link: Link): Link {
  return { ...link, attempt: { ...link.attempt, failed: true } };
}

export function attemptStarted(link: Link, steadyMs: number): Link {
  return { ...link, attempt: newAttempt(steadyMs, patienceAfter(link.attempt)) };
}

function patienceAfter({ answered, failed, patienceMs }: Attempt): number {
  if (answered) return reopenAfterMs;
  return failed ? patienceMs : Math.min(patienceMs * 2, patienceMaxMs);
}

/** *Waiting* only before the first message ever. */
export function linkState(link: Link, steadyMs: number): LinkState {
  if (link.loading !== null) return "gone";
  if (steadyMs - (link.heard?.steadyMs ?? link.startedSteadyMs) > goneAfterMs) return "gone";
  return link.heard === null ? "waiting" : "live";
}

/** Whether to close this connection and open a new one: an open socket proves nothing. */
export function mustReopen(link: Link, steadyMs: number): boolean {
  const { attempt, heard, loading } = link;
  if (attempt.failed) return steadyMs - attempt.startedSteadyMs >= reopenAfterMs;
  const quietMs = steadyMs - Math.max(attempt.startedSteadyMs, heard?.steadyMs ?? 0, loading?.steadyMs ?? 0);
  return linkState(link, steadyMs) === "gone" && quietMs >= attempt.patienceMs;
}

/** The anchor's wall clock now, UTC ms: it goes on while the anchor is gone, so that ages grow. Null: never heard. */
export function anchorNowMs(link: Link, steadyMs: number): number | null {
  return link.heard === null ? null : Math.round(link.heard.anchorMs + steadyMs - link.heard.steadyMs);
}

/** What a board shows of this moment: drawing it again while this is the same would show the same. */
export function shownMoment(link: Link, steadyMs: number): string {
  const clockMs = anchorNowMs(link, steadyMs) ?? steadyMs;
  return `${linkState(link, steadyMs)} ${Math.floor(clockMs / secondMs)}`;
}
