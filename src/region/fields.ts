import * as v from "valibot";
import {
  type DeviceId,
  type FactRef,
  isDeviceId,
  isEpoch,
  isLogId,
  isName,
  type LogId,
  type Name,
} from "../basics/name.ts";
import { momentMsMax } from "../basics/time.ts";
import { type CaseId, isCaseId, sealedTextMax } from "../log/sealed.ts";
import type { SiteType } from "./choices.ts";
import { taskTopics } from "./desk-choices.ts";
import { isTaskId, type TaskId } from "./task.ts";
import type { Choices, Words } from "./words.ts";

/** Why a value is refused at the fact border, where the field has a word of its own for it. */
export type FieldRefusal = "unknown-capability" | "unknown-need";

/** One member of a fact's body. */
export type Field<T = unknown, Optional extends boolean = boolean> = {
  /** Checks a value; what an object in it has beyond the known members is kept and ignored. */
  readonly schema: v.GenericSchema<unknown, T>;
  /** The values it takes, for docs/facts.md. */
  readonly shape: Words;
  readonly doc: Words;
  readonly optional: Optional;
  /** A site of this type that the charter must name before we write such a fact ourselves. */
  readonly refersTo?: SiteType | "any-site";
  readonly refusal?: FieldRefusal;
};

export type Fields = { readonly [name: string]: Field };

type Required<T> = Field<T, false>;

/** Bound of `over`: more heads than this on one value would be a fault of its own. */
export const overMax = 32;
/** Missions that one contact fact may name. */
export const inboundMax = 64;

const hashPattern = /^[0-9a-f]{64}$/;
const printablePattern = /^[\x21-\x7e]{1,255}$/;

/** May be left out. */
export function maybe<T>(field: Required<T>): Field<T, true> {
  return { ...field, optional: true };
}

export function withRefusal<T>(field: Required<T>, refusal: FieldRefusal): Required<T> {
  return { ...field, refusal };
}

export function choice<C extends Choices>(choices: C, doc: Words): Required<keyof C & string> {
  return oneOf(keysOf(choices), doc);
}

/** One of the listed ids. */
function oneOf<const T extends string>(ids: readonly T[], doc: Words): Required<T> {
  const list = ids.map((id) => `\`${id}\``).join(", ");
  return field(v.picklist(ids), both(list), doc);
}

export function severalOf<C extends Choices>(choices: C, doc: Words): Required<(keyof C & string)[]> {
  const ids = keysOf(choices);
  const list = ids.map((id) => `\`${id}\``).join(", ");
  return field(v.pipe(v.array(v.picklist(ids)), v.minLength(1), v.maxLength(ids.length)), lists(list), doc);
}

/** A whole number, both bounds included. */
export function whole(min: number, max: number, doc: Words): Required<number> {
  const schema = v.custom<number>((value) => isWhole(value) && value >= min && value <= max);
  const shape = { de: `ganze Zahl, ${min} bis ${max}`, en: `whole number, ${min} to ${max}` };
  return field(schema, shape, doc);
}

/** UTC ms since 1970 by the writer's clock. */
export function moment(doc: Words): Required<number> {
  const schema = v.custom<number>((value) => isWhole(value) && value >= 0 && value <= momentMsMax);
  return field(schema, { de: "UTC-Millisekunden seit 1970", en: "UTC milliseconds since 1970" }, doc);
}

export function flag(doc: Words): Required<boolean> {
  return field(v.boolean(), { de: "ja oder nein", en: "true or false" }, doc);
}

/** A site of the region by its short name. */
export function site(refersTo: SiteType | "any-site", doc: Words): Required<Name> {
  const shape = { de: `Standort (\`${refersTo}\`)`, en: `site (\`${refersTo}\`)` };
  return { ...field(v.custom<Name>(isNameText), shape, doc), refersTo };
}

