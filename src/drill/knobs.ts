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
/** What faults may spend of that; the rest is for coming together again. */
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
  const wantedMs = faultsLastMinMs + share * (faultsLastMaxMs - faultsLastMinMs);
  const affordedMs = (faultEventsMax / eventsPerSecond(anchors, neighbours)) * secondMs;
  const faultsLastMs = Math.round(Math.min(wantedMs, affordedMs));
  return {
    anchors,
    neighbours,
    faultsLastMs,
    factEveryMaxMs: Math.max(6 * secondMs, Math.round((6 * faultsLastMs * anchors) / factsAimed)),
    commitTakesMs: 1 + random.below(20),
  };
}

/** A region of eight that has nothing to bear but a lossy network, for so long. */
export function lossyKnobs(hours: number): Knobs {
  const faultsLastMs = hours * hourMs;
  return { anchors: 8, neighbours: 1, faultsLastMs, factEveryMaxMs: 20 * minuteMs, commitTakesMs: 4 };
}

/** Of a world in which nothing happens: ticks, and a beat each way on every connection. */
function eventsPerSecond(anchors: number, neighbours: number): number {
  const hospitals = anchors - 2;
  const connections = 1 + hospitals * (2 + neighbours);
  return (anchors * secondMs) / contactLimits.tickMs + 2 * connections;
}
