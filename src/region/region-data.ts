import * as v from "valibot";
import { present } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { basis, certaintySchema, id, position, text, whole, words } from "./data-fields.ts";
import { phoneLinesMax } from "./desk-choices.ts";
import { modifierSchema, needId, needSchema, pzcSchema } from "./needs-data.ts";
import { type CapabilityId, capabilities, capabilityIds, type NeedId, needIds, needs } from "./vocabulary.ts";

export { type CapabilityId, capabilities, capabilityIds, type NeedId, needIds, needs };

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "is not a day like 2022-12-31"));
/** A day, a month or a year: as exactly as the source dates itself. */
const date = v.pipe(v.string(), v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "is not a date like 2022-12"));
const ags = v.pipe(v.string(), v.regex(/^\d{8}$/, "is not an official key of 8 digits"));
/** A point of a line as `[latE3, lonE3]`; parsed into an object. */
const point = v.pipe(
  v.tuple([position.latE3, position.lonE3], "is not [latE3, lonE3]"),
  v.transform(([latE3, lonE3]) => ({ latE3, lonE3 })),
);

const sourceSchema = v.strictObject({
  id,
  title: text,
  /** A URL, or the site and article number by which it was found. */
  address: v.nullable(text),
  /** What the source says of its own age; null where it says nothing. */
  date: v.nullable(date),
  /** Terms of use that ask for something; null where facts alone are taken over. */
  terms: v.nullable(text),
});

const controlCentreSchema = v.strictObject({
  id,
  name: text,
  town: text,
  ...position,
  ...basis,
  /** On which its hospitals can be called where no telephone answers. Real ones are not public. */
  radioGroup: v.optional(
    v.pipe(v.string(), v.regex(/^Übung \d{1,3}$/, "is not an invented group like Übung 1")),
  ),
});

const regionSchema = v.strictObject({
  id,
  name: text,
  timeZone: text,
  /** Metres that 0.001 degree stands for on the region's flat map. */
  projection: v.strictObject({ metresPerLatE3: whole(1, 112), metresPerLonE3: whole(1, 112), ...basis }),
  /** Thousandths by which the region's own drives take longer than the estimate's formula: `holdfast roads fit`. */
  driveFactor: v.exactOptional(v.strictObject({ valueE3: whole(500, 2_000), ...basis })),
  box: v.strictObject({
    southLatE3: position.latE3,
    westLonE3: position.lonE3,
    northLatE3: position.latE3,
    eastLonE3: position.lonE3,
  }),
  controlCentres: v.pipe(v.array(controlCentreSchema), v.minLength(1, "is empty")),
  /** By which plan patients are spread where there are too many for advice one by one. */
  massCasualty: v.strictObject({ plan: words, ...basis }),
  attribution: words,
  sources: v.array(sourceSchema),
});

/** `[value, certainty, source, valid from]`; parsed into an object. */
const capabilitySchema = v.pipe(
  v.tuple(
    [v.picklist(["yes", "no", "unknown"]), certaintySchema, id, day],
    "is not [value, certainty, source, day]",
  ),
  v.check(
    ([value, certainty]) => (value === "unknown") === (certainty === "D"),
    "must be unknown exactly if D",
  ),
  v.transform(([value, certainty, source, validFrom]) => ({ value, certainty, source, validFrom })),
);

const phone = v.pipe(
  v.string(),
  v.regex(/^0221 4710 \d{3}$/, "is not from 0221 4710 000–999, reserved for fiction"),
);

const hospitalSchema = v.strictObject({
  id,
  name: text,
  /** As it is said on the radio: short, no abbreviations, unlike every other. */
  spokenName: v.pipe(
    v.string(),
    v.regex(/^\p{L}[\p{L} -]{2,27}$/u, "is not 3 to 28 letters, spaces, hyphens"),
  ),
  town: text,
  /** Municipality. */
  ags,
  ...position,
  positionSource: id,
  /** G-BA: 0 none, 1 basic, 2 extended, 3 comprehensive. */
  emergencyLevel: whole(0, 3),
  /** A place where a helicopter lands for this hospital; left out: not known. */
  landingPlace: v.optional(capabilitySchema),
  beds: whole(1, 3_000),
  homeCentre: id,
  phone,
  /** Further numbers, in the order in which they are tried when nobody answers on the first. */
  morePhones: v.optional(v.pipe(v.array(phone), v.maxLength(phoneLinesMax - 1))),
  capabilities: v.strictObject(
    // fromEntries forgets the keys; they are those of the list it was given.
    Object.fromEntries(capabilityIds.map((name) => [name, capabilitySchema])) as Readonly<
      Record<CapabilityId, typeof capabilitySchema>
    >,
  ),
});