export function name(doc: Words): Required<Name> {
  return field(v.custom<Name>(isNameText), both("`[a-z0-9-]{1,32}`"), doc);
}

/** What a place is called in print. Never a person. */
export function placeName(doc: Words): Required<string> {
  const schema = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
  return field(schema, { de: "Text, 1 bis 100 Zeichen", en: "text, 1 to 100 characters" }, doc);
}

export function printable(shape: Words, doc: Words): Required<string> {
  return field(v.pipe(v.string(), v.regex(printablePattern)), shape, doc);
}

export function addresses(doc: Words): Required<string[]> {
  const schema = v.pipe(v.array(v.pipe(v.string(), v.regex(printablePattern))), v.maxLength(8));
  return field(schema, { de: "bis zu 8 Adressen", en: "up to 8 addresses" }, doc);
}

/** A device of the region, `<site>/<device>`. */
export function device(doc: Words): Required<DeviceId> {
  return field(v.custom<DeviceId>(isDeviceText), { de: "Gerät", en: "device" }, doc);
}

/** Devices of the region, `<site>/<device>`. */
export function someDevices(max: number, doc: Words): Required<DeviceId[]> {
  const schema = v.pipe(v.array(v.custom<DeviceId>(isDeviceText)), v.maxLength(max));
  return field(schema, { de: `bis zu ${max} Geräte`, en: `up to ${max} devices` }, doc);
}

/** A log of the region, `<site>/<device>/<epoch>`, or null where `orNull` says so. */
export function logOrNull(doc: Words): Required<LogId | null> {
  const schema = v.custom<LogId | null>((value) => value === null || isLogText(value));
  return field(schema, { de: "Protokoll oder null", en: "log or null" }, doc);
}

/** 32 bytes in lower-case hexadecimal. */
export function hash(doc: Words): Required<string> {
  return field(v.pipe(v.string(), v.regex(hashPattern)), { de: "64 Hexziffern", en: "64 hex digits" }, doc);
}

const sizeSchema = v.custom<number>((value) => isWhole(value) && value >= 0);
const rootSchema = v.pipe(v.string(), v.regex(hashPattern));
const epochSchema = v.custom<string>((value) => typeof value === "string" && isEpoch(value));
const previousSchema = v.nullable(v.object({ epoch: epochSchema, size: sizeSchema, root: rootSchema }));
const logEndSchema = v.object({ log: v.custom<LogId>(isLogText), size: sizeSchema, root: rootSchema });

export function size(doc: Words): Required<number> {
  return field(sizeSchema, { de: "Zahl der Einträge", en: "number of entries" }, doc);
}

/** The epoch before this one as far as it is known; null for a device's first log. */
export function previousEpoch(doc: Words): Required<{ epoch: string; size: number; root: string } | null> {
  return field(previousSchema, both("`{epoch, size, root}`, null"), doc);
}

/** A log up to a size. */
export function logEnd(doc: Words): Required<{ log: LogId; size: number; root: string }> {
  return field(logEndSchema, both("`{log, size, root}`"), doc);
}

export function factRef(doc: Words): Required<FactRef> {
  return field(v.custom<FactRef>(isFactRef), both("`[log, index]`"), doc);
}

export function factRefs(max: number, doc: Words): Required<readonly FactRef[]> {
  const shape = { de: `bis zu ${max} × \`[log, index]\``, en: `up to ${max} × \`[log, index]\`` };
  return field(
    v.custom<readonly FactRef[]>((value) => areFactRefs(value, max)),
    shape,
    doc,
  );
}

/** The reports that this one replaces or was made in knowledge of: every head its writer saw. */
export function over(): Required<readonly FactRef[]> {
  return factRefs(overMax, {
    de: "Alle geltenden Meldungen dazu, die beim Schreiben bekannt waren.",
    en: "Every report in force on this that was known when writing.",
  });
}

