import { present } from "../basics/assert.ts";
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

/** One more machine, or two: what those two and the first one wrote in one log parts at two places, or at one. */
function startTwins(ground: FaultGround, process: SimulatedProcess, image: StoreImage): void {
  const { random, timeline } = ground;
  startTwin(ground, process, image);
  if (random.oneIn(2)) return;
  const later = process.store.image();
  timeline.after(random.below(2 * secondMs), () =>
    startTwin(ground, process, random.oneIn(2) ? image : later),
  );
}

/** The whole machine is copied, or only its store. */
function startTwin(
  { random, newTwin, timeline, network }: FaultGround,
  process: SimulatedProcess,
  image: StoreImage,
): void {
  const isMarked = random.oneIn(2);
  const now = isMarked && random.oneIn(2) ? process.store.image() : image;
  const twin = newTwin(process);
  twin.wallAheadMs = random.oneIn(2) ? process.wallAheadMs : random.below(2 * dayMs) - dayMs;
  twin.putBack(present(now, "an image"), isMarked);
  if (isMarked && random.oneIn(2)) {
    network.isolate(twin);
    timeline.after(4 * secondMs + random.below(4 * secondMs), () => network.rejoin(twin));
  }
  twin.start();
}
