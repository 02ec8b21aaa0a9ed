import { describe, expect, test } from "vitest";
import { heard, hospitalRow, silent, word } from "../../../test/support/board-sample.ts";
import { nightMs, sampleSight } from "../../../test/support/board-sight.ts";
import { minuteMs } from "../../basics/time.ts";
import type { ContactCell, HospitalRow, StateCell } from "../../site/views/board-view.ts";
import {
  columnsOf,
  type Shown,
  shownCell,
  shownContact,
  shownForNeed,
  unheardRow,
} from "./hospital-words.ts";
import type { Sight } from "./sight.ts";

const sight = sampleSight();
const found = sight.places.hospitals.get("ukd");
if (found === undefined) throw new Error("the region has its university hospital");
const ukd = found;

const plain = ({ shape, word: text, notes }: Shown) =>
  [shape, text, ...notes].map((part) => part.replaceAll("\u00a0", " "));

function shown(cell: StateCell, contact: ContactCell = heard, seen: Sight = sight): readonly string[] {
  const row: HospitalRow = { hospital: "ukd", contact, cells: { ct: cell }, inbound: 0 };
  return plain(shownCell(ukd, "ct", row, seen));
}

const open = word("open", nightMs - 12 * minuteMs, { untilMs: nightMs + 100 * minuteMs });

describe("[BOARD3] a value with its age and source", () => {
  test("as it holds now", () => {
    expect(shown(open)).toEqual(["open", "offen", "vor 12 min · K", "bis 04:47"]);
    const full = word("full", nightMs - 70 * minuteMs, {
      source: "voice",
      reason: "no-beds",
      disputed: true,
    });
    expect(shown(full)).toEqual(["full", "voll", "vor 1 h 10 min · S", "keine Betten", "zwei Angaben"]);
    expect(shown(word("cannot", nightMs), heard, sampleSight({ inEnglish: true }))).toEqual([
      "cannot",
      "cannot",
      "< 1 min ago · C",
    ]);
  });

  const states = ["open", "limited", "full", "cannot"] as const;

  test.each(states)("*%s* never keeps its shape when it may not hold any more", (state) => {
    const cell = word(state, nightMs - 12 * minuteMs);
    for (const contact of [silent(nightMs - 9_000), { ...heard, verdict: "not-yet-heard" } as const]) {
      expect(shown(cell, contact)[0]).toBe("old");
    }
    expect(shown(cell, heard, sampleSight({ gone: true }))[0]).toBe("old");
    expect(shown(cell, heard, sampleSight({ cutOffSinceMs: nightMs - 60_000 }))[0]).toBe("old");
  });

  test("its last word is shown as such, and its age goes on growing", () => {
    expect(shown(open, silent(nightMs - 9_000))[1]).toBe("zuletzt offen");
    const later = sampleSight({ gone: true, nowMs: nightMs + 30 * minuteMs });
    expect(shown(open, heard, later)).toEqual(["old", "zuletzt offen", "vor 42 min · K", "bis 04:47"]);
  });

  test("a late hospital is still heard", () => {
    expect(shown(open, { ...heard, verdict: "late" })[0]).toBe("open");
  });
});

describe("[BOARD4] unconfirmed", () => {
  test("before the first word, whatever the hospital has in principle", () => {
    const row = unheardRow(ukd);
    const having = (has: boolean | undefined) => {
      const hospital = { ...ukd, has: has === undefined ? {} : { ct: has } };
      return plain(shownCell(hospital, "ct", row, sight));
    };
    expect(having(true)).toEqual(["unconfirmed", "unbestätigt"]);
    expect(having(undefined)).toEqual(["unconfirmed", "unbestätigt", "ob vorhanden: nicht bekannt"]);
    expect(having(false)).toEqual(["absent", "nicht vorhanden"]);
  });

  test("since the word ran out, as the anchor says", () => {
    expect(shown(word("unconfirmed", nightMs - 5 * minuteMs))).toEqual([
      "unconfirmed",
      "unbestätigt",
      "seit 03:02 · K",
    ]);
  });

  test.each(["open", "limited"] as const)(
    "from the moment *%s* runs out, before the anchor says so",
    (state) => {
      const cell = word(state, nightMs - 480 * minuteMs, { untilMs: nightMs });
      expect(shown(cell, heard, sampleSight({ nowMs: nightMs - 1 }))[0]).toBe(state);
      expect(shown(cell)).toEqual(["unconfirmed", "unbestätigt", "seit 03:07 · K"]);
    },
  );

  test("*full* and *cannot* stay closed past their time, but for what was said by voice", () => {
    expect(shown(word("full", nightMs - minuteMs, { old: true }))[0]).toBe("full");
    expect(shown(word("cannot", nightMs - minuteMs, { old: true }))[0]).toBe("cannot");
    const told = { source: "voice", untilMs: nightMs - 1 } as const;
    expect(shown(word("cannot", nightMs - minuteMs, told))[0]).toBe("unconfirmed");
  });
});