/** A task of a desk: what is to be done with which mission or hospital (see task.ts). */
export function task(): Required<TaskId> {
  const topics = keysOf(taskTopics).map((topic) => `\`${topic}\``);
  return field(
    v.custom<TaskId>((value) => typeof value === "string" && isTaskId(value)),
    {
      de: `\`<Thema>:<Einsatz>\` oder \`<Thema>:<Krankenhaus>\`; Thema: ${topics.join(", ")}`,
      en: `\`<topic>:<mission>\` or \`<topic>:<hospital>\`; topic: ${topics.join(", ")}`,
    },
    { de: "Die Aufgabe.", en: "The task." },
  );
}

/** A case: the site that it belongs to and the hash of its key (log/sealed.ts). */
export function caseId(doc: Words): Required<CaseId> {
  const schema = v.custom<CaseId>((value) => typeof value === "string" && isCaseId(value));
  const shape = { de: "`<Standort>/<64 Hexziffern>`", en: "`<site>/<64 hex digits>`" };
  return field(schema, shape, doc);
}

/** A body that only who has the case's key can read: base64 of nonce, ciphertext and tag. */
export function sealed(): Required<string> {
  const schema = v.pipe(v.string(), v.maxLength(sealedTextMax), v.regex(/^[A-Za-z0-9+/]{40,}={0,2}$/));
  return field(
    schema,
    { de: "Base64, versiegelt (AES-256-GCM)", en: "base64, sealed (AES-256-GCM)" },
    {
      de: "Was von einem Menschen gesagt wird, lesbar nur mit dem Schlüssel des Falls.",
      en: "What is said of a person, readable only with the key of the case.",
    },
  );
}

/** A recipient of the program age (X25519). */
export function ageRecipient(doc: Words): Required<string> {
  const schema = v.pipe(v.string(), v.regex(/^age1[02-9ac-hj-np-z]{58}$/));
  return field(schema, { de: "Empfänger von age (X25519)", en: "age recipient (X25519)" }, doc);
}

/** A cell of the 0.01° grid (see cell.ts). */
export type Cell = { readonly latE2: number; readonly lonE2: number };

export function cell(doc: Words): Required<Cell> {
  const schema = v.custom<Cell>(isCell);
  return field(
    schema,
    { de: "`{latE2, lonE2}`, Feld von rund 1 km", en: "`{latE2, lonE2}`, about 1 km" },
    doc,
  );
}

export function isFactRef(value: unknown): value is FactRef {
  return Array.isArray(value) && value.length === 2 && isLogText(value[0]) && isIndex(value[1]);
}

function areFactRefs(value: unknown, max: number): boolean {
  return Array.isArray(value) && value.length <= max && value.every(isFactRef);
}

// TypeScript types the keys of any object as strings; a choice list is a constant of ours and has no others.
function keysOf<C extends Choices>(choices: C): (keyof C & string)[] {
  return Object.keys(choices) as (keyof C & string)[];
}

function isCell(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { latE2, lonE2 } = value as Partial<Record<"latE2" | "lonE2", unknown>>;
  return isWhole(latE2) && isWhole(lonE2) && Math.abs(latE2) <= 9_000 && Math.abs(lonE2) <= 18_000;
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}

function isIndex(value: unknown): value is number {
  return isWhole(value) && value >= 0;
}

function isDeviceText(value: unknown): boolean {
  return typeof value === "string" && isDeviceId(value);
}

function isNameText(value: unknown): boolean {
  return typeof value === "string" && isName(value);
}

function isLogText(value: unknown): value is LogId {
  return typeof value === "string" && isLogId(value);
}

/** A field whose values a schema of its own describes. */
export function field<T>(schema: v.GenericSchema<unknown, T>, shape: Words, doc: Words): Required<T> {
  return { schema, shape, doc, optional: false };
}

function both(text: string): Words {
  return { de: text, en: text };
}

function lists(list: string): Words {
  return { de: `mehrere von ${list}`, en: `several of ${list}` };
}
