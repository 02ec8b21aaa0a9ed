import type { Timeline } from "../timeline.ts";

/** Somebody who needs a place. */
export type Guest = {
  /** 1 to 3; 1 is the most urgent. */
  readonly urgency: number;
  readonly stayMs: number;
  readonly started: (nowMs: number) => void;
};

/**
 * The emergency department of one house: treatment places, and resuscitation rooms for urgency 1 alone, which takes a
 * place where no room is free. Who waits is called by urgency, then by arrival; nobody is sent away from a place.
 */
export type Department = {
  readonly places: number;
  readonly resusRooms: number;
  /** Until when each is taken. */
  readonly placesEndMs: number[];
  readonly roomsEndMs: number[];
  /** By urgency, the first to come first. */
  readonly waiting: readonly [Guest[], Guest[], Guest[]];
};

export function newDepartment(places: number, resusRooms: number): Department {
  return { places, resusRooms, placesEndMs: [], roomsEndMs: [], waiting: [[], [], []] };
}

export function waitingCount({ waiting }: Department): number {
  return waiting[0].length + waiting[1].length + waiting[2].length;
}

export function freePlaces({ places, placesEndMs }: Department): number {
  return places - placesEndMs.length;
}

/** @param changed called whenever a place was taken or given free later on */
export function arrive(timeline: Timeline, department: Department, guest: Guest, changed: () => void): void {
  department.waiting[guest.urgency - 1]?.push(guest);
  callIn(timeline, department, changed);
}

function callIn(timeline: Timeline, department: Department, changed: () => void): void {
  const { waiting, resusRooms, roomsEndMs, placesEndMs } = department;
  while (waiting[0].length > 0 && roomsEndMs.length < resusRooms)
    begin(timeline, department, roomsEndMs, waiting[0], changed);
  for (const line of waiting)
    while (line.length > 0 && freePlaces(department) > 0)
      begin(timeline, department, placesEndMs, line, changed);
}

function begin(
  timeline: Timeline,
  department: Department,
  ends: number[],
  line: Guest[],
  changed: () => void,
): void {
  const guest = line.shift();
  if (guest === undefined) return;
  const endMs = timeline.nowMs + Math.round(guest.stayMs);
  ends.push(endMs);
  guest.started(timeline.nowMs);
  timeline.after(guest.stayMs, () => {
    ends.splice(ends.indexOf(endMs), 1);
    callIn(timeline, department, changed);
    changed();
  });
}

/**
 * How long somebody would wait who came at this moment, if those before them kept their order: who waits now, and who is
 * expected before then, of the same urgency or a higher one.
 */
export function waitAt(
  department: Department,
  atMs: number,
  urgency: number,
  expected: readonly { readonly atMs: number; readonly urgency: number; readonly stayMs: number }[],
): number {
  const { places, resusRooms, placesEndMs, roomsEndMs, waiting } = department;
  const ends = [...placesEndMs, ...Array(Math.max(0, places - placesEndMs.length)).fill(0)];
  const rooms = [...roomsEndMs, ...Array(Math.max(0, resusRooms - roomsEndMs.length)).fill(0)];
  const before = [
    ...waiting.flat().map((guest) => ({ atMs: 0, urgency: guest.urgency, stayMs: guest.stayMs })),
    ...expected.filter((one) => one.atMs < atMs).sort((a, b) => a.atMs - b.atMs),
  ].filter((one) => one.urgency <= urgency);
  for (const one of before) {
    const from = one.urgency === 1 && Math.min(...rooms) <= Math.min(...ends) ? rooms : ends;
    takeEarliest(from, one.atMs, one.stayMs);
  }
  const freeMs = Math.min(...ends, ...(urgency === 1 ? rooms : []));
  return Math.max(0, freeMs - atMs);
}

function takeEarliest(ends: number[], atMs: number, stayMs: number): void {
  const first = ends.indexOf(Math.min(...ends));
  ends[first] = Math.max(atMs, ends[first] ?? 0) + stayMs;
}
