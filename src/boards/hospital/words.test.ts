import { describe, expect, test } from "vitest";
import { nightMs, sampleSight } from "../../../test/support/board-sight.ts";
import {
  hospitalLog,
  hospitalView,
  inboundRow,
  saidRow,
  unsaidRow,
} from "../../../test/support/hospital-sample.ts";
import type { InboundRow } from "../../site/views/board-site-view.ts";
import { german, type Sight } from "./speech.ts";
import { arrivalText, compareInbound, personName, shownCapability } from "./words.ts";

const own = hospitalView().own;
const sight = (more: Parameters<typeof sampleSight>[0] = {}): Sight => ({ ...sampleSight(more), ...german });

describe("[BOARD22] what we can take", () => {
  test("is our word with reason, age, end and who, and whether the centre holds it", () => {
    const row = saidRow("ct", { state: "full", reason: "in-use", heldByDispatch: false });
    expect(shownCapability(row, own, sight())).toEqual({
      shape: "full",
      word: "voll",
      notes: ["belegt durch laufenden Fall", "vor 12\u00a0min", "bis 09:47", "Pflege 106"],
      held: false,
    });
  });

  test("is unconfirmed before the first word and when the last one ran out, also before the anchor says so", () => {
    expect(shownCapability(unsaidRow("ct"), own, sight())).toMatchObject({
      shape: "unconfirmed",
      held: null,
    });
    const late = saidRow("ct", { endsMs: nightMs - 1 });
    expect(shownCapability(late, own, sight())).toMatchObject({ shape: "unconfirmed", word: "unbestätigt" });
  });

  test("[BOARD28] is the last word, never fresh, while the anchor is gone; what is not held stays marked", () => {
    const gone = sight({ gone: true });
    expect(shownCapability(saidRow("ct"), own, gone)).toMatchObject({
      word: "zuletzt offen",
      shape: "old",
      held: null,
    });
    const row = saidRow("ct", { heldByDispatch: false });
    expect(shownCapability(row, own, gone)).toMatchObject({ shape: "old", held: false });
  });

  test("says that a word was taken back, by whom and whether the centre knows", () => {
    const takenBack = { ref: [hospitalLog, 4] as const, site: "ukd", by: "nurse#106", saidMs: nightMs };
    const row = unsaidRow("ct", { takenBack: { ...takenBack, heldByDispatch: false } });
    expect(shownCapability(row, own, sight())).toMatchObject({
      notes: ["zurückgenommen 03:07, Pflege 106"],
      held: false,
    });
  });
});

test("[BOARD20] a colleague is called by the name of our own table, by role and number without one", () => {
  const kim = { number: 106, role: "nurse", name: "Kim", by: "nurse#106", sinceMs: 0, shiftEndsMs: 1 };
  expect(personName("nurse#106", { ...own, people: [kim] }, sight())).toBe("Kim");
  expect(personName("physician#9", own, sight())).toBe("Ärztin oder Arzt 9");
});

test("[BOARD25] who comes: on board by arrival, announced, then diverted, each in its words", () => {
  const rows = [
    inboundRow(3, { state: "diverted", divertedTo: "neuss-lukas", divertedMs: nightMs }),
    inboundRow(6, { state: "broken-off", divertedMs: nightMs }),
    inboundRow(5, { state: "announced" }),
    inboundRow(9),
    inboundRow(4),
  ].sort(compareInbound);
  expect(rows.map((row) => arrivalText(row, sight()))).toEqual([
    "an 03:11",
    "an 03:16",
    "angekündigt, noch nicht an Bord",
    "umgeleitet nach Neuss Lukas, 03:07",
    "kommt nicht: Einsatz beendet 03:07",
  ]);
  expect(arrivalText(inboundRow(1, { arrivalMs: null }), sight())).toBe("Ankunft nicht bekannt");
  const later: InboundRow["state"] = JSON.parse(`"of-a-later-build"`);
  const unknown = inboundRow(1, { state: later });
  expect([unknown, ...rows].sort(compareInbound).at(-1)).toBe(unknown);
  expect(arrivalText(unknown, sight())).toBe("unbestätigt");
});
