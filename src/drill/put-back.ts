import type { Random } from "../basics/random.ts";
import { dayMs, secondMs } from "../basics/time.ts";
import type { FaultGround } from "./fault-plan.ts";
import type { FaultKind } from "./faults.ts";
import type { StoreImage } from "./memory-store.ts";
import type { SimulatedProcess } from "./process.ts";

/** Faults that make an older store out of a newer one. A world has at most one of them. */
export const putBackKinds = ["restore", "rollback", "twin"] as const satisfies readonly FaultKind[];
export type PutBackKind = (typeof putBackKinds)[number];

export function isPutBack(kind: FaultKind): kind is PutBackKind {
  return (putBackKinds as readonly FaultKind[]).includes(kind);
}

const backupAfterMs = 6 * secondMs;

/** A backup is taken early, and used up to half a minute later. */
export function planPutBack(ground: FaultGround, kind: PutBackKind): void {
  const { timeline, random, untilMs } = ground;
  const process = drawProcess(ground, kind);
  timeline.after(backupAfterMs + random.below(8 * secondMs), () => {
    const image = process.store.image();
    const latestMs = untilMs - 8 * secondMs - timeline.nowMs;
    timeline.after(secondMs + random.below(Math.max(secondMs, latestMs - secondMs)), () => {
      ground.counts.add(kind);
      if (kind === "twin") startTwins(ground, process, image);
      else startAgain(ground, process, image, kind === "rollback");
    });
  });
}

/** The authority's machine is only ever restored by the book: without its words nobody could go on. */
function drawProcess({ random, processes }: FaultGround, kind: PutBackKind): SimulatedProcess {
  const plain = processes.filter(({ devices }) => devices.every(({ type }) => type !== "authority"));
  // Nobody dials a second machine.
  const dialing = plain.filter(({ devices }) => devices.some(({ dials }) => dials.length > 0));
  return random.pick(kind === "restore" ? processes : kind === "twin" ? dialing : plain);
}

function startAgain(
  { timeline, random, network }: FaultGround,
  process: SimulatedProcess,
  image: StoreImage,
  isMarked: boolean,
): void {
  process.putBack(image, isMarked);
  // Where nobody can be asked, nobody can know.
  if (isMarked && !random.oneIn(3)) {
    network.isolate(process);
    timeline.after(5 * secondMs + random.below(6 * secondMs), () => network.rejoin(process));
  }
  timeline.after(500 + random.below(3 * secondMs), () => {
    if (!process.up) process.start();
  });
}

/** So many second machines a world may have. */
export const twinsMax = 2;

type Twin = {
  readonly image: StoreImage;
  /** The whole machine is copied, or only its store. */
  readonly isMarked: boolean;
  /** Where nobody can be asked, nobody can know. */
  readonly isAlone: boolean;
};

/**
 * One more machine, or two. Three with one key write three histories, which part where the machines were copied: what the
 * last one shares with the others is less than what those share, and they know of each other already, or not yet.
 */
function startTwins(ground: FaultGround, process: SimulatedProcess, image: StoreImage): void {
  const { random, timeline, untilMs, write } = ground;
  if (random.oneIn(2)) return startTwin(ground, process, drawTwin(random, process, image));
  startTwin(ground, process, { image: process.store.image(), isMarked: true, isAlone: true });
  if (process.up) write(process);
  timeline.after(random.below(16 * secondMs), () => {
    if (timeline.nowMs < untilMs) startTwin(ground, process, { image, isMarked: true, isAlone: true });
  });
}

function drawTwin(random: Random, process: SimulatedProcess, image: StoreImage): Twin {
  const isMarked = random.oneIn(2);
  const isOfNow = isMarked && random.oneIn(2);
  return { image: isOfNow ? process.store.image() : image, isMarked, isAlone: isMarked && random.oneIn(2) };
}

function startTwin(
  { random, newTwin, timeline, network, write }: FaultGround,
  process: SimulatedProcess,
  { image, isMarked, isAlone }: Twin,
): void {
  const twin = newTwin(process);
  twin.wallAheadMs = random.oneIn(2) ? process.wallAheadMs : random.below(2 * dayMs) - dayMs;
  twin.putBack(image, isMarked);
  if (isAlone) {
    network.isolate(twin);
    timeline.after(4 * secondMs + random.below(4 * secondMs), () => network.rejoin(twin));
  }
  twin.start();
  // What it writes while it knows of nobody stands in a log that the first machine goes on with.
  write(twin);
}
