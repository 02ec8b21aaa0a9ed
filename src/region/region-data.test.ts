import { describe, expect, test } from "vitest";
import { capabilityIds, needIds, parseRegionData } from "./region-data.ts";

const basis = { certainty: "C", source: "book" };
const minutes = { value: 10, unit: "min", meaning: { de: "Aufschlag", en: "added" }, ...basis };
const seconds = { ...minutes, unit: "s" };
const percent = { ...minutes, unit: "percent" };
const duration = { medianS: 60, ...basis };

function hospital(id: string, number: number) {
  return {
    id,
    name: `Hospital ${id}`,
    spokenName: `Haus ${id}`,
    town: "Neuss",
    ags: "05162024",
    latE3: 51_200,
    lonE3: 6_700,
    positionSource: "book",
    emergencyLevel: 1,
    beds: 100,
    homeCentre: "centre",
    phone: `0221 4710 ${String(number).padStart(3, "0")}`,
    capabilities: Object.fromEntries(
      capabilityIds.map((capability): [string, unknown] => [capability, ["yes", "A", "book", "2022-12-31"]]),
    ),
  };
}

/** The smallest region that is right, anew for each test to spoil. */
function regionFilesThatFit() {
  return {
    region: {
      id: "small",
      name: "Small",
      timeZone: "Europe/Berlin",
      projection: { metresPerLatE3: 111, metresPerLonE3: 70, ...basis },
      box: { southLatE3: 51_000, westLonE3: 6_000, northLatE3: 52_000, eastLonE3: 7_000 },
      controlCentres: [
        { id: "centre", name: "Centre", town: "Neuss", latE3: 51_200, lonE3: 6_700, ...basis },
      ],
      massCasualty: { plan: { de: "Plan", en: "plan" }, ...basis },
      attribution: { de: "Buch", en: "Book" },
      sources: [{ id: "book", title: "A book", address: null, date: "2022", terms: null }],
    },
    hospitals: [hospital("abc", 0), hospital("def", 999)],
    municipalities: [
      { ags: "05162024", name: "Neuss", people: 154_139, latE3: 51_199, lonE3: 6_691, ...basis },
    ],
    waters: {
      rivers: [
        {
          id: "river",
          name: "River",
          ...basis,
          points: [
            [51_000, 6_800],
            [52_000, 6_800],
          ],
        },
      ],
      bridges: [],
    },
    roads: { motorways: [] },
    needs: needIds.map((id) => ({ id, required: [["surgery"]], preferred: [], ...basis })),
    modifiers: [{ id: "old", ageGroups: ["80+"], without: [], required: [["ct"]], preferred: [], ...basis }],
    pzc: { table: { de: "Tafel", en: "table" }, rows: [{ need: "stroke", codes: ["421"] }], ...basis },
    missions: {
      ratePerThousandYear: { value: 110, low: 90, high: 177, ...basis },
      transportedE4: { value: 7_100, ...basis },
      withDoctorE4: { value: 2_200, ...basis },
      classes: [
        { need: "stroke", shareE4: 10_000, urgencyE4: [5_000, 3_000, 2_000], onSceneMin: 20, ...basis },
      ],
      hourlyE4: { shares: [10_000, ...Array<number>(23).fill(0)], ...basis },
      callToAlarm: duration,
      turnout: duration,
      driveToScene: duration,
      handover: duration,
      readyAgain: duration,
    },
    policy: {
      version: "small-1",
      turnedAwayLossMin: minutes,
      noNextMin: minutes,
      freshMin: minutes,
      freshPercent: percent,
      olderPercent: percent,
      limitedPercent: percent,
      fullPercent: percent,
      unconfirmedPercent: percent,
      unknownPercent: percent,
      silentShortMin: minutes,
      silentShortPercent: percent,
      silentLongPercent: percent,
      declinedWithinMin: minutes,
      declinedPercent: percent,
      missingPreferredMin: minutes,
      waitPerPatientMin: minutes,
      forcedEqualMin: minutes,
      forcedCountedMin: minutes,
      flightKmh: { ...minutes, value: 220, unit: "km/h" },
      flightExtraMin: minutes,
      openRunsOutMin: minutes,
      voiceRunsOutMin: minutes,
      silentSoundsAfterS: seconds,
      ...{ resteerMinGainMin: minutes, resteerCostMin: minutes, resteerPauseMin: minutes },
      ...{ resteerPositionMaxS: seconds, deliverWithinS: seconds },
      ...{ answerUrgency1S: seconds, answerUrgency2S: seconds, answerUrgency3S: seconds },
      resteerProposalsMax: { ...minutes, value: 2, unit: "count" },
    },
  };
}

