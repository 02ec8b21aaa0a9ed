import { describe, expect, test } from "vitest";
import { type Advice, advise } from "../../src/advice/advise.ts";
import { type AdviceBase, setHospitalState } from "../../src/advice/base.ts";
import { adviceBaseOf, adviceNeedOf } from "../../src/advice/region-base.ts";
import { present } from "../../src/basics/assert.ts";
import type { NeedId } from "../../src/region/region-data.ts";
import { estimateSource } from "../../src/roads/estimate.ts";
import type { Position } from "../../src/roads/plane.ts";
import { wayTo } from "../../src/roads/straight.ts";
import { clockOf } from "./clock.ts";
import { plainPatient } from "./question.ts";
import { quietNight, quietState, rheinRuhr } from "./rhein-ruhr.ts";

const places = {
  zons: { latE3: 51_122, lonE3: 6_850 },
  monheim: { latE3: 51_090, lonE3: 6_885 },
  neuss: { latE3: 51_198, lonE3: 6_690 },
  bilk: { latE3: 51_205, lonE3: 6_775 },
  heerdt: { latE3: 51_231, lonE3: 6_735 },
  uerdingen: { latE3: 51_353, lonE3: 6_648 },
  hitdorf: { latE3: 51_060, lonE3: 6_918 },
  rheinhausen: { latE3: 51_408, lonE3: 6_710 },
  grimlinghausen: { latE3: 51_173, lonE3: 6_740 },
} as const satisfies { readonly [place: string]: Position };

// 11,040,000 ms are 03:04; the question is asked at 03:10.
const nightMs = 11_400_000;
const silent = { contact: "silent", contactSinceMs: 11_040_000 } as const;

function adviceAt(base: AdviceBase, position: Position, needId: NeedId, linesMax = 100): Advice {
  const need = present(
    rheinRuhr.needs.find(({ id }) => id === needId),
    "a need of the region",
  );
  const advice = advise({
    ...{ ...plainPatient, base, position, need: adviceNeedOf(need), linesMax },
    language: "de",
    clock: clockOf,
    nowMs: nightMs,
  });
  if (!advice.ok) throw new Error(advice.error);
  return advice.value;
}

function wayBetween(position: Position, hospital: string) {
  const base = quietNight();
  const way = wayTo(base.roads, position, base.hospitalIndex.get(hospital) ?? -1);
  if (!way.ok) throw new Error(way.error);
  const { bridge, distanceM } = way.value;
  return { distanceM, bridge: bridge === null ? null : rheinRuhr.waters.bridges[bridge]?.id };
}

describe("[ROADS2] the Rhine is crossed at its bridges", () => {
  test("from Zons, Dormagen comes before Benrath, which lies in sight over the water", () => {
    const hospitals = adviceAt(quietNight(), places.zons, "general-medical").lines.map(
      (line) => line.hospital,
    );
    expect(hospitals[0]).toBe("dormagen-rheinland");
    expect(hospitals.indexOf("duesseldorf-benrath")).toBeGreaterThan(0);
    expect(wayBetween(places.zons, "dormagen-rheinland").bridge).toBeNull();
    expect(wayBetween(places.zons, "duesseldorf-benrath").bridge).toBe("flehe");
  });

  test("its mirror: from Monheim on the right bank, Langenfeld and Benrath come before Dormagen", () => {
    const hospitals = adviceAt(quietNight(), places.monheim, "general-medical").lines.map(
      (line) => line.hospital,
    );
    expect(hospitals.slice(0, 2)).toEqual(["langenfeld-martinus", "duesseldorf-benrath"]);
    expect(hospitals.indexOf("dormagen-rheinland")).toBeGreaterThan(2);
    expect(wayBetween(places.monheim, "langenfeld-martinus").bridge).toBeNull();
  });

  test.each([
    ["neuss", "ukd", "suedbruecke"],
    ["neuss", "duesseldorf-evk", "suedbruecke"],
    ["grimlinghausen", "ukd", "flehe"],
    ["heerdt", "duesseldorf-marien", "oberkassel"],
    ["uerdingen", "duisburg-anna", "uerdingen"],
    ["rheinhausen", "duisburg-bethesda", "rheinhausen"],
    ["hitdorf", "leverkusen-klinikum", null],
  ] as const)("from %s to %s over %s", (place, hospital, bridge) => {
    expect(wayBetween(places[place], hospital).bridge).toBe(bridge);
  });

  test("[ROADS3] Heerdt and Neuss lie on one bank: the line over the river's loop is taken as it is", () => {
    expect(wayBetween(places.heerdt, "neuss-lukas").bridge).toBeNull();
    expect(wayBetween(places.heerdt, "neuss-etienne").bridge).toBeNull();
  });
});