test("[BOARD9] cut off: every cell reads *not known since*, the last word beside it", () => {
  const cutOff = sampleSight({ cutOffSinceMs: nightMs - 3 * minuteMs });
  expect(shown(open, heard, cutOff).slice(0, 3)).toEqual([
    "old",
    "nicht bekannt seit 03:04",
    "zuletzt offen",
  ]);
  expect(plain(shownCell(ukd, "ct", unheardRow(ukd), cutOff))[1]).toBe("nicht bekannt seit 03:04");
  // What somebody has told us since then is known: as a last word, until it runs out.
  const told = word("full", nightMs - minuteMs, { source: "voice" });
  expect(shown(told, heard, cutOff).slice(0, 2)).toEqual(["old", "zuletzt voll"]);
  const ended = word("open", nightMs - minuteMs, { source: "voice", untilMs: nightMs - 1 });
  expect(shown(ended, heard, cutOff)[1]).toBe("nicht bekannt seit 03:04");
  expect(shownContact(heard, cutOff)).toMatchObject({ shape: "old", word: "nicht bekannt seit 03:04" });
});

describe("contact", () => {
  test.each<[Partial<ContactCell>, string, string]>([
    [{}, "heard", "gehört"],
    [{ verdict: "late" }, "late", "verspätet"],
    [{ verdict: "silent", lastHeardMs: nightMs - 180_000 }, "silent", "schweigt seit 03:04"],
    [{ verdict: "not-yet-heard" }, "unheard", "noch nicht gehört"],
  ])("%o is a shape and a word", (contact, shape, text) => {
    expect(shownContact({ ...heard, ...contact }, sight)).toMatchObject({ shape, word: text });
  });

  test("says what else is known: path, recording, return, clock", () => {
    const contact = { ...heard, via: "wuppertal", storing: false, backByMs: nightMs, clockOffMs: -45_000 };
    expect(shownContact(contact, sight).notes).toEqual([
      "unser Weg ist gestört, Leitstelle Wuppertal hört es",
      "kann nicht aufzeichnen",
      "angekündigt: zurück bis 03:07",
      "Uhr dort geht 45 s nach",
    ]);
  });

  test("[BOARD1] is the last word when the anchor is gone", () => {
    expect(shownContact(heard, sampleSight({ gone: true }))).toMatchObject({
      shape: "old",
      word: "zuletzt gehört",
    });
  });
});

describe("a hospital for a need", () => {
  const need = sight.places.needs.get("aortic-emergency");
  if (need === undefined) throw new Error("the region knows this need");
  const has = { "emergency-department": true, "vascular-surgery": true, "cardiac-surgery": true };
  const hospital = { ...ukd, has };

  function shapeOf(cells: HospitalRow["cells"], contact = heard, seen = sight): string {
    if (need === undefined) throw new Error("checked above");
    return shownForNeed(hospital, need, { ...hospitalRow("ukd", nightMs), cells, contact }, seen).shape;
  }

  test("the columns are what is required, then what is preferred, each once", () => {
    expect(columnsOf(need)).toEqual([
      { capability: "emergency-department", demand: "required" },
      { capability: "vascular-surgery", demand: "requiredAny" },
      { capability: "cardiac-surgery", demand: "requiredAny" },
    ]);
    const preferred = columnsOf({ ...need, required: [["ct"]], preferred: ["ct", "burns"] });
    expect(preferred).toEqual([
      { capability: "ct", demand: "required" },
      { capability: "burns", demand: "preferred" },
    ]);
  });

  test("is as good as its best alternative and as bad as the worst of what is required", () => {
    const cannot = word("cannot", nightMs);
    expect(shapeOf({ "emergency-department": open, "vascular-surgery": open })).toBe("open");
    expect(shapeOf({ "emergency-department": open, "vascular-surgery": cannot })).toBe("unconfirmed");
    expect(
      shapeOf({ "emergency-department": open, "vascular-surgery": cannot, "cardiac-surgery": cannot }),
    ).toBe("cannot");
    expect(shapeOf({ "emergency-department": cannot, "vascular-surgery": open })).toBe("cannot");
    expect(shapeOf({ "vascular-surgery": open })).toBe("unconfirmed");
  });

  test("[BOARD3] is silent or old, never open, when it is not heard or we are not", () => {
    const cells = { "emergency-department": open, "vascular-surgery": open };
    expect(shapeOf(cells, silent(nightMs - 9_000))).toBe("silent");
    expect(shapeOf(cells, heard, sampleSight({ gone: true }))).toBe("old");
    expect(shapeOf(cells, heard, sampleSight({ cutOffSinceMs: nightMs }))).toBe("old");
  });
});
