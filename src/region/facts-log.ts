import { previousEpoch } from "./fields.ts";
import { defineKind } from "./kind.ts";

export const logStart = defineKind(
  "log.start/1",
  "any-site",
  {
    de: "Erster Eintrag jedes Protokolls außer dem der Behörde: woran es anschließt.",
    en: "Entry 0 of every log but the authority's: what it follows on.",
  },
  {
    previous: previousEpoch({
      de: "Das vorige Protokoll des Geräts, soweit bekannt; null beim ersten.",
      en: "The device's previous log as far as it is known; null for the first.",
    }),
  },
);

export const logKinds = [logStart] as const;
