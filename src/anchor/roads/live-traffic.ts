import * as v from "valibot";
import { profiles } from "../../roads/network/profile.ts";
import type { Position } from "../../roads/plane.ts";
import { type LiveMinutes, noWayMinTenths } from "../../roads/roads.ts";
import type { TrafficConfig } from "../config.ts";

/** Whoever waits for an answer longer has long had the table's. */
export const answerWithinMs = 300;
/** An answer is used for so long; then the table speaks until another is here. */
const freshMs = 60_000;
/** It is asked for again before that: minutes do not come and go between two sources while all is well. */
const askAgainMs = 45_000;
/** After a failure the service is left alone. */
const againAfterMs = 5_000;
const answerBytesMax = 1_048_576;
const askingMax = 4;
const keptMax = 512;
/** No road vehicle goes from door to door faster along the straight line; what says so has mixed something up. */
const straightKmhMax = 200;
/** Both ends may lie so far beside the road together: a service counts from the road. */
const besideRoadKm = 2;
const secondsMax = 86_400;

export type TrafficPorts = {
  readonly config: TrafficConfig;
  /** In the order of every answer. */
  readonly hospitals: readonly (Position & { readonly id: string })[];
  readonly monoMs: () => number;
  /** After so long an answer is given up: {@link answerWithinMs}, where it is not for a test of something else. */
  readonly withinMs: number;
  /** The minutes from some position are others now. */
  readonly changed: () => void;
  readonly note: (code: string, about: string) => void;
};

type Kept = { readonly minTenths: Uint16Array; readonly askedMonoMs: number };

/**
 * Minutes in the traffic of now, from a service that speaks as OSRM's `table` or Valhalla's `sources_to_targets`. It is
 * asked beside everything else: an advice takes what is here, whole and fresh, or the table's row, and never waits.
 */
export class LiveTraffic implements LiveMinutes {
  readonly #ports: TrafficPorts;
  readonly #kept = new Map<string, Kept>();
  /** Positions of which an answer is under way. */
  readonly #asking = new Set<string>();
  #notBeforeMs = 0;
  #failing = false;
  /** Hospitals to which the service has once known no way: said once. */
  readonly #noWay = new Set<string>();
  #stopped = false;

  constructor(ports: TrafficPorts) {
    this.#ports = ports;
  }

