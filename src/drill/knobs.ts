import type { Random } from "../basics/random.ts";
import { hourMs, minuteMs, secondMs } from "../basics/time.ts";
import { contactLimits } from "../exchange/contact-state.ts";

/** What a world is like, drawn from its seed before anything happens in it. */
export type Knobs = {
  /** Anchors that run side by side: 5 to 12. */
  readonly anchors: number;
  /** How many neighbours each hospital dials, besides both control centres. */
  readonly neighbours: 1 | 2;
  /** How long faults go on, virtual ms: 2 to 20 minutes. */
  readonly faultsLastMs: number;
  /** The longest pause between two facts of one device, virtual ms. */
  readonly factEveryMaxMs: number;
  /** How long a disk takes for a commit when nothing is wrong with it, ms. */
  readonly commitTakesMs: number;
};

/** A world may cost no more: what goes on for ever must not look like patience. */
export const eventsMax = 50_000;
/** What ticks and beats may spend of that while there are faults; other packets, and coming together again, cost as much again. */
const faultEventsMax = 18_000;
const faultsLastMinMs = 2 * minuteMs;
const faultsLastMaxMs = 20 * minuteMs;
const [anchorsMin, anchorsMax] = [5, 12];
const factsAimed = 60;

/** Small and short worlds are drawn most often: most mistakes show in them, and they are cheap. */
export function drawKnobs(random: Random): Knobs {
  const more = (): number => random.below(anchorsMax - anchorsMin + 1);
  const anchors = anchorsMin + Math.min(more(), more(), more(), more());
  const neighbours = random.oneIn(4) ? 2 : 1;
  const share = (random.below(1_001) / 1_000) ** 16;
  const faultsLastMs = Math.round(faultsLastMinMs + share * (faultsLastMaxMs - faultsLastMinMs));
  return lasting({ anchors, neighbours, commitTakesMs: 1 + random.below(20) }, faultsLastMs);
}

/** The same world, shorter if what was drawn for it costs too many events a second. */
export function withinBudget(knobs: Knobs, world: WorldSize): Knobs {
  const affordedMs = Math.round((faultEventsMax / eventsPerSecond(world)) * secondMs);
  return lasting(knobs, Math.max(faultsLastMinMs, Math.min(knobs.faultsLastMs, affordedMs)));
}

function lasting(knobs: Omit<Knobs, "faultsLastMs" | "factEveryMaxMs">, faultsLastMs: number): Knobs {
  const factEveryMaxMs = Math.max(6 * secondMs, Math.round((6 * faultsLastMs * knobs.anchors) / factsAimed));
  return { ...knobs, faultsLastMs, factEveryMaxMs };
}

/** A region of eight that has nothing to bear but a lossy network, for so long. */
export function lossyKnobs(hours: number): Knobs {
  const faultsLastMs = hours * hourMs;
  return { anchors: 8, neighbours: 1, faultsLastMs, factEveryMaxMs: 20 * minuteMs, commitTakesMs: 4 };
}

/** What costs events in a world in which nothing happens. */
export type WorldSize = {
  /** What is ticked in turn: processes, or each of their devices. */
  readonly ticked: number;
  /** Connections that are kept up. */
  readonly connections: number;
};

/** Ticks, and a beat each way on every connection. */
function eventsPerSecond({ ticked, connections }: WorldSize): number {
  return (ticked * secondMs) / contactLimits.tickMs + 2 * connections;
}
