import type { Timeline } from "../timeline.ts";

/** One call that a dispatcher is to make. */
export type Call = {
  /** Of the patient it is about; 1 is rung first. */
  readonly urgency: number;
  /** Nobody rings any more when this says no as the call's turn comes. */
  readonly stillWanted: () => boolean;
  /** The call has ended. */
  readonly ended: () => void;
};

/** A centre's telephone to hospitals: so many calls at once, the others wait by urgency, then in order. */
export type Telephone = { readonly ring: (call: Call) => void };

export function newTelephone(timeline: Timeline, callMs: number, callsAtOnce: number): Telephone {
  const waiting: Call[] = [];
  let running = 0;
  const next = (): void => {
    while (running < callsAtOnce) {
      const call = takeFirst(waiting);
      if (call === null) return;
      if (!call.stillWanted()) continue;
      running += 1;
      timeline.after(callMs, () => {
        running -= 1;
        call.ended();
        next();
      });
    }
  };
  return {
    ring: (call) => {
      waiting.push(call);
      next();
    },
  };
}

function takeFirst(waiting: Call[]): Call | null {
  let first = 0;
  for (const [i, { urgency }] of waiting.entries()) if (urgency < (waiting[first]?.urgency ?? 4)) first = i;
  return waiting.splice(first, 1)[0] ?? null;
}
