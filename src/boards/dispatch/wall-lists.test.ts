import { describe, expect, test } from "vitest";
import {
  calmOwn,
  heard,
  hospitalRow,
  missionRow,
  sampleRegion,
  sampleView,
  silent,
  silentMission,
  word,
} from "../../../test/support/board-sample.ts";
import { nightMs, sampleSight } from "../../../test/support/board-sight.ts";
import { voiceRow } from "../../../test/support/desk-sample.ts";
import type { BoardView, CentreRow, HospitalRow, OwnRow } from "../../site/views/board-view.ts";
import { applyPush, type Rows } from "../shell/rows.ts";
import { type WallEntry, wallLists } from "./wall-lists.ts";

const minuteMs = 60_000;
const region = sampleRegion();
const sight = sampleSight();
const ago = (minutes: number) => nightMs - minutes * minuteMs;
const quietCentre: CentreRow = {
  voices: [],
  noSound: [],
  tasks: [],
  runsOut: [],
  rounds: [],
  transfers: [],
  paths: { heard: 0, rows: [] },
};

/** All hospitals heard with an open emergency department, but for these. */
function rowsOf(hospitals: readonly HospitalRow[], more: Partial<BoardView> = {}): Rows {
  const open = { "emergency-department": word("open", ago(12), { untilMs: nightMs + 60 * minuteMs }) };
  const changed = new Map(hospitals.map((row) => [row.hospital, row]));
  const view = sampleView(region, nightMs, {
    centre: quietCentre,
    hospitals: region.hospitals.map(({ hospital }) => {
      return changed.get(hospital) ?? hospitalRow(hospital, nightMs, { cells: open });
    }),
    ...more,
  });
  const rows = applyPush(null, { type: "all", nowMs: nightMs, view });
  if (rows === null) throw new Error("a whole view makes rows");
  return rows;
}

const titles = (entries: readonly WallEntry[]) => entries.map(({ title }) => title);

test("[BOARD42] a calm region has no exceptions", () => {
  expect(Object.values(wallLists(rowsOf([]), sight)).flat()).toEqual([]);
});