const municipalitySchema = v.strictObject({
  ags,
  name: text,
  people: whole(1, 10_000_000),
  ...position,
  ...basis,
});
const bridgeSchema = v.strictObject({ id, name: text, ...position, ...basis });
const line = v.pipe(v.array(point), v.minLength(2, "has fewer than 2 points"));
const riverSchema = v.strictObject({ id, name: text, ...basis, points: line });
const motorwaySchema = v.strictObject({ id, name: text, ...basis, points: line });
const share = whole(0, 10_000);
const urgencies = v.pipe(
  v.tuple([share, share, share]),
  v.check((shares) => total(shares) === 10_000, "does not add up to 10000"),
);
const missionClassSchema = v.strictObject({
  need: needId,
  shareE4: share,
  /** Shares of urgency 1 (life in danger), 2, 3. */
  urgencyE4: urgencies,
  onSceneMin: whole(1, 240),
  ...basis,
});
const durationSchema = v.strictObject({ medianS: whole(1, 86_400), ...basis });

const missionsSchema = v.strictObject({
  ratePerThousandYear: v.strictObject({
    value: whole(1, 1_000),
    low: whole(1, 1_000),
    high: whole(1, 1_000),
    ...basis,
  }),
  transportedE4: v.strictObject({ value: share, ...basis }),
  withDoctorE4: v.strictObject({ value: share, ...basis }),
  classes: v.pipe(
    v.array(missionClassSchema),
    v.check(
      (classes) => total(classes.map((row) => row.shareE4)) === 10_000,
      "shares do not add up to 10000",
    ),
  ),
  hourlyE4: v.strictObject({
    /** Share of the day's missions in each hour, from 0 to 23, local time. */
    shares: v.pipe(
      v.array(share),
      v.length(24, "has not 24 hours"),
      v.check((shares) => total(shares) === 10_000, "does not add up to 10000"),
    ),
    ...basis,
  }),
  callToAlarm: durationSchema,
  turnout: durationSchema,
  driveToScene: durationSchema,
  handover: durationSchema,
  readyAgain: durationSchema,
});

const policyMinutes = v.strictObject({
  value: whole(0, 1_440),
  unit: v.literal("min"),
  meaning: words,
  ...basis,
});
const policyPercent = v.strictObject({
  value: whole(0, 100),
  unit: v.literal("percent"),
  meaning: words,
  ...basis,
});
const policySpeed = v.strictObject({
  ...policyMinutes.entries,
  value: whole(100, 400),
  unit: v.literal("km/h"),
});
const policySeconds = v.strictObject({
  ...policyMinutes.entries,
  value: whole(0, 600),
  unit: v.literal("s"),
});
const policyCount = v.strictObject({
  ...policyMinutes.entries,
  value: whole(0, 10),
  unit: v.literal("count"),
});
/**
 * What advice weighs by (see `Policy` in advice/), after which time a word runs out, when a silence sounds, when
 * a mission on its way is proposed to turn, how long a hospital has to answer. Each region sets its own.
 */
