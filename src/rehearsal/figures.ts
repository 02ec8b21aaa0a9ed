import { assert } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import { firstCentre, otherCentre } from "./one-night.ts";
import { type MissionEnd, Outcome } from "./outcome.ts";
import { nightHospital, type RehearsalPlan } from "./plan.ts";
import type { AtLoss, Seen } from "./seen.ts";
import {
  areEqual,
  differences,
  lostLines,
  readStore,
  type StoreContent,
  unprovedReceipts,
} from "./stores.ts";
import type { Fault, RunFigures } from "./verdict.ts";

/** Who saw it is no matter here. */
type Witnessed = Omit<Seen, "crowd">;

export type RunPlace = {
  readonly dir: string;
  readonly plan: RehearsalPlan;
  readonly fault: Fault;
  readonly seed: number;
};

/** What one night amounts to: what people saw, and what every process's store holds now that all have ended. */
export function figuresOf(seen: Witnessed, { dir, plan, fault, seed }: RunPlace): Omit<RunFigures, "runMs"> {
  const stores = plan.processes.map(({ id }) => {
    const store = readStore(dir, id);
    assert(store.ok, store.ok ? "read" : store.error);
    return store.value;
  });
  const outcome = new Outcome(stores);
  const loss = { hospital: nightHospital, lostMs: seen.faultMs, centres: centresOf(plan) };
  const missions = [...seen.inbound].map(([mission, atLoss]) => ({
    atLoss,
    end: outcome.missionEnd(mission, loss),
  }));
  const ends = missions.map(({ end }) => end);
  const { acknowledged, shown, receipts } = seen.ledger;
  const unproved = unprovedReceipts(stores, receipts, centresOf(plan));
  const lost = [...lostLines(stores, acknowledged, shown), ...unproved];
  return {
    fault,
    seed,
    hospitals: seen.hospitals,
    processes: plan.processes.length,
    facts: new Set(stores.flatMap(({ facts }) => [...facts.keys()])).size,
    ...silenceFigures(seen, outcome),
    ...inboundFigures(missions),
    resteered: ends.filter(({ resteered }) => resteered).length,
    kept: ends.filter(({ kept }) => kept).length,
    declined: ends.filter(({ declinedFirst }) => declinedFirst).length,
    accepted: ends.filter(({ accepted }) => accepted).length,
    falseSilences: seen.watch.falseSilences.length + falseLosses(seen, outcome).length,
    watchedMs: seen.watchedMs,
    unconfirmedShownOpen: seen.watch.shownOpen.size,
    statusToBoardMs: seen.meter.statusToBoardMs,
    receiptMs: seen.meter.receiptMs,
    givenUpMs: seen.meter.givenUpMs,
    restartedHeardMs: seen.restartedHeardMs,
    converged: areEqual(stores),
    lostFacts: lost.length,
    busyPercent: seen.busyPercent,
    unmet: [...seen.unmet, ...unmetInLogs(seen, outcome), ...details(seen, outcome, stores, lost)],
  };
}

function centresOf({ sites }: RehearsalPlan): ReadonlySet<Name> {
  return new Set(sites.filter(({ type }) => type === "control-centre").map(({ site }) => site));
}

/** Each mission stands for one thing only: else one that was near and accepted would pass for two. */
function inboundFigures(
  missions: readonly { readonly atLoss: AtLoss; readonly end: MissionEnd }[],
): Pick<RunFigures, "inboundAtLoss" | "nearAtLoss" | "askedAtLoss" | "acceptedAtLoss"> {
  const others = missions.filter(({ end }) => !end.declinedFirst);
  const far = others.filter(({ atLoss }) => !atLoss.isNear);
  const are = (request: AtLoss["request"]): number =>
    far.filter(({ atLoss }) => atLoss.request === request).length;
  return {
    inboundAtLoss: missions.length,
    nearAtLoss: others.length - far.length,
    askedAtLoss: are("asked"),
    acceptedAtLoss: are("ready"),
  };
}