describe("[BOARD42] on the wall", () => {
  test("who is silent: those with vehicles on their way first, then the last to fall silent, then the never heard", () => {
    const lists = wallLists(
      rowsOf([
        hospitalRow("ukd", nightMs, { contact: silent(ago(40)), inbound: 2 }),
        hospitalRow("neuss-lukas", nightMs, { contact: silent(ago(30)) }),
        hospitalRow("krefeld-helios", nightMs, { contact: silent(ago(3)) }),
        hospitalRow("hilden-josefs", nightMs, { contact: { ...heard, verdict: "not-yet-heard" } }),
      ]),
      sight,
    );
    expect(titles(lists.silent)).toEqual([
      "Uniklinik Düsseldorf",
      "Krefeld Helios",
      "Neuss Lukas",
      "Hilden Josefs",
    ]);
    expect(lists.silent[0]?.notes.map((note) => note.replaceAll("\u00a0", " "))).toEqual([
      "seit 02:27",
      "vor 40 min",
      "2 Einsätze dorthin",
    ]);
    expect(lists.silent[3]?.notes).toEqual(["noch nicht gehört"]);
  });

  test("a decision with its owner, by name at our own centre, by role and number at another, and when nobody has it", () => {
    const missions = [1, 2, 3].map((number) => silentMission(number, nightMs));
    const task = (number: number, centre: string) => ({
      task: `decide:${missions[number]?.mission ?? ""}` as const,
      owners: [{ centre, by: "dispatcher#104", sinceMs: ago(1) }],
      over: [],
    });
    const person = { number: 104, role: "dispatcher", name: "Kim", by: "dispatcher#104" };
    const own: OwnRow = { ...calmOwn, people: [{ ...person, sinceMs: ago(60), shiftEndsMs: ago(-600) }] };
    const centre = { ...quietCentre, tasks: [task(0, "duesseldorf"), task(1, "wuppertal")] };
    const { decisions } = wallLists(rowsOf([], { missions, centre, own }), sight);
    expect(titles(decisions)[0]).toBe("1 · RTW Düsseldorf 1 · Schlaganfall");
    expect(decisions.map(({ notes }) => notes.at(-1))).toEqual([
      "übernommen: Kim",
      "übernommen: Leitstelle Wuppertal, Disposition 104",
      "noch niemand übernommen",
    ]);
    const later = { ...sight, nowMs: ago(-601), room: { ...sight.room, people: own.people ?? [] } };
    const left = wallLists(rowsOf([], { missions, centre, own }), later).decisions;
    expect(left.map(({ notes }) => notes.at(-1))).toContain("ohne Besitzer, nicht mehr im Dienst: Kim");
  });

  test("a crew at the door of a silent hospital stands first: whom to call, how often in vain, who does", () => {
    const door = { hospital: "ukd", silentSinceMs: ago(20), arrived: true, tries: 2, lastTryMs: ago(1) };
    const missions = [silentMission(1, nightMs), missionRow(2, nightMs, { urgency: 3, door })];
    const task = { task: `call:${missions[1]?.mission ?? ""}` as const, over: [] };
    const owners = [{ centre: "wuppertal", by: "dispatcher#104", sinceMs: ago(1) }];
    const { decisions } = wallLists(
      rowsOf([], { missions, centre: { ...quietCentre, tasks: [{ ...task, owners }] } }),
      sight,
    );
    expect(titles(decisions)).toEqual([
      "3 · RTW Düsseldorf 2 · Schlaganfall",
      "1 · RTW Düsseldorf 1 · Schlaganfall",
    ]);
    expect(decisions[0]?.notes).toEqual([
      "steht vor Uniklinik Düsseldorf, schweigt seit 02:47",
      "Sofort anrufen",
      "2-mal vergeblich, zuletzt 03:06",
      "übernommen: Leitstelle Wuppertal, Disposition 104",
    ]);
  });

  test("an answer that is overdue, the longest first; one that is not due yet is none", () => {
    const asked = (number: number, dueMs: number) =>
      missionRow(number, nightMs, {
        request: {
          step: "asked",
          ref: ["a/b/1-00000001", number],
          over: [],
          hospital: "ukd",
          askedMs: ago(9),
          heldThere: true,
          dueMs,
          escalated: ["telephone"],
        },
      });
    const missions = [asked(1, ago(2)), asked(2, ago(7)), asked(3, nightMs + 1_000)];
    const { overdue } = wallLists(rowsOf([], { missions }), sight);
    expect(titles(overdue)).toEqual([
      "RTW Düsseldorf 2 → Uniklinik Düsseldorf",
      "RTW Düsseldorf 1 → Uniklinik Düsseldorf",
    ]);
    expect(overdue[0]?.notes).toEqual(["fällig seit 03:00", "auch über Telefon"]);
    // [BOARD100] Where nobody can tell whether it is there, nothing is said of that.
    const notesOf = (heldThere: boolean | undefined) => {
      const { request } = asked(1, ago(2));
      const untold = { ...request, heldThere } as typeof request;
      const late = missionRow(1, nightMs, { request: untold });
      return wallLists(rowsOf([], { missions: [late] }), sight).overdue[0]?.notes[0];
    };
    expect(notesOf(undefined)).toBe("fällig seit 03:05");
    expect(notesOf(false)).toBe("noch nicht dort angekommen");
  });

  test("what is full or cannot, by hospital: a closed emergency department first", () => {
    const [full, cannot] = [word("full", ago(25)), word("cannot", ago(5))];
    const lists = wallLists(
      rowsOf([
        hospitalRow("neuss-lukas", nightMs, {
          cells: { ct: full, surgery: full, "intensive-care": word("full", ago(5)), "stroke-unit": cannot },
        }),
        hospitalRow("ukd", nightMs, { cells: { "emergency-department": full } }),
      ]),
      sight,
    );
    expect(lists.closed.map(({ title, shape, notes }) => [title, shape, ...notes])).toEqual([
      ["Uniklinik Düsseldorf", "full", "voll: Notaufnahme K 02:42"],
      [
        ...["Neuss Lukas", "full"],
        ...["voll: CT, Chirurgie K 02:42, Intensivstation K 03:02", "nicht möglich: Stroke Unit K 03:02"],
      ],
    ]);
  });

  test("an emergency department without a word, and one whose word has run out this moment", () => {
    const ranOut = word("open", ago(480), { untilMs: nightMs });
    const lists = wallLists(
      rowsOf([
        hospitalRow("neuss-lukas", nightMs, { cells: {} }),
        hospitalRow("ukd", nightMs, { cells: { "emergency-department": ranOut } }),
      ]),
      sight,
    );
    expect(lists.unconfirmed.map(({ key, notes }) => [key, ...notes])).toEqual([
      ["ukd", "seit 03:07"],
      ["neuss-lukas"],
    ]);
  });

  test("what was said by voice: by whom, until when, and what speaks against it", () => {
    const doubtful = voiceRow({ readBack: false, leads: false, answeredBy: "switchboard" });
    const centre = { ...quietCentre, voices: [doubtful] };
    expect(wallLists(rowsOf([], { centre }), sight).voices).toMatchObject([
      {
        shape: "full",
        title: "Neuss Lukas, CT: voll",
        notes: [
          ...["Telefonzentrale 03:02", "bis 04:02"],
          ...["nicht zurückgelesen", "steht neben einem anderen Wort"],
        ],
      },
    ]);
  });

  test("where there is no sound", () => {
    const neuss = { site: "neuss-lukas", sinceMs: ago(20), closed: true as const };
    const centre = { ...quietCentre, noSound: [{ site: "ukd", sinceMs: ago(20) }, neuss] };
    expect(wallLists(rowsOf([], { centre }), sight).noSound).toEqual([
      { key: "ukd", shape: "late", title: "Uniklinik Düsseldorf", notes: ["seit 02:47"] },
      {
        key: "neuss-lukas",
        shape: "late",
        title: "Neuss Lukas",
        notes: ["keine Tafel offen dort seit 02:47"],
      },
    ]);
  });
});

