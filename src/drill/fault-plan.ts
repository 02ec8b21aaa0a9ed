import { present } from "../basics/assert.ts";
import type { Random } from "../basics/random.ts";
import { dayMs, hourMs, secondMs } from "../basics/time.ts";
import type { FaultCounts, FaultKind } from "./faults.ts";
import type { Host, LinkWeather, Network } from "./network.ts";
import type { SimulatedProcess } from "./process.ts";
import type { Timeline } from "./timeline.ts";

/** What a world's faults act upon. */
export type FaultGround = {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly counts: FaultCounts;
  readonly network: Network;
  readonly processes: readonly SimulatedProcess[];
  /** When the faults are over, virtual ms. */
  readonly untilMs: number;
};

const optional: readonly FaultKind[] = [
  "loss",
  "duplication",
  "reordering",
  "damage",
  "link-stall",
  "reset",
  "crash",
  "listener-stall",
  "slow-disk",
  "failing-disk",
  "clock-offset",
  "clock-jump",
];

/** Each world is partitioned once; every other fault is drawn for every other world. */
export function drawFaults(random: Random): ReadonlySet<FaultKind> {
  return new Set<FaultKind>(["partition", ...optional.filter(() => random.oneIn(2))]);
}

/** The weather between each two processes: half of the links are no streams if a fault asks for that. */
export function drawWeather(
  random: Random,
  drawn: ReadonlySet<FaultKind>,
): (a: Host, b: Host) => LinkWeather {
  const known = new Map<string, LinkWeather>();
  return (a, b) => {
    const pair = [a.name, b.name].sort().join(" ");
    const weather = known.get(pair) ?? drawLink(random, drawn, known.size === 0);
    known.set(pair, weather);
    return weather;
  };
}

function drawLink(random: Random, drawn: ReadonlySet<FaultKind>, isFirst: boolean): LinkWeather {
  const isDisorderly = isFirst || random.oneIn(2);
  const oneIn = (kind: FaultKind, least: number): number =>
    drawn.has(kind) && isDisorderly ? least + random.below(6) : 0;
  return {
    latencyMs: 1 + random.below(80),
    jitterMs: random.below(40),
    lossOneIn: oneIn("loss", 3),
    duplicationOneIn: oneIn("duplication", 3),
    reorderingOneIn: oneIn("reordering", 3),
    damageOneIn: oneIn("damage", 2),
  };
}

/** Plans every drawn fault into the time before the faults are over. */
export function planFaults(ground: FaultGround, drawn: ReadonlySet<FaultKind>): void {
  const { random, processes, counts } = ground;
  planPartition(ground);
  if (drawn.has("clock-offset")) {
    for (const process of processes) process.wallAheadMs = random.below(2 * dayMs) - dayMs;
    counts.add("clock-offset");
  }
  const times = 1 + random.below(2);
  for (let i = 0; i < times; i += 1) {
    for (const kind of drawn) planOne(ground, kind);
  }
}

function planOne(ground: FaultGround, kind: FaultKind): void {
  const { network, random, counts } = ground;
  switch (kind) {
    case "link-stall":
      return planAt(ground, () => {
        if (network.stall(secondMs + random.below(12 * secondMs))) counts.add(kind);
      });
    case "reset":
      return planAt(ground, () => {
        if (network.reset()) counts.add(kind);
      });
    case "crash":
      return planAt(ground, () => crash(ground));
    case "listener-stall":
      return planAt(ground, () => {
        drawUp(ground)?.stall(500 + random.below(19_500));
        counts.add(kind);
      });
    case "slow-disk":
      return planSlowDisk(ground);
    case "failing-disk":
      return planFailingDisk(ground);
    case "clock-jump":
      return planAt(ground, () => {
        random.pick(ground.processes).wallAheadMs += random.below(2 * hourMs) - hourMs;
        counts.add(kind);
      });
    default:
      return;
  }
}

function planAt({ timeline, random, untilMs }: FaultGround, run: () => void): void {
  const firstMs = 4 * secondMs;
  timeline.after(firstMs + random.below(untilMs - firstMs - 8 * secondMs), run);
}

function crash({ timeline, random, counts, processes, untilMs }: FaultGround): void {
  const up = processes.filter((process) => process.up);
  if (up.length < 2) return;
  const process = random.pick(up);
  process.crash();
  counts.add("crash");
  const downMs = 500 + random.below(20 * secondMs);
  timeline.after(Math.min(downMs, untilMs - timeline.nowMs), () => {
    process.store.fail(null);
    process.start();
  });
}

/** Commits that take five seconds, on the machine of a drawn process. */
function planSlowDisk(ground: FaultGround): void {
  const process = ground.random.pick(ground.processes);
  planAt(ground, () => {
    process.commitTakesMs = 5 * secondMs;
    ground.timeline.after(8 * secondMs, () => {
      process.commitTakesMs = usualCommitMs;
    });
  });
}

/** How long a disk takes when nothing is wrong with it. */
export const usualCommitMs = 4;

/** A full disk, until it has refused something. */
function planFailingDisk(ground: FaultGround): void {
  const { timeline, random, counts } = ground;
  const mend = (process: SimulatedProcess): void => {
    if (counts.of("failing-disk") > 0) process.store.fail(null);
    else timeline.after(secondMs, () => mend(process));
  };
  planAt(ground, () => {
    const process = drawUp(ground);
    process?.store.fail({ code: "disk-full", detail: "The simulated disk is full." });
    if (process !== undefined) timeline.after(5 * secondMs + random.below(6 * secondMs), () => mend(process));
  });
}

/** Some processes on one side, the rest on the other: nothing passes, or nothing passes one way. */
function planPartition(ground: FaultGround): void {
  const { timeline, random, network, processes } = ground;
  const inside = new Set([random.pick(processes), ...processes.filter(() => random.oneIn(4))]);
  if (inside.size === processes.length) inside.delete(present(processes[0], "a world has processes"));
  const direction = random.pick(["both", "outward", "inward"] as const);
  planAt(ground, () => {
    for (const a of inside) {
      for (const b of processes.filter((process) => !inside.has(process))) {
        if (direction !== "inward") network.cut(a, b);
        if (direction !== "outward") network.cut(b, a);
      }
    }
    timeline.after(6 * secondMs + random.below(24 * secondMs), () => network.heal());
  });
}

function drawUp({ random, processes }: FaultGround): SimulatedProcess | undefined {
  const up = processes.filter((process) => process.up);
  return up.length === 0 ? undefined : random.pick(up);
}