type Files = ReturnType<typeof regionFilesThatFit>;
type Row = Files["hospitals"][number];

function sentencesOf(spoil: (files: Files, first: Row, second: Row) => void): readonly string[] {
  const files = regionFilesThatFit();
  const [first, second] = files.hospitals;
  if (first === undefined || second === undefined) throw new Error("two hospitals");
  spoil(files, first, second);
  const parsed = parseRegionData(files);
  return parsed.ok ? [] : parsed.error;
}

describe("[DATA1] a region's files are refused with sentences that name file, row and field", () => {
  test("files that fit are taken, lines and cells as objects", () => {
    const parsed = parseRegionData(regionFilesThatFit());
    if (!parsed.ok) throw new Error(parsed.error.join("\n"));
    expect(parsed.value.waters.rivers[0]?.points[1]).toEqual({ latE3: 52_000, lonE3: 6_800 });
    expect(parsed.value.hospitals[0]?.capabilities.ct).toEqual({
      value: "yes",
      certainty: "A",
      source: "book",
      validFrom: "2022-12-31",
    });
  });

  test.each<[string, (files: Files, first: Row, second: Row) => void, string]>([
    [
      "beds",
      (_, first) => Object.assign(first, { beds: 0 }),
      "hospitals.json, row abc, field beds: is not a",
    ],
    [
      "half a thousandth",
      (_, first) => Object.assign(first, { latE3: 51_200.5 }),
      "row abc, field latE3: is not a",
    ],
    ["id", (_, first) => Object.assign(first, { id: "Bad Id" }), "row Bad Id, field id: is not 1 to 32"],
    [
      "spoken name",
      (_, first) => Object.assign(first, { spokenName: "St. Anna" }),
      "field spokenName: is not 3 to 28",
    ],
    [
      "a real phone",
      (_, first) => Object.assign(first, { phone: "0211 81 00" }),
      "field phone: is not from 0221 4710",
    ],
    [
      "an unknown member",
      (_, first) => Object.assign(first, { note: "x" }),
      "hospitals.json, row abc, field note",
    ],
    [
      "hours",
      (files) => files.missions.hourlyE4.shares.fill(1),
      "missions.json, field hourlyE4.shares: does not add",
    ],
    [
      "shares",
      (files) => files.missions.classes.push(...files.missions.classes),
      "missions.json, field classes: shares",
    ],
    [
      "no such need",
      (files) => Object.assign(files.needs[0] ?? {}, { id: "flu" }),
      "needs.json, row flu, field id",
    ],
    [
      "a modifier of no trait",
      ({ modifiers: [row] }) => Reflect.deleteProperty(row ?? {}, "ageGroups"),
      "modifiers.json, row old: has to name a flag or age groups, one of the two.",
    ],
    [
      "a code that means two needs",
      ({ pzc }) => pzc.rows.push({ need: "sepsis", codes: ["373", "421"] }),
      "pzc.json: 421 is there twice.",
    ],
    ["a need is missing", (files) => files.needs.pop(), "needs.json: general-surgical is missing."],
    [
      "twice the same id",
      (_, __, second) => Object.assign(second, { id: "abc" }),
      "hospitals.json: abc is there twice.",
    ],
    [
      "twice the same spoken name",
      (_, __, second) => Object.assign(second, { spokenName: "Haus ABC" }),
      "hospitals.json, spokenName: haus abc is there twice.",
    ],
    [
      "twice the same phone",
      (_, first, second) => Object.assign(second, { phone: first.phone }),
      "hospitals.json, phone: 0221 4710 000 is there twice.",
    ],
    [
      "no such centre",
      (_, __, second) => Object.assign(second, { homeCentre: "moon" }),
      "hospitals.json, row def, field homeCentre: no control centre moon.",
    ],
    [
      "outside the box",
      (_, __, second) => Object.assign(second, { lonE3: 7_001 }),
      "hospitals.json, row def: lies outside the region's box.",
    ],
    [
      "a percentage over 100",
      (files) => Object.assign(files.policy, { fullPercent: { ...percent, value: 101 } }),
      "policy.json, field fullPercent.value: is not a whole number from 0 to 100.",
    ],
    [
      "a doubt that weighs less than a word",
      (files) => Object.assign(files.policy, { olderPercent: { ...percent, value: 11 } }),
      "policy.json, field olderPercent: is more than limitedPercent.",
    ],
    [
      "a policy without a version",
      (files) => Object.assign(files.policy, { version: "" }),
      "field version: is not",
    ],
    ["a file is missing", (files) => Object.assign(files, { policy: undefined }), "policy.json: "],
  ])("%s", (_, spoil, expected) => {
    const sentences = sentencesOf(spoil);
    expect(sentences.join("\n")).toContain(expected);
    expect(sentences.every((sentence) => sentence.endsWith("."))).toBe(true);
  });

  test("every fault is named at once", () => {
    const sentences = sentencesOf((_, first, second) => {
      Object.assign(first, { beds: -1 });
      Object.assign(second, { emergencyLevel: 4 });
    });
    expect(sentences).toHaveLength(2);
  });

  test("what is no object at all is refused, not thrown", () => {
    for (const files of [null, 7, "text", [], {}]) expect(parseRegionData(files).ok).toBe(false);
  });
});