describe("[ADVICE1] the night in Rhein-Ruhr", () => {
  test("a stroke in Bilk while the University Hospital is heard", () => {
    const [first] = adviceAt(quietNight(), places.bilk, "stroke").lines;
    expect(first?.text).toBe(
      "→ Uniklinik Düsseldorf 3 min (Stroke Unit offen seit 02:00) statt Düsseldorf Evangelisches 2 min (Stroke Unit nicht bekannt)",
    );
  });

  test("the same after it fell silent at 03:04", () => {
    const base = quietNight();
    setHospitalState(base, { ...quietState("ukd"), ...silent });
    const [first, second, third] = adviceAt(base, places.bilk, "stroke").lines;
    expect(first?.text).toBe(
      "→ Düsseldorf Evangelisches 2 min, gewertet mit 7 (Stroke Unit nicht bekannt: +5), kein näheres kommt infrage",
    );
    expect(second?.text).toBe("Düsseldorf Marien 7 min (Stroke Unit offen seit 02:00)");
    expect(third?.text).toBe(
      "Uniklinik Düsseldorf 3 min, gewertet mit 9 (Stroke Unit zuletzt offen 02:00, schweigt seit 03:04: +6)",
    );
  });

  test("all who have a stroke unit cannot: those of whom nobody knows lead, and say so", () => {
    const base = quietNight();
    for (const { id, capabilities } of rheinRuhr.hospitals) {
      if (capabilities["stroke-unit"].value !== "yes") continue;
      const cannot = { state: "cannot", sinceMs: 9_000_000, voice: false } as const;
      const state = quietState(id);
      setHospitalState(base, { ...state, reported: { ...state.reported, "stroke-unit": cannot } });
    }
    const { lines, forced } = adviceAt(base, places.bilk, "stroke", 3);
    expect(forced).toBeNull();
    expect(lines[0]?.text).toBe(
      "→ Düsseldorf Evangelisches 2 min, gewertet mit 14 (Stroke Unit nicht bekannt: +12), kein näheres kommt infrage",
    );
  });

  test("[ADVICE2] an aortic emergency: the night's hospitals with heart or vessel surgery are all candidates", () => {
    for (const base of [adviceBaseOf(rheinRuhr), quietNight()]) {
      const hospitals = adviceAt(base, places.bilk, "aortic-emergency").lines.map((line) => line.hospital);
      const night = [
        "krefeld-helios",
        "wuppertal-barmen",
        "wuppertal-elberfeld",
        "essen-uniklinik",
        "duisburg-nord",
      ];
      expect(night.filter((id) => !hospitals.includes(id))).toEqual([]);
    }
  });

  test("[ADVICE2] when the University Hospital cannot, the first known heart surgery leads: Krefeld", () => {
    const base = quietNight();
    const cannot = { state: "cannot", sinceMs: 11_040_000, voice: true } as const;
    const state = quietState("ukd");
    const reported = { ...state.reported, "emergency-department": cannot };
    setHospitalState(base, { ...state, reported });
    const known = adviceAt(base, places.bilk, "aortic-emergency").lines.filter(
      ({ text }) => !text.includes("gewertet mit"),
    );
    expect(known[0]?.text).toContain(
      "Krefeld Helios 27 min (Gefäßchirurgie offen seit 02:00, Herzchirurgie offen seit 02:00)",
    );
  });

  test("[ADVICE4] every need has an answer from every town, before a single word was said", () => {
    const base = adviceBaseOf(rheinRuhr);
    for (const { id } of rheinRuhr.needs) {
      for (const town of rheinRuhr.municipalities) expect(adviceAt(base, town, id, 3).lines.length).toBe(3);
    }
  });

  test("[ROADS1] the minutes' source is said in words", () => {
    expect(estimateSource.de).toBe("Schätzung Luftlinie ±30 %");
  });
});
