import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cellRow, HandBoard } from "../../test/support/night.ts";
import { nightMs } from "../../test/support/region.ts";
import { Meter } from "./meter.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: nightMs });
});
afterEach(() => {
  vi.useRealTimers();
});

function begun(): { meter: Meter; centre: HandBoard } {
  const centre = new HandBoard("duesseldorf");
  const meter = new Meter(centre);
  meter.begin();
  return { meter, centre };
}

describe("from a state to the centre's board", () => {
  test("the word that is shown ends its wait, whatever its cell showed before", () => {
    const { meter, centre } = begun();
    meter.sent("ukd", "ct", nightMs);
    centre.show([cellRow("ukd", { saidMs: nightMs - 60_000 })], nightMs + 10);
    centre.show([cellRow("neuss", { saidMs: nightMs })], nightMs + 20);
    centre.show([cellRow("ukd", { saidMs: nightMs, state: "unconfirmed" })], nightMs + 30);
    expect(meter.statusToBoardMs).toEqual([]);
    centre.show([cellRow("ukd", { saidMs: nightMs })], nightMs + 40);
    centre.show([cellRow("ukd", { saidMs: nightMs })], nightMs + 900);
    expect(meter.statusToBoardMs).toEqual([40]);
  });

  test("a word that a later one overtook counts until the later one is seen", () => {
    const { meter, centre } = begun();
    meter.sent("ukd", "ct", nightMs);
    meter.sent("ukd", "ct", nightMs + 55_000);
    centre.show([cellRow("ukd", { saidMs: nightMs + 55_000 })], nightMs + 55_030);
    expect(meter.statusToBoardMs).toEqual([55_030, 30]);
    meter.finish(nightMs + 90_000);
    expect(meter.statusToBoardMs).toHaveLength(2);
  });

  test("the late sight of a word does not end the wait for the word after it", () => {
    const { meter, centre } = begun();
    meter.sent("ukd", "ct", nightMs);
    meter.sent("ukd", "ct", nightMs + 5_000);
    centre.show([cellRow("ukd", { saidMs: nightMs })], nightMs + 5_010);
    expect(meter.statusToBoardMs).toEqual([5_010]);
    centre.show([cellRow("ukd", { saidMs: nightMs + 5_000 })], nightMs + 5_100);
    expect(meter.statusToBoardMs).toEqual([5_010, 100]);
  });

  test("what never came counts with the time that it was awaited", () => {
    const { meter } = begun();
    meter.sent("ukd", "ct", nightMs);
    meter.sent("ukd", "ct", nightMs + 4_000);
    meter.finish(nightMs + 9_000);
    expect(meter.statusToBoardMs).toEqual([9_000, 5_000]);
  });

  test("what was under way when the centre was lost is given up, and said to be", () => {
    const { meter, centre } = begun();
    meter.sent("ukd", "ct", nightMs);
    meter.sent("neuss", "ct", nightMs + 300);
    vi.setSystemTime(nightMs + 400);
    meter.suspend();
    meter.sent("barmen", "ct", nightMs + 500);
    meter.resume();
    centre.show(
      [cellRow("ukd", { saidMs: nightMs }), cellRow("barmen", { saidMs: nightMs })],
      nightMs + 9_000,
    );
    meter.finish(nightMs + 9_000);
    expect(meter.statusToBoardMs).toEqual([]);
    expect(meter.givenUpMs).toEqual([400, 100]);
  });

  test("nothing counts before it begins", () => {
    const centre = new HandBoard("duesseldorf");
    const meter = new Meter(centre);
    meter.sent("ukd", "ct", nightMs);
    meter.finish(nightMs + 9_000);
    expect(meter.statusToBoardMs).toEqual([]);
  });
});

describe("from an answer to its receipt on the author's own board", () => {
  const log = "ukd/box/1-00000001";
  const written = (index: number) =>
    ({ ref: [log, index], sentMs: nightMs, answeredMs: nightMs + 10 }) as const;

  test("it is there when a control centre holds the fact itself", () => {
    const { meter } = begun();
    const author = new HandBoard("ukd");
    meter.answered(author, written(4));
    author.showOwn({ heldByDispatch: { log, size: 4 } }, nightMs + 100);
    author.showOwn({ heldByDispatch: { log: "ukd/box/2-00000001", size: 9 } }, nightMs + 150);
    expect(meter.receiptMs).toEqual([]);
    author.showOwn({ heldByDispatch: { log, size: 5 } }, nightMs + 200);
    expect(meter.receiptMs).toEqual([190]);
  });

  test("what never came counts with the time that it was awaited, also over a loss of the centre", () => {
    const { meter } = begun();
    meter.answered(new HandBoard("ukd"), written(4));
    meter.suspend();
    meter.resume();
    meter.finish(nightMs + 7_010);
    expect(meter.receiptMs).toEqual([7_000]);
  });
});
