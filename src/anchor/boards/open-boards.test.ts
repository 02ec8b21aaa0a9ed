import { expect, test } from "vitest";
import type { Sound } from "../../region/choices.ts";
import { type BoardSound, closedAfterMs, leftAfterMs, OpenBoards } from "./open-boards.ts";

/** An anchor's device whose words are durable at once, unless `isWriting` is false. */
class Device {
  monoMs = 0;
  last: Sound | null = null;
  isWriting = true;
  readonly written: Sound[] = [];
  readonly boards = new OpenBoards({
    monoMs: () => this.monoMs,
    lastSaid: () => this.last,
    say: (sound) => this.#write(sound),
  });

  #write(sound: Sound): void {
    this.written.push(sound);
    if (this.isWriting) this.last = sound;
  }

  heard(board: string, sound: BoardSound): void {
    const said = this.boards.heard(board, sound);
    if (said !== null) this.#write(said);
  }

  later(ms: number): readonly Sound[] {
    this.monoMs += ms;
    this.boards.look();
    return this.written.splice(0);
  }
}

test("[BOARD115] of several boards one that can be heard is enough; the last that could be is missed after a minute", () => {
  const device = new Device();
  device.heard("one", "held-back");
  device.heard("two", "on");
  device.heard("one", "held-back");
  device.heard("two", "on");
  expect(device.later(1)).toEqual(["held-back", "on"]);
  // The second sleeps or was closed; the first goes on saying that it is held back.
  for (const _ of [1, 2]) {
    device.later(closedAfterMs / 3);
    device.heard("one", "held-back");
  }
  expect(device.later(closedAfterMs / 3 - 2)).toEqual([]);
  expect(device.later(1)).toEqual(["held-back"]);
  device.heard("one", "on");
  expect(device.later(1)).toEqual(["on"]);
});

test("[BOARD115] a board whose page says that it goes counts ten seconds more, in which a reload is back", () => {
  const device = new Device();
  expect(device.later(closedAfterMs)).toEqual([]);
  device.heard("one", "on");
  device.boards.left("one");
  device.boards.left("never heard");
  expect(device.later(leftAfterMs - 1)).toEqual(["on"]);
  device.heard("one", "on");
  expect(device.later(leftAfterMs)).toEqual([]);
  device.heard("two", "held-back");
  device.boards.left("one");
  expect(device.later(leftAfterMs - 1)).toEqual([]);
  expect(device.later(1)).toEqual(["held-back"]);
  // Near its end anyway: that it goes makes it count no longer.
  expect(device.later(closedAfterMs - leftAfterMs - 1)).toEqual([]);
  device.boards.left("two");
  expect(device.later(1)).toEqual(["closed"]);
});

test("[BOARD115] a minute without a board is said once; one that comes back is heard again", () => {
  const device = new Device();
  // None ever spoke here.
  expect(device.later(closedAfterMs)).toEqual([]);
  device.heard("one", "on");
  expect(device.later(closedAfterMs - 1)).toEqual(["on"]);
  device.isWriting = false;
  expect(device.later(1)).toEqual(["closed"]);
  // It could not be written: said again, not at each look.
  expect(device.later(closedAfterMs - 1)).toEqual([]);
  device.isWriting = true;
  expect(device.later(1)).toEqual(["closed"]);
  expect(device.later(closedAfterMs)).toEqual([]);
  device.heard("one", "on");
  expect(device.later(1)).toEqual(["on"]);
});

test("[BOARD115] after a start boards have the same time to come back", () => {
  const device = new Device();
  device.last = "on";
  expect(device.later(closedAfterMs - 1)).toEqual([]);
  expect(device.later(1)).toEqual(["closed"]);
});

test("[BOARD115] the last word said again is no news, unless that none is open is under way meanwhile", () => {
  const device = new Device();
  device.heard("one", "on");
  device.isWriting = false;
  expect(device.later(closedAfterMs)).toEqual(["on", "closed"]);
  // Not durable yet: a board that comes back now has to say it, or *closed* would stand.
  expect(device.boards.heard("one", "on")).toBe("on");
  expect(device.boards.heard("one", "on")).toBe(null);
});
