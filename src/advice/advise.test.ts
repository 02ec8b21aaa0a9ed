import { describe, expect, test } from "vitest";
import { plainPatient, testPolicy } from "../../test/scenarios/question.ts";
import { type AdviceInput, advise, adviseOn } from "./advise.ts";
import { type AdviceBaseInput, buildAdviceBase, setHospitalState } from "./base.ts";

const input: AdviceBaseInput = {
  hospitals: [
    { id: "b", name: "Bravo", latE3: 51_200, lonE3: 6_800, capabilities: { ct: "yes" } },
    { id: "a", name: "Alpha", latE3: 51_200, lonE3: 6_820, capabilities: { ct: "yes" } },
  ],
  capabilities: [{ id: "ct", name: { de: "CT", en: "CT" } }],
  river: [],
  bridges: [],
  projection: { metresPerLatE3: 111, metresPerLonE3: 70 },
  policy: testPolicy,
  stabilise: { id: "stabilise", required: [["ct"]], preferred: [] },
};

const question: Omit<AdviceInput, "base"> = {
  ...plainPatient,
  position: { latE3: 51_200, lonE3: 6_810 },
  need: { id: "ct", required: [["ct"]], preferred: [] },
  linesMax: 5,
  language: "de",
  clock: String,
};

describe("advise", () => {
  test("[ADVICE5] equal totals and drives: the smaller hospital id leads", () => {
    const advice = advise({ ...question, base: buildAdviceBase(input) });
    expect(advice.ok && advice.value.lines.map((line) => line.hospital)).toEqual(["a", "b"]);
  });

  test("[ADVICE5] equal totals: who is heard goes before who is silent", () => {
    const base = buildAdviceBase(input);
    const said = (state: "open" | "limited") => ({ ct: { state, sinceMs: 0, voice: false } });
    const since = { contactSinceMs: null };
    setHospitalState(base, { hospital: "a", contact: "silent", ...since, reported: said("open") });
    setHospitalState(base, { hospital: "b", contact: "heard", ...since, reported: said("limited") });
    const advice = advise({ ...question, base });
    const lines = advice.ok ? advice.value.lines : [];
    expect(lines.map(({ hospital }) => hospital)).toEqual(["b", "a"]);
    expect(new Set(lines.map(({ totalMinTenths }) => totalMinTenths)).size).toBe(1);
  });

  test("[ADVICE8] any hospital can be asked about by name: what it costs, or why it is excluded", () => {
    const charlie = {
      id: "c",
      name: "Charlie",
      latE3: 51_230,
      lonE3: 6_900,
      capabilities: { ct: "no" },
    } as const;
    const base = buildAdviceBase({ ...input, hospitals: [...input.hospitals, charlie] });
    const on = (hospital: string, declinedBy: readonly string[] = []) =>
      adviseOn({ ...question, base, declinedBy }, hospital);
    expect(on("c")).toMatchObject({
      ok: true,
      value: {
        excluded: true,
        text: expect.stringMatching(/^Charlie \d+ min \(noch nicht gehört, CT nicht vorhanden\)$/),
      },
    });
    expect(on("b", ["b"])).toMatchObject({
      value: { excluded: true, text: expect.stringContaining("hat abgelehnt") },
    });
    const all = advise({ ...question, base });
    expect(on("b")).toMatchObject({ value: { excluded: false, ...(all.ok ? all.value.lines[1] : {}) } });
    expect(on("nowhere")).toEqual({ ok: true, value: null });
    const far = { ...question, base, position: { latE3: 0, lonE3: 0 } };
    expect(adviseOn(far, "b")).toEqual({ ok: false, error: "position-outside-region" });
  });

  test("[ADVICE4] as many lines as asked for, one at least", () => {
    const base = buildAdviceBase(input);
    const one = advise({ ...question, base, linesMax: 1 });
    expect(one.ok && one.value.lines.length).toBe(1);
    for (const linesMax of [0, -1, 1.5, Number.NaN]) {
      expect(() => advise({ ...question, base, linesMax })).toThrow("at least one line");
    }
  });

  test("[ADVICE6] a position that cannot be used and a region without hospitals are answered, not thrown", () => {
    const base = buildAdviceBase(input);
    for (const latE3 of [Number.NaN, 51_200.5, Number.POSITIVE_INFINITY]) {
      const advice = advise({ ...question, base, position: { latE3, lonE3: 6_810 } });
      expect(advice).toEqual({ ok: false, error: "position-not-whole-thousandths" });
    }
    const far = advise({ ...question, base, position: { latE3: 0, lonE3: 0 } });
    expect(far).toEqual({ ok: false, error: "position-outside-region" });
    const empty = buildAdviceBase({ ...input, hospitals: [] });
    expect(advise({ ...question, base: empty })).toEqual({ ok: false, error: "no-hospital" });
  });

  test("[ADVICE6] a hospital that the region does not list changes nothing", () => {
    const base = buildAdviceBase(input);
    const before = advise({ ...question, base });
    const stranger = { hospital: "x", contact: "heard", contactSinceMs: null, reported: {} } as const;
    expect(setHospitalState(base, stranger)).toEqual({ ok: false, error: "unknown-hospital" });
    expect(advise({ ...question, base, declinedBy: ["x"] })).toEqual(before);
  });

  test("[ADVICE3] unconfirmed since never is no word: what is not known in principle stays not known", () => {
    const hospitals = input.hospitals.map((hospital) => ({ ...hospital, capabilities: {} }));
    const base = buildAdviceBase({ ...input, hospitals });
    const before = advise({ ...question, base });
    for (const { id } of hospitals) {
      const unsaid = { state: "unconfirmed", sinceMs: null, voice: false } as const;
      setHospitalState(base, {
        hospital: id,
        contact: "not-yet-heard",
        contactSinceMs: null,
        reported: { ct: unsaid },
      });
    }
    expect(advise({ ...question, base })).toEqual(before);
    expect(before.ok && before.value.lines[0]?.text).toContain("CT nicht bekannt");
  });

  test("data of the region that cannot be are refused at once", () => {
    const [bravo] = input.hospitals;
    if (bravo === undefined) throw new Error("the region above has hospitals");
    expect(() => buildAdviceBase({ ...input, hospitals: [bravo, bravo] })).toThrow("unique");
    const broken = (change: Partial<typeof testPolicy>) => () =>
      buildAdviceBase({ ...input, policy: { ...testPolicy, ...change } });
    expect(broken({ noNextMin: 0.5 })).toThrow("noNextMin in whole minutes");
    expect(broken({ fullPercent: 101 })).toThrow("fullPercent in whole percent");
    expect(broken({ limitedPercent: 10 })).toThrow("no doubt weighs less than a word");
    expect(broken({ silentShortPercent: 70 })).toThrow("a longer silence weighs no less");
    const base = buildAdviceBase(input);
    const unknown = { id: "mri", required: [["mri"]], preferred: [] };
    expect(() => advise({ ...question, base, need: unknown })).toThrow("capability mri of need mri");
    const empty = { id: "none", required: [[]], preferred: [] };
    expect(() => advise({ ...question, base, need: empty })).toThrow("no empty group");
  });
});
