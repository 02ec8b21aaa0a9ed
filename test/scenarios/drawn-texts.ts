import { adviceOf, baseOf, drawRegion } from "./drawn-region.ts";

/** For each seed from 0, all that one drawn advice says: region, state, patient and language drawn anew. */
export function drawnTexts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, seed) => {
    const drawn = drawRegion(seed, 60);
    return JSON.stringify(adviceOf(drawn, baseOf(drawn), { language: seed % 2 === 0 ? "de" : "en" }));
  });
}
