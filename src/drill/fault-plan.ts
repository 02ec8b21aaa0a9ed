import type { Random } from "../basics/random.ts";
import { dayMs, minuteMs, secondMs } from "../basics/time.ts";
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
  /** How long a disk takes for a commit when nothing is wrong with it, ms. */
  readonly commitTakesMs: number;
  /** A second machine with the devices of this process: down, with an empty store, and with people of its own. */
  readonly newTwin: (process: SimulatedProcess) => SimulatedProcess;
  /** Has somebody write something there, so that the disk is asked. */
  readonly write: (process: SimulatedProcess) => void;
};

const firstFaultMs = 4 * secondMs;
/** One in a hundred: a quartz is a thousand times better, a clock that somebody corrects all the time is not. */
const driftPpmMax = 10_000;

/** How often each drawn fault comes: once, and again for each of these. */
const againEveryMs = 2 * minuteMs;

/** What tells a partition's three kinds apart. */
const partitionKinds = ["partition", "one-way-partition", "asymmetric-partition"] as const;

const optional: readonly FaultKind[] = [
  "loss",
  "duplication",
  "reordering",
  "damage",
  "delay-spike",
  "clogging",
  "link-stall",
  "reset",
  "crash",
  "crash-at-effect",
  "listener-stall",
  "slow-disk",
  "failing-disk",
  "clock-offset",
  "clock-drift",
  "clock-jump",
];

/** Each world is partitioned once; every other fault is drawn for every other world, of put back stores one. */
export function drawFaults(random: Random): ReadonlySet<FaultKind> {
  const drawn = new Set<FaultKind>([random.pick(partitionKinds), ...optional.filter(() => random.oneIn(2))]);
  return random.oneIn(2) ? drawn.add(random.pick(putBackKinds)) : drawn;
}

/**
 * The weather from each process to each other, not the same there and back: half of the links are no streams if a
 * fault asks for that.
 */
export function drawWeather(
  random: Random,
  drawn: ReadonlySet<FaultKind>,
  resentOneIn = 0,
): (from: Host, to: Host) => LinkWeather {
  const known = new Map<string, LinkWeather>();
  return (from, to) => {
    const path = `${from.name} ${to.name}`;
    const weather = known.get(path) ?? { ...drawLink(random, drawn, known.size === 0), resentOneIn };
    known.set(path, weather);
    const back = `${to.name} ${from.name}`;
    if (!known.has(back))
      known.set(back, { ...weather, latencyMs: 1 + random.below(80), jitterMs: random.below(40) });
    return weather;
  };
}

/** One in so many segments is lost on every path: as much as a mobile network at its edge loses. */
const lossyResentOneIn = 20;

/** Streams that lose and send again, as TCP shows it to a program: nothing is missing, some comes late. */
export function lossyWeather(random: Random): (from: Host, to: Host) => LinkWeather {
  return drawWeather(random, new Set(), lossyResentOneIn);
}

function drawLink(random: Random, drawn: ReadonlySet<FaultKind>, isFirst: boolean): LinkWeather {
  const isDisorderly = isFirst || random.oneIn(2);
  const oneIn = (kind: FaultKind, least: number): number =>
    drawn.has(kind) && isDisorderly ? least + random.below(6) : 0;
  return {
    latencyMs: 1 + random.below(80),
    jitterMs: random.below(40),
    spikeOneIn: drawn.has("delay-spike") ? 20 + random.below(200) : 0,
    spikeMaxMs: 5 * secondMs,
    resentOneIn: 0,
    lossOneIn: oneIn("loss", 3),
    duplicationOneIn: oneIn("duplication", 3),
    reorderingOneIn: oneIn("reordering", 3),
    damageOneIn: oneIn("damage", 2),
  };
}

