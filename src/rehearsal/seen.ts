import type { Crowd } from "./crowd.ts";
import type { Ledger } from "./ledger.ts";
import type { Meter } from "./meter.ts";
import type { Watch } from "./watch.ts";

export type AtLoss = {
  /** How far the request at the lost hospital had come. */
  readonly request: "none" | "asked" | "ready" | "cannot";
  /** Within 4 minutes of its door. */
  readonly isNear: boolean;
};

/** What was seen during one night, besides what the stores say of it afterwards. */
export type Seen = {
  readonly crowd: Crowd;
  readonly ledger: Ledger;
  readonly meter: Meter;
  readonly watch: Watch;
  readonly died: readonly string[];
  hospitals: number;
  faultMs: number;
  /** Missions under way to the hospital of the night when the first centre's board called it silent, as it showed them. */
  inbound: ReadonlyMap<string, AtLoss>;
  /** When the first centre's board showed a decision with its lines for all of these. */
  adviceMs: number;
  firstCentreLostMs: number;
  cutOff: { readonly fromMs: number; toMs: number };
  restartedHeardMs: number;
  watchedMs: number;
  /** How much of a core the process had that was to load one, while latencies were measured; null: none was to. */
  busyPercent: number | null;
  /** Sentences of what should have been seen and was not. */
  readonly unmet: string[];
};