test("[BOARD42] a hospital that is silent is not listed by what it said before", () => {
  const full = { "emergency-department": word("full", ago(25)) };
  const lists = wallLists(
    rowsOf([hospitalRow("ukd", nightMs, { contact: silent(ago(3)), cells: full })]),
    sight,
  );
  expect(lists.closed).toEqual([]);
  expect(lists.unconfirmed).toEqual([]);
});

test.each([{ gone: true }, { cutOffSinceMs: ago(3) }])(
  "[BOARD43] nothing is drawn as fresh: %o",
  (moment) => {
    const rows = rowsOf([hospitalRow("ukd", nightMs, { contact: silent(ago(3)) })], {
      missions: [silentMission(1, nightMs)],
    });
    const entries = Object.values(wallLists(rows, sampleSight(moment))).flat();
    expect(entries.length).toBeGreaterThan(1);
    expect(new Set(entries.map(({ shape }) => shape))).toEqual(new Set(["old"]));
  },
);

test("[BOARD109] forced assignments with reason and person, and who has to call a silent hospital", () => {
  const forced = {
    ...{ hospital: "neuss-lukas", reason: "its-turn" as const, centre: "duesseldorf", by: "dispatcher#104" },
    ...{ saidMs: ago(4), call: { centre: "wuppertal", tries: 0 } },
  };
  const round = {
    ...{ hospital: "ukd", silentSinceMs: ago(40), centre: "wuppertal" },
    tried: [
      { line: 1, saidMs: ago(6) },
      { line: 2, saidMs: ago(5) },
    ],
  };
  const lists = wallLists(
    rowsOf([hospitalRow("ukd", nightMs, { contact: silent(ago(40)) })], {
      missions: [missionRow(1, nightMs, { forced }), missionRow(2, nightMs)],
      centre: { ...quietCentre, rounds: [round] },
    }),
    sight,
  );
  expect(lists.forced).toMatchObject([
    {
      title: "RTW Düsseldorf 1 → Neuss Lukas",
      notes: ["nach der Reihe", "Disposition 104 03:03", "anzurufen von Leitstelle Wuppertal"],
    },
  ]);
  expect(lists.silent[0]?.notes).toEqual(
    expect.arrayContaining(["anzurufen von Leitstelle Wuppertal", "2-mal vergeblich, zuletzt 03:02"]),
  );
});
