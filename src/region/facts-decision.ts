import * as v from "valibot";
import { isLogId, isName, type LogId, type Name } from "../basics/name.ts";
import {
  cell,
  choice,
  type Field,
  factRef,
  factRefs,
  field,
  flag,
  hash,
  isFactRef,
  maybe,
  moment,
  printable,
  site,
  whole,
  withRefusal,
} from "./fields.ts";
import { defineKind } from "./kind.ts";
import { needs } from "./region-data.ts";
import type { Choices, Words } from "./words.ts";

/*
 * What a person acted on: the advice as it stood on their board, and everything that it was made from and that no other
 * fact says. Its device writes it by itself, in one commit with the act, as the entry right behind it (site/decisions/).
 */

const sayers = ["control-centre", "ambulance"] as const;

/** Members of one list or object; a longer one comes as several. */
export const membersMax = 250;
/** The first lines, and the nearest hospital that can stabilise. */
export const decidedLinesMax = 6;
const listsMax = 16;
/** A day: what is longer is a wrong clock. */
export const aloftMinMax = 1_440;
const textMax = 1_000;

/** Where the minutes of an advice come from, as `MinutesSource` in roads/ has it. */
export const minutesSources = {
  traffic: { de: "Verkehrslage", en: "present traffic" },
  table: { de: "Straßentabelle", en: "road table" },
  estimate: { de: "Schätzung", en: "estimate" },
} as const satisfies Choices;

/** How a hospital counted. Who was late counts as heard. */
export const takenContacts = {
  heard: { de: "gehört", en: "heard" },
  silent: { de: "schweigt", en: "silent" },
  "not-yet-heard": { de: "noch nicht gehört", en: "not yet heard" },
  "cut-off": { de: "unsere Verbindung fehlt", en: "our connection is lost" },
} as const satisfies Choices;
export type TakenContact = keyof typeof takenContacts;

const contactSchema = v.picklist(Object.keys(takenContacts) as TakenContact[]);
const wholeSchema = v.pipe(v.number(), v.safeInteger());
const nameSchema = v.custom<Name>((value) => typeof value === "string" && isName(value));
const logSchema = v.custom<LogId>((value) => typeof value === "string" && isLogId(value));
const textSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(textMax));

const lineSchema = v.object({
  hospital: nameSchema,
  driveMinTenths: wholeSchema,
  totalMinTenths: wholeSchema,
  text: v.object({ de: textSchema, en: textSchema }),
});
export type DecidedLine = v.InferOutput<typeof lineSchema>;

const heardSchema = v.object({
  others: contactSchema,
  othersSinceMs: v.nullable(wholeSchema),
  except: v.pipe(
    v.array(v.record(nameSchema, v.tuple([contactSchema, v.nullable(wholeSchema)]))),
    v.maxLength(listsMax),
  ),
});
export type TakenContacts = v.InferOutput<typeof heardSchema>;

const takenSchema = v.union([
  v.strictTuple([logSchema, wholeSchema, wholeSchema]),
  v.strictTuple([logSchema, wholeSchema, wholeSchema, wholeSchema]),
]);
export type TakenReport = v.InferOutput<typeof takenSchema>;

const timesSchema = v.pipe(v.array(wholeSchema), v.maxLength(membersMax));
/** When whom others had been assigned to by force. */
export type TakenAssigned = { [hospital: Name]: number[] };

const knownSchema = v.object({
  base: v.nullable(v.custom<readonly [LogId, number]>(isFactRef)),
  changed: v.pipe(v.record(logSchema, v.pipe(wholeSchema, v.minValue(0))), v.maxEntries(membersMax)),
});
export type KnownPart = v.InferOutput<typeof knownSchema>;

type Of<T> = Field<T, false>;

function lines(max: number, doc: Words): Of<DecidedLine[]> {
  return field(
    v.pipe(v.array(lineSchema), v.maxLength(max)),
    {
      de: `bis zu ${max} × \`{hospital, driveMinTenths, totalMinTenths, text: {de, en}}\``,
      en: `up to ${max} × \`{hospital, driveMinTenths, totalMinTenths, text: {de, en}}\``,
    },
    doc,
  );
}