describe("[DATA2] every hospital states every capability: yes, no or unknown, and unknown exactly if D", () => {
  test.each([
    ["yes", "D"],
    ["no", "D"],
    ["unknown", "A"],
    ["unknown", "C"],
  ])("%s with certainty %s is refused", (value, certainty) => {
    const sentences = sentencesOf((_, first) => {
      Object.assign(first.capabilities, { ct: [value, certainty, "book", "2022-12-31"] });
    });
    expect(sentences).toEqual([
      "hospitals.json, row abc, field capabilities.ct: must be unknown exactly if D.",
    ]);
  });

  test("a capability that is left out is refused", () => {
    const sentences = sentencesOf((_, first) => {
      delete first.capabilities["burns"];
    });
    expect(sentences.join("\n")).toContain("hospitals.json, row abc, field capabilities.burns: ");
  });

  test("a capability's place is its bit in a mask: at most 31 of them", () => {
    expect(capabilityIds.length).toBeLessThanOrEqual(31);
  });
});

describe("[DATA3] every source that is named is listed in region.json", () => {
  test("a position's", () => {
    const sentences = sentencesOf((_, first) => Object.assign(first, { positionSource: "rumour" }));
    expect(sentences).toEqual([
      "hospitals.json, row abc, field positionSource: no source rumour in region.json.",
    ]);
  });

  test("a capability's", () => {
    const sentences = sentencesOf((_, first) => {
      Object.assign(first.capabilities, { ct: ["yes", "B", "rumour", "2022-12-31"] });
    });
    expect(sentences).toEqual([
      "hospitals.json, row abc, field capabilities.ct.source: no source rumour in region.json.",
    ]);
  });
});