const policySchema = v.strictObject({
  /** Every advice names it: a new one with every change. */
  version: id,
  turnedAwayLossMin: policyMinutes,
  noNextMin: policyMinutes,
  freshMin: policyMinutes,
  freshPercent: policyPercent,
  olderPercent: policyPercent,
  limitedPercent: policyPercent,
  fullPercent: policyPercent,
  unconfirmedPercent: policyPercent,
  unknownPercent: policyPercent,
  silentShortMin: policyMinutes,
  silentShortPercent: policyPercent,
  silentLongPercent: policyPercent,
  declinedWithinMin: policyMinutes,
  declinedPercent: policyPercent,
  missingPreferredMin: policyMinutes,
  waitPerPatientMin: policyMinutes,
  forcedEqualMin: policyMinutes,
  forcedCountedMin: policyMinutes,
  flightKmh: policySpeed,
  flightExtraMin: policyMinutes,
  openRunsOutMin: policyMinutes,
  voiceRunsOutMin: policyMinutes,
  silentSoundsAfterS: policySeconds,
  resteerMinGainMin: policyMinutes,
  resteerCostMin: policyMinutes,
  resteerPauseMin: policyMinutes,
  resteerPositionMaxS: policySeconds,
  resteerProposalsMax: policyCount,
  answerUrgency1S: policySeconds,
  answerUrgency2S: policySeconds,
  answerUrgency3S: policySeconds,
  deliverWithinS: policySeconds,
});

const regionDataSchema = v.strictObject({
  region: regionSchema,
  hospitals: v.pipe(v.array(hospitalSchema), v.minLength(1, "is empty")),
  municipalities: v.array(municipalitySchema),
  waters: v.strictObject({ rivers: v.array(riverSchema), bridges: v.array(bridgeSchema) }),
  roads: v.strictObject({ motorways: v.array(motorwaySchema) }),
  needs: v.pipe(v.array(needSchema), v.minLength(1, "is empty")),
  modifiers: v.array(modifierSchema),
  pzc: pzcSchema,
  missions: missionsSchema,
  policy: policySchema,
});

/** A region as data, all references resolved. Read-only: it comes from files and is never changed. */
export type RegionData = v.InferOutput<typeof regionDataSchema>;
export type Hospital = RegionData["hospitals"][number];
export type Municipality = RegionData["municipalities"][number];
export type Need = RegionData["needs"][number];

/** The files of a region, by member of {@link RegionData}: `regions/<id>/<member>.json`. */
export const regionFiles = Object.keys(regionDataSchema.entries) as readonly (keyof RegionData)[];

/**
 * Checks the parsed JSON files of one region, one member a file (see {@link regionFiles}). Errors are sentences
 * that name file, row and field, all of them at once: an operator edits these files by hand.
 */
export function parseRegionData(files: unknown): Result<RegionData, readonly string[]> {
  const parsed = v.safeParse(regionDataSchema, files);
  if (!parsed.success) return err(parsed.issues.map(sentence));
  const faults = referenceFaults(parsed.output);
  return faults.length === 0 ? ok(parsed.output) : err(faults);
}

function sentence(issue: v.BaseIssue<unknown>): string {
  return `${placeOf(issue.path ?? [])}: ${issue.message}.`;
}

type Step = { readonly key: unknown; readonly value: unknown };

/** Where the row carries an id, an operator finds it by that: `hospitals.json, row ukd, field beds`. */
function placeOf(path: readonly Step[]): string {
  const [file, ...steps] = path;
  if (file === undefined) return "The region's files";
  const row = steps.findLastIndex((step) => rowName(step.value) !== null);
  const field = steps.slice(row + 1).map((step) => String(step.key));
  const parts = [`${String(file.key)}.json`];
  if (row >= 0) parts.push(`row ${rowName(steps[row]?.value)}`);
  if (field.length > 0) parts.push(`field ${field.join(".")}`);
  return parts.join(", ");
}

function rowName(row: unknown): string | null {
  if (typeof row !== "object" || row === null) return null;
  const name = "id" in row ? row.id : "ags" in row ? row.ags : undefined;
  return typeof name === "string" ? name : null;
}

type Fault = string;