function silenceFigures(
  seen: Witnessed,
  outcome: Outcome,
): Pick<RunFigures, "silentAfterMs" | "adviceAfterMs"> {
  const { faultMs, firstCentreLostMs } = seen;
  const byFirst = outcome.lost(firstCentre, nightHospital, faultMs, firstCentreLostMs);
  const byOther = outcome.lost(otherCentre, nightHospital, faultMs, firstCentreLostMs);
  const ofFirst = outcome.lost(otherCentre, firstCentre, firstCentreLostMs, seen.cutOff.fromMs);
  return {
    silentAfterMs: Math.max(
      outcome.silentAfterMs(byFirst, faultMs),
      outcome.silentAfterMs(byOther, faultMs),
      outcome.silentAfterMs(ofFirst, firstCentreLostMs),
    ),
    // From the earliest moment at which the fact can have been durable.
    adviceAfterMs: Math.max(0, seen.adviceMs - outcome.storedMs(byFirst)),
  };
}

/** Losses that a centre wrote down of a site to which nothing had happened. */
function falseLosses(seen: Witnessed, outcome: Outcome): readonly string[] {
  return outcome
    .named("contact.lost/1")
    .filter(({ fact }) => !seen.watch.wasOut(fact.site, fact.at))
    .map(({ stored, fact }) => `${stored.site} wrote that ${fact.site} was lost`);
}

/** What must stand in the logs besides what has a figure of its own. */
function unmetInLogs(seen: Witnessed, outcome: Outcome): readonly string[] {
  const { cutOff, firstCentreLostMs } = seen;
  const isWhileLost = (atMs: number): boolean => atMs >= firstCentreLostMs && atMs <= cutOff.fromMs;
  const takenOver = outcome
    .named("mission.taken-over/1")
    .filter(({ stored, fact }) => stored.site === otherCentre && isWhileLost(fact.at));
  const steered = outcome
    .named("mission.steered/1")
    .filter(({ stored, fact }) => stored.site === otherCentre && isWhileLost(fact.at))
    .filter(({ fact }) => takenOver.some((taken) => String(taken.fact.mission) === String(fact.mission)));
  const cutOffs = outcome.named("contact.cut-off/1").filter(({ stored }) => stored.site === firstCentre);
  const accused = outcome
    .named("contact.lost/1")
    .filter(
      ({ stored, fact }) => stored.site === firstCentre && fact.at >= cutOff.fromMs && fact.at <= cutOff.toMs,
    );
  return [
    ...sentence(takenOver.length > 0, `${otherCentre} took over no mission`),
    ...sentence(steered.length > 0, `${otherCentre} steered none of the missions that it took over`),
    ...sentence(cutOffs.length === 1, `${cutOffs.length} facts say when ${firstCentre} was cut off, not 1`),
    ...sentence(
      accused.length === 0,
      `${firstCentre} accused ${accused.length} sites while it was cut off itself`,
    ),
    ...sentence(seen.ledger.refused.length === 0, `refused: ${seen.ledger.refused.join("; ")}`),
    ...sentence(seen.died.length === 0, `processes ended by themselves: ${seen.died.join(", ")}`),
  ];
}

/** Names what a figure only counts, so that a failed run can be understood. */
function details(
  seen: Witnessed,
  outcome: Outcome,
  stores: readonly StoreContent[],
  lost: readonly string[],
): readonly string[] {
  return [
    ...seen.watch.falseSilences.map((one) => `shown as silent: ${one}`),
    ...falseLosses(seen, outcome),
    ...[...seen.watch.shownOpen].map(([one, seenAs]) => `shown as open: ${one} ${seenAs}`),
    ...lost.map((one) => `missing in a store: ${one}`),
    ...differences(stores),
  ];
}

function sentence(holds: boolean, otherwise: string): readonly string[] {
  return holds ? [] : [otherwise];
}