/** Plans every drawn fault into the time before the faults are over. */
export function planFaults(ground: FaultGround, drawn: ReadonlySet<FaultKind>): void {
  const { random, processes, counts } = ground;
  if (drawn.has("clock-offset")) {
    for (const process of processes) process.wallAheadMs = random.below(2 * dayMs) - dayMs;
    counts.add("clock-offset");
  }
  if (drawn.has("clock-drift")) {
    for (const process of processes) process.wallDriftPpm = random.below(2 * driftPpmMax) - driftPpmMax;
    counts.add("clock-drift");
  }
  for (const kind of drawn) if (isPutBack(kind)) planPutBack(ground, kind);
  const times = 1 + random.below(2) + Math.floor(ground.untilMs / againEveryMs);
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
    case "partition":
    case "one-way-partition":
    case "asymmetric-partition":
      return planPartition(ground, kind);
    case "clogging":
      return planAt(ground, () => clog(ground));
    case "reset":
      return planAt(ground, () => onceConnected(ground, kind, () => network.reset()));
    case "crash":
      return planAt(ground, () => crash(ground));
    case "crash-at-effect":
      return planAt(ground, () => crashAtEffect(ground));
    case "listener-stall":
      return planAt(ground, () => {
        const stalled = drawUp(ground);
        if (stalled === undefined) return;
        stalled.stall(500 + random.below(19_500));
        counts.add(kind);
      });
    case "slow-disk":
      return planSlowDisk(ground);
    case "failing-disk":
      return planFailingDisk(ground);
    case "clock-jump":
      return planAt(ground, () => {
        random.pick(ground.processes).wallAheadMs += random.below(2 * dayMs) - dayMs;
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

function crash(ground: FaultGround): void {
  const process = drawOneOfSeveral(ground);
  if (process === undefined) return;
  process.crash();
  ground.counts.add("crash");
  startLater(ground, process);
}

/** After the next few effects of a process, whatever they are, or right after it has asked its disk. */
function crashAtEffect(ground: FaultGround): void {
  const { random } = ground;
  const process = drawOneOfSeveral(ground);
  if (process !== undefined) doom(ground, process, 1 + random.below(8), random.oneIn(2) ? "commit" : null);
  const lateMs = Math.max(secondMs, ground.untilMs - doomedLatestMs - ground.timeline.nowMs);
  ground.timeline.after(lateMs, () => seeToDoom(ground, process));
}

function doom(ground: FaultGround, process: SimulatedProcess, count: number, type: "commit" | null): void {
  const then = (): void => {
    ground.counts.add("crash-at-effect");
    startLater(ground, process);
  };
  process.crashAtEffect({ count, type, then });
}

const doomedLatestMs = 8 * secondMs;

/** Who was to crash perhaps asks its disk too seldom, or has crashed of something else: then the next effect will do. */
function seeToDoom(ground: FaultGround, doomed: SimulatedProcess | undefined): void {
  const { counts, timeline } = ground;
  if (counts.of("crash-at-effect") > 0) return;
  const process = doomed?.up ? doomed : drawUp(ground);
  if (process !== undefined) doom(ground, process, 1, null);
  timeline.after(secondMs, () => seeToDoom(ground, process));
}

function drawOneOfSeveral({ random, processes }: FaultGround): SimulatedProcess | undefined {
  const up = processes.filter((process) => process.up);
  return up.length < 2 ? undefined : random.pick(up);
}

function startLater({ timeline, random, untilMs }: FaultGround, process: SimulatedProcess): void {
  const downMs = 500 + random.below(20 * secondMs);
  timeline.after(Math.max(0, Math.min(downMs, untilMs - timeline.nowMs)), () => {
    process.store.fail(null);
    if (!process.up) process.start();
  });
}

/** Again and again until something has had to wait. */
function clog(ground: FaultGround): void {
  const { timeline, random, network, counts, untilMs } = ground;
  const forMs = Math.min(5 * secondMs + random.below(25 * secondMs), untilMs - timeline.nowMs);
  network.clog(20 + random.below(300), forMs, random.oneIn(2));
  timeline.after(forMs, () => {
    if (counts.of("clogging") === 0 && timeline.nowMs < untilMs) clog(ground);
  });
}

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
      process.commitTakesMs = ground.commitTakesMs;
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

type PartitionKind = (typeof partitionKinds)[number];

function planPartition(ground: FaultGround, kind: PartitionKind): void {
  const { timeline, random, network, processes, untilMs } = ground;
  // In the first half, so that stalls and crashes leave time for something to come to the cut.
  timeline.after(firstFaultMs + random.below(Math.floor(untilMs / 2) - firstFaultMs), () => {
    const first = drawUp(ground) ?? random.pick(processes);
    for (const [from, to] of drawCuts(ground, first, kind)) network.cut(from, to, kind);
    endOnceSeen(ground, kind, 6 * secondMs + random.below(24 * secondMs), () => network.heal());
  });
}

/** Which directions of which paths are cut; one of the first's is always. */
function drawCuts(
  { random, processes }: FaultGround,
  first: SimulatedProcess,
  kind: PartitionKind,
): readonly (readonly [SimulatedProcess, SimulatedProcess])[] {
  const paths = processes.flatMap((from) =>
    processes.filter((to) => to !== from).map((to) => [from, to] as const),
  );
  if (kind === "asymmetric-partition")
    return paths.filter(([from]) => (from === first ? true : random.oneIn(4)));
  const inside = new Set([first, ...processes.filter((process) => process !== first && random.oneIn(4))]);
  if (inside.size === processes.length) inside.delete(random.pick(processes.filter((one) => one !== first)));
  const isInward = random.oneIn(2);
  return paths.filter(([from, to]) => {
    if (inside.has(from) === inside.has(to)) return false;
    return kind === "partition" || inside.has(to) === isInward;
  });
}

function drawUp({ random, processes }: FaultGround): SimulatedProcess | undefined {
  const up = processes.filter((process) => process.up && !process.isStalled);
  return up.length === 0 ? undefined : random.pick(up);
}
