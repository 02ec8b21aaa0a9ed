import { type Sight, sightOf } from "../../src/boards/dispatch/sight.ts";
import { german } from "../../src/boards/dispatch/speech.ts";
import { english } from "../../src/boards/dispatch/texts-en.ts";
import { type Moment, placesOf } from "../../src/boards/shell/sight.ts";
import { sampleRegion } from "./board-sample.ts";

/** 11 September 2020, 03:07:30 in Düsseldorf. */
export const nightMs = Date.UTC(2020, 8, 11, 1, 7, 30);

const places = placesOf(sampleRegion());

/** A calm board at {@link nightMs}: the anchor is there and can record. */
export function sampleSight(more: Partial<Moment> & { readonly inEnglish?: boolean } = {}): Sight {
  const { inEnglish = false, ...moment } = more;
  const calm: Moment = { nowMs: nightMs, gone: false, loading: null, cutOffSinceMs: null, canWrite: true };
  return sightOf(places, inEnglish ? english : german, { ...calm, ...moment });
}
