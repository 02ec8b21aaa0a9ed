import type { Random } from "../basics/random.ts";
import { dayMs, hourMs, secondMs } from "../basics/time.ts";
import type { FaultCounts, FaultKind } from "./faults.ts";
import type { Host, LinkWeather, Network } from "./network.ts";
import type { SimulatedProcess } from "./process.ts";
import { isPutBack, planPutBack, putBackKinds } from "./put-back.ts";
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
  /** A second machine with the devices of this process: down, with an empty store, and with people of its own. */
  readonly newTwin: (process: SimulatedProcess) => SimulatedProcess;
  /** Has somebody write something there, so that the disk is asked. */
  readonly write: (process: SimulatedProcess) => void;
};

const firstFaultMs = 4 * secondMs;

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

/** Each world is partitioned once; every other fault is drawn for every other world, of put back stores one. */
export function drawFaults(random: Random): ReadonlySet<FaultKind> {
  const drawn = new Set<FaultKind>(["partition", ...optional.filter(() => random.oneIn(2))]);
  return random.oneIn(2) ? drawn.add(random.pick(putBackKinds)) : drawn;
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
  for (const kind of drawn) if (isPutBack(kind)) planPutBack(ground, kind);
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
        const forMs = secondMs + random.below(12 * secondMs);
        onceConnected(ground, kind, () => network.stall(forMs));
      });
    case "reset":
      return planAt(ground, () => onceConnected(ground, kind, () => network.reset()));
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

export function planAt({ timeline, random, untilMs }: FaultGround, run: () => void): void {
  timeline.after(firstFaultMs + random.below(untilMs - firstFaultMs - 8 * secondMs), run);
}

/** Lets a fault happen to a connection, as soon as there is one. */
function onceConnected(ground: FaultGround, kind: FaultKind, happen: () => boolean): void {
  if (happen()) ground.counts.add(kind);
  else ground.timeline.after(secondMs, () => onceConnected(ground, kind, happen));
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
    if (!process.up) process.start();
  });
}

/** How long a disk takes when nothing is wrong with it. */
export const usualCommitMs = 4;
const slowCommitMs = 5 * secondMs;

/** Commits that take five seconds, on the machine of a drawn process. */
function planSlowDisk(ground: FaultGround): void {
  planDisk(
    ground,
    "slow-disk",
    (process) => {
      process.commitTakesMs = slowCommitMs;
    },
    (process) => {
      process.commitTakesMs = usualCommitMs;
    },
  );
}

function planFailingDisk(ground: FaultGround): void {
  const full = { code: "disk-full", detail: "The simulated disk is full." } as const;
  planDisk(
    ground,
    "failing-disk",
    (process) => process.store.fail(full),
    (process) => process.store.fail(null),
  );
}

function planDisk(
  ground: FaultGround,
  kind: FaultKind,
  begin: (process: SimulatedProcess) => void,
  end: (process: SimulatedProcess) => void,
): void {
  planAt(ground, () => {
    const process = drawUp(ground);
    if (process === undefined) return;
    const ask = (): void => {
      // A restart meanwhile has made the disk whole again.
      if (ground.timeline.nowMs < ground.untilMs) begin(process);
      ground.write(process);
    };
    ask();
    endOnceSeen(ground, kind, 5 * secondMs + ground.random.below(6 * secondMs), () => end(process), ask);
  });
}

/** Ends a fault after a while, but not before it has shown: a disk that nobody asks is neither slow nor full. */
function endOnceSeen(
  ground: FaultGround,
  kind: FaultKind,
  afterMs: number,
  end: () => void,
  ask: () => void = () => undefined,
): void {
  const { timeline, counts } = ground;
  const tryEnd = (): void => {
    if (counts.of(kind) > 0) return end();
    ask();
    timeline.after(secondMs, tryEnd);
  };
  timeline.after(afterMs, tryEnd);
}

/** Some processes on one side, the rest on the other: nothing passes, or nothing passes one way. */
function planPartition(ground: FaultGround): void {
  const { timeline, random, network, processes, untilMs } = ground;
  // In the first half, so that stalls and crashes leave time for something to come to the cut.
  timeline.after(firstFaultMs + random.below(Math.floor(untilMs / 2) - firstFaultMs), () => {
    const direction = random.pick(["both", "outward", "inward"] as const);
    const first = drawUp(ground) ?? random.pick(processes);
    const inside = new Set([first, ...processes.filter(() => random.oneIn(4))]);
    const outside = processes.filter((process) => !inside.has(process));
    for (const a of outside.length > 0 ? inside : [first]) {
      for (const b of outside.length > 0 ? outside : processes.filter((process) => process !== first)) {
        if (direction !== "inward") network.cut(a, b);
        if (direction !== "outward") network.cut(b, a);
      }
    }
    endOnceSeen(ground, "partition", 6 * secondMs + random.below(24 * secondMs), () => network.heal());
  });
}

function drawUp({ random, processes }: FaultGround): SimulatedProcess | undefined {
  const up = processes.filter((process) => process.up && !process.isStalled);
  return up.length === 0 ? undefined : random.pick(up);
}
