import { secondMs } from "../../../basics/time.ts";

/** How often what is done; tests live faster. */
export type NatsPace = {
  /** Entries and receipts of our own leave so soon after they are durable; what comes meanwhile goes with them. */
  readonly pushAfterMs: number;
  readonly tickMs: number;
  /** Logs that grew are told so often, */
  readonly tellChangesMs: number;
  /** and all logs, with our own receipts, so often: for whoever came later, or lost a message. */
  readonly tellAllMs: number;
  /** A peer that does not come further in a log for so long is sent what it lacks, again and again. */
  readonly resendAfterMs: number;
  /** For so long it is left to a log's author to publish it, and to a holder to tell of its receipts. */
  readonly relayAfterMs: number;
  /** A peer that said nothing for so long is away. */
  readonly peerAwayAfterMs: number;
  readonly publishWithinMs: number;
  /** A stream that refused an entry is asked again after so long. */
  readonly refusedAgainMs: number;
  readonly redialFirstMs: number;
  readonly redialMaxMs: number;
};

export const natsPace: NatsPace = {
  pushAfterMs: 20,
  tickMs: 250,
  tellChangesMs: 500,
  tellAllMs: 30 * secondMs,
  resendAfterMs: 5 * secondMs,
  relayAfterMs: 3 * secondMs,
  peerAwayAfterMs: 90 * secondMs,
  publishWithinMs: 5 * secondMs,
  refusedAgainMs: 5 * secondMs,
  redialFirstMs: 250,
  redialMaxMs: 5 * secondMs,
};
