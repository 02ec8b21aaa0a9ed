import { describe, expect, test } from "vitest";
import { calmOwn, heard, silent } from "../../../test/support/board-sample.ts";
import { nightMs, sampleSight } from "../../../test/support/board-sight.ts";
import type { OwnRow } from "../../site/views/board-view.ts";
import { barsOf } from "./bar-list.ts";

const textsOf = (own: Partial<OwnRow>, sight = sampleSight()) =>
  barsOf({ ...calmOwn, ...own }, nightMs, sight).map(({ text }) => text);

describe("[BOARD11] how we stand ourselves", () => {
  test("a calm board has no bar", () => {
    expect(textsOf({})).toEqual([]);
  });

  test.each<[Partial<OwnRow>, string]>([
    [{ storing: false }, "Dieser Anker kann nicht aufzeichnen: nichts wird geschrieben."],
    [{ clockOffMs: -9 * 3_600_000 }, "Unsere Uhr geht 9 h falsch, alle Zeiten hier auch."],
    [{ slowDisk: true }, "Platte langsam: Bestätigungen dauern länger."],
    [{ cutOffSinceMs: nightMs - 180_000 }, "Wir sind abgeschnitten: nichts bekannt seit 03:04."],
    [{ notHeard: true }, "Wir werden nicht gehört: andere empfangen uns nicht."],
    [{ halfSilent: true }, "Die halbe Region verstummte binnen einer Minute: vielleicht eine Netzstörung."],
    [
      { centres: [{ site: "wuppertal", contact: silent(nightMs - 180_000) }] },
      "Leitstelle Wuppertal schweigt seit 03:04.",
    ],
    [
      { centres: [{ site: "wuppertal", contact: { ...heard, verdict: "not-yet-heard" } }] },
      "Leitstelle Wuppertal: noch nicht gehört.",
    ],
    [
      { centres: [{ site: "wuppertal", contact: { ...heard, storing: false } }] },
      "Leitstelle Wuppertal kann nicht aufzeichnen.",
    ],
    [
      {
        unusable: [
          { site: "ukd", entries: 2 },
          { site: "ukd", entries: 1 },
        ],
      },
      "3 Einträge von Uniklinik Düsseldorf kann diese Version nicht verwenden.",
    ],
    [
      { forked: ["ukd"] },
      "Protokoll von Uniklinik Düsseldorf in zwei Fassungen: nur der gemeinsame Anfang gilt.",
    ],
    [{ newLogMs: nightMs - 180_000 }, "Neues Protokoll seit 03:04: Unser Speicher war zu alt."],
    [{ sentAgain: ["wuppertal"] }, "Leitstelle Wuppertal hat Daten verloren: wird erneut gesendet."],
    [{ roads: { de: "1 Straßensperrung bis 04:00.", en: "" } }, "1 Straßensperrung bis 04:00."],
    [{ stream: { de: "NATS ist voll.", en: "" } }, "NATS ist voll."],
    [{ asking: true }, "Start: Andere werden nach unserem Protokoll gefragt."],
  ])("%o has one bar", (own, text) => {
    expect(textsOf(own)).toEqual([text]);
  });

  test("cut off, no other centre is accused of silence", () => {
    const centres = [{ site: "wuppertal", contact: silent(nightMs - 180_000) }];
    expect(textsOf({ cutOffSinceMs: nightMs - 180_000, centres })).toHaveLength(1);
  });

  test("[BOARD1] with the anchor gone that comes first, and the rest carries the time of its last word", () => {
    expect(textsOf({ slowDisk: true }, sampleSight({ gone: true, nowMs: nightMs + 60_000 }))).toEqual([
      "Anker nicht erreichbar seit 03:07:30. Alles hier ist alt, Schaltflächen sind aus.",
      "Platte langsam: Bestätigungen dauern länger. (Stand 03:07)",
    ]);
  });

  test("[OPEN2] an anchor that reads is no anchor that is gone, and what stands below is as old", () => {
    expect(textsOf({}, sampleSight({ gone: true, loading: 40 }))).toEqual([
      "Der Anker startet und liest sein Protokoll: 40 %. Alles hier ist von 03:07:30, Schaltflächen sind aus.",
    ]);
  });
});