  rowFrom(position: Position, minTenths: Uint16Array): boolean {
    const key = `${position.latE3},${position.lonE3}`;
    const kept = this.#kept.get(key);
    const ageMs = kept === undefined ? freshMs : this.#ports.monoMs() - kept.askedMonoMs;
    if (ageMs >= askAgainMs) void this.#ask(key, position);
    if (kept === undefined || ageMs >= freshMs) return false;
    minTenths.set(kept.minTenths);
    return true;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #ask(key: string, position: Position): Promise<void> {
    const now = this.#ports.monoMs();
    const isBusy = this.#asking.has(key) || this.#asking.size >= askingMax;
    if (this.#stopped || isBusy || now < this.#notBeforeMs) return;
    this.#asking.add(key);
    const answer = await this.#fetch(position);
    this.#asking.delete(key);
    if (this.#stopped) return;
    if (typeof answer === "string") return this.#failed(answer);
    if (this.#failing) this.#ports.note("traffic-answers-again", "");
    this.#failing = false;
    this.#keep(key, { minTenths: answer, askedMonoMs: now });
    this.#ports.changed();
  }

  #failed(why: string): void {
    this.#notBeforeMs = this.#ports.monoMs() + againAfterMs;
    if (!this.#failing) this.#ports.note("traffic-not-used", why);
    this.#failing = true;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= keptMax) break;
      this.#kept.delete(oldest);
    }
  }

  /** A whole row, or why there is none. */
  async #fetch(position: Position): Promise<Uint16Array | string> {
    const { config, hospitals } = this.#ports;
    const { url, init } =
      config.kind === "osrm"
        ? osrmQuery(config, position, hospitals)
        : valhallaQuery(config, position, hospitals);
    try {
      const response = await fetch(url, {
        ...init,
        redirect: "error",
        signal: AbortSignal.timeout(this.#ports.withinMs),
      });
      if (!response.ok) return `it answers ${response.status}`;
      const seconds = secondsOf(config.kind, JSON.parse(await textOf(response)));
      return typeof seconds === "string" ? seconds : this.#rowOf(position, seconds);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #rowOf(position: Position, seconds: readonly (number | null)[]): Uint16Array | string {
    const { hospitals, config } = this.#ports;
    if (seconds.length !== hospitals.length)
      return `it names ${seconds.length} of ${hospitals.length} hospitals`;
    const row = new Uint16Array(hospitals.length);
    for (const [i, hospital] of hospitals.entries()) {
      const s = seconds[i] ?? null;
      if (s === null) {
        row[i] = noWayMinTenths;
        continue;
      }
      const leastKm = Math.max(0, straightKmBetween(position, hospital) - besideRoadKm);
      if (s > secondsMax || s < (leastKm * 3_600) / straightKmhMax) return "its times cannot be";
      const tenths = Math.floor((s * profiles[config.profile].timeE3) / 6_000 + 0.5);
      row[i] = Math.min(tenths, noWayMinTenths - 1);
    }
    const noWay = hospitals.filter((_, i) => row[i] === noWayMinTenths).map(({ id }) => id);
    if (noWay.length === hospitals.length) return "it knows no way to any hospital";
    this.#noteNoWay(noWay);
    return row;
  }

  #noteNoWay(hospitals: readonly string[]): void {
    const fresh = hospitals.filter((id) => !this.#noWay.has(id));
    for (const id of fresh) this.#noWay.add(id);
    if (fresh.length > 0) this.#ports.note("traffic-knows-no-way", fresh.join(", "));
  }
}

type Query = { readonly url: string; readonly init: RequestInit };

function osrmQuery({ url }: TrafficConfig, position: Position, hospitals: readonly Position[]): Query {
  const points = [position, ...hospitals].map(({ latE3, lonE3 }) => `${lonE3 / 1_000},${latE3 / 1_000}`);
  const targets = hospitals.map((_, i) => i + 1).join(";");
  const path = `/table/v1/driving/${points.join(";")}?sources=0&destinations=${targets}&annotations=duration`;
  return { url: base(url) + path, init: {} };
}

function valhallaQuery({ url }: TrafficConfig, position: Position, hospitals: readonly Position[]): Query {
  const place = ({ latE3, lonE3 }: Position) => ({ lat: latE3 / 1_000, lon: lonE3 / 1_000 });
  const body = { sources: [place(position)], targets: hospitals.map(place), costing: "auto", verbose: true };
  const headers = { "content-type": "application/json" };
  return {
    url: `${base(url)}/sources_to_targets`,
    init: { method: "POST", headers, body: JSON.stringify(body) },
  };
}

function base(url: string): string {
  return url.replace(/\/+$/, "");
}

const seconds = v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0)));
const osrmSchema = v.object({ code: v.literal("Ok"), durations: v.tuple([v.array(seconds)]) });
const valhallaSchema = v.object({ sources_to_targets: v.tuple([v.array(v.object({ time: seconds }))]) });

function secondsOf(kind: TrafficConfig["kind"], answer: unknown): readonly (number | null)[] | string {
  if (kind === "osrm") {
    const parsed = v.safeParse(osrmSchema, answer);
    return parsed.success ? parsed.output.durations[0] : "it does not answer as OSRM's table does";
  }
  const parsed = v.safeParse(valhallaSchema, answer);
  if (!parsed.success) return "it does not answer as Valhalla's sources_to_targets does";
  return parsed.output.sources_to_targets[0].map(({ time }) => time);
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  let text = "";
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) throw new Error(`it answers with more than ${answerBytesMax} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Good to a few per cent: more is not asked of it. */
function straightKmBetween(a: Position, b: Position): number {
  const north = (a.latE3 - b.latE3) * 0.1112;
  const east = (a.lonE3 - b.lonE3) * 0.1112 * Math.cos((a.latE3 / 1_000) * (Math.PI / 180));
  return Math.sqrt(north * north + east * east);
}
