import { describe, expect, it } from "vitest";
import { TickTurns } from "./ticks.ts";

const at = (monoMs: number) => ({ wallMs: 0, monoMs });
const partsOf = (turns: TickTurns, monoMs: number) => turns.due(at(monoMs)).map(({ part }) => part);

describe("turns of a process's devices", () => {
  it("gives each part its turn once in 250 ms, one after the other", () => {
    const turns = new TickTurns(4, at(1_000));
    const seen = [1_000, 1_062, 1_063, 1_124, 1_125, 1_190, 1_250, 1_320].map((ms) => partsOf(turns, ms));
    expect(seen).toEqual([[], [], [0], [], [1], [2], [3], [0]]);
  });

  it("gives every part one turn after a stall, however long, and keeps their order", () => {
    const turns = new TickTurns(4, at(0));
    expect(partsOf(turns, 63)).toEqual([0]);
    expect(partsOf(turns, 250)).toEqual([1, 2, 3]);
    expect(partsOf(turns, 9_970)).toEqual([3, 0, 1, 2]);
    expect(partsOf(turns, 10_000)).toEqual([3]);
  });

  it("ticks all at once where there is one part", () => {
    const turns = new TickTurns(1, at(0));
    expect([249, 250, 499, 500].map((ms) => turns.due(at(ms)))).toEqual([
      [],
      [{ part: 0, parts: 1 }],
      [],
      [{ part: 0, parts: 1 }],
    ]);
  });
});
