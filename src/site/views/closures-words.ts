import { refKey } from "../../basics/name.ts";
import { hourMs } from "../../basics/time.ts";
import type { ClosureView, CountedClosures } from "../../region/closures-view.ts";
import type { Words } from "../../region/words.ts";

/** An end that lies farther ahead is said in hours too: a clock time alone would be taken for today's. */
const todayMs = 12 * hourMs;

type Told = {
  readonly inForce: readonly ClosureView[];
  /** Null: minutes are estimated, and no closure changes them. */
  readonly counted: CountedClosures | null;
  readonly nowMs: number;
  readonly clock: (wallMs: number) => string;
};

/** How many roads are closed, until when, and whether the minutes know; null: none, and the minutes are as always. */
export function closuresWords({ inForce, counted, nowMs, clock }: Told): Words | null {
  const ends = inForce.map(({ endsMs }) => endsMs).sort((a, b) => a - b);
  const [first] = ends;
  const last = ends.at(-1);
  if (first === undefined || last === undefined) return reopening(counted);
  const isCounted = counted?.size === inForce.length && inForce.every(({ ref }) => counted.has(refKey(ref)));
  const minutes =
    counted === null
      ? { de: "Die geschätzten Fahrzeiten kennen sie nicht.", en: "The estimated minutes do not know of it." }
      : isCounted
        ? aroundWords(inForce.filter(({ ref }) => counted.get(refKey(ref)) === false).length, inForce.length)
        : { de: "Die Fahrzeiten kennen sie noch nicht.", en: "Driving times do not know of it yet." };
  const [firstTime, lastTime] = [endTime(first, nowMs, clock), endTime(last, nowMs, clock)];
  if (ends.length === 1) {
    return {
      de: `1 Straßensperrung bis ${firstTime}. ${minutes.de}`,
      en: `1 road closure until ${firstTime}. ${minutes.en}`,
    };
  }
  return {
    de: `${ends.length} Straßensperrungen, die erste endet ${firstTime}, die letzte ${lastTime}. ${minutes.de}`,
    en: `${ends.length} road closures, the first ends ${firstTime}, the last ${lastTime}. ${minutes.en}`,
  };
}

/** A closure that closes nothing is said: most often its place or its radius is mistaken. */
function aroundWords(missing: number, all: number): Words {
  if (missing === 0) return { de: "Die Fahrzeiten führen außen herum.", en: "Driving times go round it." };
  const check = { de: "Ort und Umkreis prüfen.", en: "Check place and radius." };
  if (missing === all) {
    return { de: `Dort ist keine Straße. ${check.de}`, en: `There is no road there. ${check.en}` };
  }
  return {
    de: `Die Fahrzeiten führen außen herum. ${missing} davon ohne Straße: ${check.de}`,
    en: `Driving times go round them. ${missing} without a road: ${check.en}`,
  };
}

function reopening(counted: CountedClosures | null): Words | null {
  if (counted === null || counted.size === 0) return null;
  return {
    de: "Eine Straßensperrung ist zu Ende. Die Fahrzeiten werden neu berechnet.",
    en: "A road closure has ended. Driving times are being computed anew.",
  };
}

function endTime(endsMs: number, nowMs: number, clock: (wallMs: number) => string): string {
  const hours = Math.round((endsMs - nowMs) / hourMs);
  return endsMs - nowMs < todayMs ? clock(endsMs) : `${clock(endsMs)} (in ${hours} h)`;
}