function referenceFaults(data: RegionData): readonly Fault[] {
  const { region, hospitals, municipalities, waters, roads } = data;
  return [
    ...repeated("region.json, sources", idsOf(region.sources)),
    ...repeated("region.json, controlCentres", idsOf(region.controlCentres)),
    ...repeated("hospitals.json", idsOf(hospitals)),
    ...repeated(
      "hospitals.json, spokenName",
      hospitals.map((row) => row.spokenName.toLowerCase()),
    ),
    ...repeated(
      "hospitals.json, phone",
      hospitals.flatMap((row) => [row.phone, ...(row.morePhones ?? [])]),
    ),
    ...repeated(
      "municipalities.json",
      municipalities.map((row) => row.ags),
    ),
    ...repeated("waters.json, rivers", idsOf(waters.rivers)),
    ...repeated("waters.json, bridges", idsOf(waters.bridges)),
    ...repeated("roads.json", idsOf(roads.motorways)),
    ...repeated("needs.json", idsOf(data.needs)),
    ...repeated("modifiers.json", idsOf(data.modifiers)),
    ...repeated(
      "pzc.json",
      data.pzc.rows.flatMap(({ codes }) => codes),
    ),
    ...repeated(
      "missions.json, classes",
      data.missions.classes.map((row) => row.need),
    ),
    ...homeFaults(data),
    ...needFaults(data),
    ...policyFaults(data),
    ...sourceFaults(data),
    ...boxFaults(data),
  ];
}

function idsOf(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map((row) => row.id);
}

function repeated(where: string, names: readonly string[]): readonly Fault[] {
  const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return [...twice].map((name) => `${where}: ${name} is there twice.`);
}

function homeFaults({ region, hospitals }: RegionData): readonly Fault[] {
  const centres = new Set(idsOf(region.controlCentres));
  return hospitals
    .filter((row) => !centres.has(row.homeCentre))
    .map((row) => `hospitals.json, row ${row.id}, field homeCentre: no control centre ${row.homeCentre}.`);
}

function needFaults({ needs: listed }: RegionData): readonly Fault[] {
  const known = new Set(idsOf(listed));
  return needIds.filter((need) => !known.has(need)).map((need) => `needs.json: ${need} is missing.`);
}

/** A word that admits patients never weighs more than a doubt, nor a short silence more than a long one. */
function policyFaults({ policy }: RegionData): readonly Fault[] {
  const rising = [
    ["freshPercent", "olderPercent"],
    ["olderPercent", "limitedPercent"],
    ["olderPercent", "unconfirmedPercent"],
    ["olderPercent", "unknownPercent"],
    ["olderPercent", "fullPercent"],
    ["silentShortPercent", "silentLongPercent"],
  ] as const;
  return rising
    .filter(([less, more]) => policy[less].value > policy[more].value)
    .map(([less, more]) => `policy.json, field ${less}: is more than ${more}.`);
}

/** Every member named `source` or `positionSource`, wherever it stands, must be the id of a source. */
function sourceFaults(data: RegionData): readonly Fault[] {
  const known = new Set(idsOf(data.region.sources));
  return regionFiles.flatMap((file) => unknownSources(known, [{ key: file, value: data[file] }]));
}

function unknownSources(known: ReadonlySet<string>, path: readonly Step[]): readonly Fault[] {
  const { key, value } = present(path.at(-1), "a path has a step");
  const isSource = key === "source" || key === "positionSource";
  if (isSource && typeof value === "string") {
    return known.has(value) ? [] : [`${placeOf(path)}: no source ${value} in region.json.`];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    unknownSources(known, [...path, { key: name, value: member }]),
  );
}

function boxFaults({ region, hospitals, municipalities }: RegionData): readonly Fault[] {
  const { southLatE3, westLonE3, northLatE3, eastLonE3 } = region.box;
  const outside = (row: { readonly latE3: number; readonly lonE3: number }) =>
    row.latE3 < southLatE3 || row.latE3 > northLatE3 || row.lonE3 < westLonE3 || row.lonE3 > eastLonE3;
  return [
    ...hospitals
      .filter(outside)
      .map((row) => `hospitals.json, row ${row.id}: lies outside the region's box.`),
    ...municipalities
      .filter(outside)
      .map((row) => `municipalities.json, row ${row.ags}: lies outside the region's box.`),
  ];
}

function total(shares: readonly number[]): number {
  return shares.reduce((sum, value) => sum + value, 0);
}

/** What the sources say that it has in principle, not now; *not known* is left out. */
export function presenceOf({ capabilities: found }: Hospital): {
  readonly [capability in CapabilityId]?: boolean;
} {
  const known = Object.entries(found).filter(([, { value }]) => value !== "unknown");
  return Object.fromEntries(known.map(([capability, { value }]) => [capability, value === "yes"]));
}
