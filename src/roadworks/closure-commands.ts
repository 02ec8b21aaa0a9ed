import { parseArgs } from "node:util";
import { systemClock } from "../anchor/clock.ts";
import type { Errand } from "../anchor/errand.ts";
import { atStore } from "../anchor/store-commands.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { hourMs } from "../basics/time.ts";
import { closureMsMax } from "../region/closures-view.ts";
import { closureReasonIds } from "../region/desk-choices.ts";

const verbs = ["close", "open", "closed"] as const;
type ClosureVerb = (typeof verbs)[number];

export function isClosureVerb(verb: string | undefined): verb is ClosureVerb {
  return verbs.some((one) => one === verb);
}

/** Has the anchor in a folder say or list closures; what is printed, or a sentence why nothing was done. */
export async function runClosures(
  verb: ClosureVerb,
  args: readonly string[],
): Promise<Result<string, string>> {
  const text = { type: "string" } as const;
  const options = { lat: text, lon: text, radius: text, hours: text, reason: text, by: text };
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [dir, closed] = positionals;
  if (dir === undefined) return err("roads needs the folder of a running control centre.");
  const errand = errandOf(verb, values, closed);
  return errand.ok ? atStore(dir, errand.value) : errand;
}

type Values = {
  readonly [option in "lat" | "lon" | "radius" | "hours" | "reason" | "by"]?: string | undefined;
};

function errandOf(verb: ClosureVerb, values: Values, closed: string | undefined): Result<Errand, string> {
  if (verb === "closed") return ok({ verb: "closed-roads" });
  const { by } = values;
  if (by === undefined || !/^(dispatcher|shift-leader)#[0-9]{1,6}$/.test(by)) {
    return err("--by says who speaks, as dispatcher#3 or shift-leader#1 does.");
  }
  if (verb === "close") return closingOf(values, by);
  return closed === undefined
    ? err("Which closure? `roads closed DIR` lists them.")
    : ok({ verb: "open-road", by, closed });
}

function closingOf({ lat, lon, radius, hours, reason }: Values, by: string): Result<Errand, string> {
  const [latE3, lonE3] = [thousandths(lat, 90), thousandths(lon, 180)];
  if (latE3 === null || lonE3 === null) return err("--lat and --lon are degrees, as 51.227 and 6.773 are.");
  const radiusM = Number(radius);
  if (!Number.isInteger(radiusM) || radiusM < 10 || radiusM > 5_000)
    return err("--radius is whole metres, 10 to 5000.");
  const lastsMs = Number(hours) * hourMs;
  if (!(lastsMs > 0 && lastsMs <= closureMsMax))
    return err(`--hours is above 0 and at most ${closureMsMax / hourMs}: every closure ends by itself.`);
  const why = closureReasonIds.find((id) => id === reason);
  if (why === undefined) return err(`--reason is one of ${closureReasonIds.join(", ")}.`);
  const endsMs = Math.round(systemClock().wallMs + lastsMs);
  return ok({ verb: "close-road", by, latE3, lonE3, radiusM, reason: why, endsMs });
}

function thousandths(text: string | undefined, most: number): number | null {
  const degrees = Number(text);
  return text === undefined || !(Math.abs(degrees) <= most) ? null : Math.round(degrees * 1_000);
}