function known(doc: Words): Of<KnownPart> {
  const shape = "`{base: [log, index] | null, changed: {log: size}}`";
  return field(knownSchema, { de: shape, en: shape }, doc);
}

function mission(): Of<readonly [string, number]> {
  return factRef({ de: "Der Einsatz: sein `mission.opened`.", en: "The mission: its `mission.opened`." });
}

const partsMax = 64;

export const decisionMade = defineKind(
  "decision.made/1",
  sayers,
  {
    de: "Der Rat, der auf der Tafel stand, als jemand danach handelte, und woraus er gemacht war. Steht gleich hinter der Handlung, im selben Commit; das Gerät schreibt es selbst.",
    en: "The advice that stood on the board when somebody acted on it, and what it was made from. It stands right behind the act, in the same commit; the device writes it by itself.",
  },
  {
    mission: mission(),
    hospital: site("hospital", { de: "Das gewählte Krankenhaus.", en: "The hospital that was chosen." }),
    need: withRefusal(
      choice(needs, { de: "Was der Patient braucht.", en: "What the patient needs." }),
      "unknown-need",
    ),
    cell: cell({ de: "Der Ort, von dem gerechnet wurde.", en: "The place from which it was reckoned." }),
    aloftMin: maybe(
      whole(1, aloftMinMax, {
        de: "Im Hubschrauber: Minuten vom Einladen bis zu diesem Ort; fehlt: keine.",
        en: "By helicopter: minutes from boarding to this place; left out: none.",
      }),
    ),
    besides: maybe(
      site("hospital", {
        de: "Wohin die Besatzung schon fuhr: ohne eigene Zeile.",
        en: "Where the crew drove already: it has no line of its own.",
      }),
    ),
    expected: maybe(
      field(
        v.pipe(v.record(nameSchema, wholeSchema), v.maxEntries(membersMax)),
        { de: "`{Krankenhaus: Zahl}`", en: "`{hospital: count}`" },
        {
          de: "Patienten derselben Einsatzstelle ohne Ziel, die dort mitgezählt waren.",
          en: "Patients of the same scene without a destination who were counted there.",
        },
      ),
    ),
    lines: lines(decidedLinesMax, {
      de: "Die Zeilen, wie sie zu lesen waren; der Rat macht sie, niemand tippt sie.",
      en: "The lines as they were to be read; advice makes them, nobody types them.",
    }),
    named: maybe(
      lines(1, {
        de: "Die Zeile eines Hauses, nach dem mit Namen gefragt war.",
        en: "The line of a hospital that was asked about by name.",
      }),
    ),
    forced: flag({ de: "Die Zeilen sind Zwangsbelegungen.", en: "The lines are forced assignments." }),
    policy: printable(
      { de: "1 bis 255 Zeichen", en: "1 to 255 characters" },
      { de: "Version der Regeln.", en: "Version of the policy." },
    ),
    data: hash({
      de: "SHA-256 über alles, was der Rat aus den Dateien der Region liest, und die Minuten von Haus zu Haus.",
      en: "SHA-256 over all that advice reads of the region's files, and the minutes between hospitals.",
    }),
    source: choice(minutesSources, { de: "Woher die Minuten kommen.", en: "Where the minutes come from." }),
    hasTable: flag({ de: "Eine Straßentabelle war geladen.", en: "A road table was loaded." }),
    hasTraffic: flag({ de: "Ein Verkehrsdienst war eingerichtet.", en: "A traffic service was set up." }),
    minutes: field(
      v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/), v.maxLength(8_192)),
      { de: "Base64 von u16 (big-endian)", en: "base64 of u16, big-endian" },
      {
        de: "Zehntelminuten zu jedem Krankenhaus der Region, nach Kennung geordnet.",
        en: "Tenths of a minute to each hospital of the region, in the order of their ids.",
      },
    ),
    closed: maybe(
      factRefs(membersMax, {
        de: "Die Sperrungen (`road.closed`), um die Straßentabelle und Minuten von Haus zu Haus führten; fehlt: keine (in älteren Einträgen auch, wo welche galten).",
        en: "The closures (`road.closed`) that the road table and the minutes between hospitals went round; left out: none (in older entries also where there were some).",
      }),
    ),
    shownMs: moment({
      de: "Der letzte Augenblick, in dem dieser Rat so galt, nach der Uhr dieses Geräts.",
      en: "The last moment at which this advice held as it was shown, by this device's clock.",
    }),
    openRunsOutMs: whole(1, 9_999_999_999, {
      de: "Nach wie vielen ms ein *offen* von selbst endete.",
      en: "After how many ms an *open* ended by itself.",
    }),
    voiceRunsOutMs: whole(1, 9_999_999_999, {
      de: "Dasselbe für eine mündliche Meldung.",
      en: "The same of a voice report.",
    }),
    contact: field(
      heardSchema,
      {
        de: "`{others, othersSinceMs, except: [{Krankenhaus: [Stand, seit]}]}`",
        en: "`{others, othersSinceMs, except: [{hospital: [contact, since]}]}`",
      },
      { de: "Wer gehört wurde und wer schwieg.", en: "Who was heard and who was silent." },
    ),
    taken: field(
      v.pipe(v.array(v.pipe(v.array(takenSchema), v.maxLength(membersMax))), v.maxLength(listsMax)),
      { de: "`[[log, index, seit, Ende?]]`", en: "`[[log, index, since, end?]]`" },
      {
        de: "Meldungen, die nicht als zu ihrem `at` gesagt zählten: verstellte Uhr, oder früher hier gespeichert.",
        en: "Reports that did not count as said at their `at`: a clock that is off, or stored here earlier.",
      },
    ),
    declined: field(
      v.pipe(v.record(nameSchema, wholeSchema), v.maxEntries(membersMax)),
      { de: "`{Krankenhaus: wann}`", en: "`{hospital: when}`" },
      { de: "Wer zuletzt einen solchen Patienten abgelehnt hat.", en: "Who last declined such a patient." },
    ),
    assigned: maybe(
      field(
        v.pipe(v.record(nameSchema, timesSchema), v.maxEntries(membersMax)),
        { de: "`{Krankenhaus: [wann]}`", en: "`{hospital: [when]}`" },
        {
          de: "Bei Zwangsbelegungen: wem wann schon andere Patienten so zugewiesen waren, soweit das zählte.",
          en: "Of forced assignments: to whom others had been assigned so, and when, as far as that counted.",
        },
      ),
    ),
    known: known({
      de: "Was bekannt war: Größe jedes Protokolls, das sich seit dem Eintrag `base` desselben Protokolls geändert hat; ohne `base` jedes.",
      en: "What was known: the size of each log that changed since the entry `base` of the same log; without `base` of every log.",
    }),
    parts: whole(0, partsMax, {
      de: "So viele `decision.known/1` folgen und gehören dazu.",
      en: "So many `decision.known/1` follow and belong to it.",
    }),
  },
);

export const decisionKnown = defineKind(
  "decision.known/1",
  sayers,
  {
    de: "Was bei einer Entscheidung sonst noch bekannt war: setzt `known` des `decision.made/1` davor fort.",
    en: "What else was known at a decision: goes on with `known` of the `decision.made/1` before it.",
  },
  {
    mission: mission(),
    part: whole(1, partsMax, { de: "Der wievielte Teil.", en: "Which part it is." }),
    known: known({ de: "Weitere Größen.", en: "More sizes." }),
  },
);

export const decisionKinds = [decisionMade, decisionKnown] as const;

/** Facts that a device writes of what a person did at its board: nobody posts them. */
export function isRecordOfDecision(kind: string): boolean {
  return decisionKinds.some((one) => one.kind === kind);
}
