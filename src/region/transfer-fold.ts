import { type FactRef, refKey, siteOf } from "../basics/name.ts";
import type { FactNamed } from "./facts.ts";
import {
  authorOf,
  compareReports,
  firstPlaceOf,
  type Newest,
  noneYet,
  type Report,
  reportOf,
  withNewest,
} from "./report.ts";

export type TransferAsked = FactNamed<"transfer.asked/1">;
type TakenBackFact = FactNamed<"transfer.taken-back/1">;
type DeclinedFact = FactNamed<"transfer.declined/1">;
type DeclineBackFact = FactNamed<"transfer.decline-taken-back/1">;
export type TransferFact = TransferAsked | TakenBackFact | DeclinedFact | DeclineBackFact;

/** A transfer that a hospital asks for, by the first place of its word; what is said of it may come before it. */
export type TransferFold = {
  asked: Report<TransferAsked> | null;
  takenBack: Report<TakenBackFact> | null;
  declined: Newest<DeclinedFact>;
  /** {@link refKey}s of refusals that were a mistake, also before these arrived. */
  readonly declinesBack: Set<string>;
  /** Missions that were opened from it. */
  readonly missions: Set<string>;
};

export type Transfers = Map<string, TransferFold>;

/** @returns its key */
export function foldTransfer(transfers: Transfers, report: Report<TransferFact>): string {
  const { fact } = report;
  const ref = fact.kind === "transfer.asked/1" ? firstPlaceOf(report) : fact.asked;
  const transfer = transferIn(transfers, ref);
  switch (fact.kind) {
    case "transfer.asked/1":
      transfer.asked = earlierOf(transfer.asked, reportOf(report, fact));
      break;
    case "transfer.taken-back/1":
      // Nobody takes back what another hospital asks.
      if (authorOf(report) === siteOf(ref[0]))
        transfer.takenBack = earlierOf(transfer.takenBack, reportOf(report, fact));
      break;
    case "transfer.declined/1":
      transfer.declined = withNewest(transfer.declined, reportOf(report, fact));
      break;
    case "transfer.decline-taken-back/1":
      transfer.declinesBack.add(refKey(fact.takesBack));
  }
  return refKey(ref);
}

/** A mission was opened from it. */
export function noteOpened(transfers: Transfers, ref: FactRef, mission: string): void {
  transferIn(transfers, ref).missions.add(mission);
}

function transferIn(transfers: Transfers, ref: FactRef): TransferFold {
  const key = refKey(ref);
  const known = transfers.get(key);
  if (known !== undefined) return known;
  const transfer = {
    ...{ asked: null, takenBack: null, declined: noneYet },
    ...{ declinesBack: new Set<string>(), missions: new Set<string>() },
  };
  transfers.set(key, transfer);
  return transfer;
}

// Said again by several: which one counts must not hang on the order of arrival.
function earlierOf<F extends TransferFact>(known: Report<F> | null, report: Report<F>): Report<F> {
  return known === null || compareReports(report, known) < 0 ? report : known;
}

/** Reports by their places in a snapshot's line. */
export type PackedTransfer = readonly [
  asked: number,
  takenBack: number,
  declined: readonly number[],
  declinesBack: readonly string[],
];

/** Which missions were opened from it, these say themselves. */
export function packTransfer(
  { asked, takenBack, declined, declinesBack }: TransferFold,
  place: (report: Report | null) => number,
): PackedTransfer {
  return [place(asked), place(takenBack), declined.map(place), [...declinesBack]];
}

export function unpackTransfer(
  [asked, takenBack, declined, declinesBack]: PackedTransfer,
  reports: {
    readonly oneOrNull: <R extends Report>(place: number) => R | null;
    readonly all: <R extends Report>(places: readonly number[]) => R[];
  },
): TransferFold {
  return {
    asked: reports.oneOrNull(asked),
    takenBack: reports.oneOrNull(takenBack),
    declined: reports.all(declined),
    declinesBack: new Set(declinesBack),
    missions: new Set(),
  };
}
