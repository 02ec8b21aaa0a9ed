import { utf8Decode } from "../basics/bytes.ts";
import {
  type CanonicalError,
  decodeCanonical,
  encodeCanonical,
  type Json,
  type JsonObject,
} from "../basics/canonical-json.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Sha256 } from "./crypto.ts";

export const entryBytesMax = 65_535;

/** One fact as it stands in a log: these members, the rest is the body of its kind. */
export type Entry = JsonObject & {
  /** The device's wall clock, UTC ms since 1970: shown, never used to decide between logs. */
  readonly at: number;
  /** What the fact is, with its version: `hospital.status/1`. */
  readonly kind: string;
  /** A role and where needed an opaque number: `nurse#7`. Never a person's name. */
  readonly by: string;
  /** The writer's own id of what it asked for, so that a retry is not a second fact. */
  readonly request?: string;
};

export type StorableError = CanonicalError | "too-large" | "not-an-object";
export type EntryError = StorableError | "bad-at" | "bad-kind" | "bad-by" | "bad-request";

const kindPattern = /^[a-z]+(\.[a-z-]+)+\/[1-9][0-9]*$/;
const byPattern = /^[a-z-]{1,32}(#[0-9]{1,6})?$/;
const requestPattern = /^[A-Za-z0-9_-]{8,40}$/;
const leafPrefix = 0x00;
/** Larger entries are rare and get a buffer of their own. */
const leafBufferBytes = 4_096;
const leafBuffer = new Uint8Array(leafBufferBytes);

/**
 * The log border: whether these bytes may be a leaf. A member that is missing or strange is no reason to refuse:
 * a tree cannot skip an entry, so that would mute the log for ever.
 */
export function isStorableEntry(bytes: Uint8Array): Result<JsonObject, StorableError> {
  if (bytes.length > entryBytesMax) return err("too-large");
  const value = decodeCanonical(bytes);
  if (!value.ok) return value;
  return isObject(value.value) ? ok(value.value) : err("not-an-object");
}

/** The fact border: storable bytes whose own members are usable. The body is for who knows the kind. */
export function decodeEntry(bytes: Uint8Array): Result<Entry, EntryError> {
  const object = isStorableEntry(bytes);
  return object.ok ? asEntry(object.value) : object;
}

/** As {@link decodeEntry}, for bytes that were found storable before: what lies in a store was looked at when it came. */
export function decodeStoredEntry(bytes: Uint8Array): Result<Entry, EntryError> {
  const text = utf8Decode(bytes);
  if (!text.ok) return text;
  try {
    return asEntry(JSON.parse(text.value) as JsonObject);
  } catch {
    return err("not-json");
  }
}

/** Canonical bytes of a fact that {@link decodeEntry} takes. */
export function encodeEntry(entry: Entry): Result<Uint8Array, EntryError> {
  const checked = asEntry(entry);
  if (!checked.ok) return checked;
  const bytes = encodeCanonical(entry);
  if (!bytes.ok) return bytes;
  return bytes.value.length > entryBytesMax ? err("too-large") : bytes;
}

/** SHA-256(0x00 ‖ bytes) of the bytes as received (RFC 6962 §2.1). */
export function leafHash(sha256: Sha256, bytes: Uint8Array): Uint8Array {
  const leafBytes = 1 + bytes.length;
  const leaf = leafBytes <= leafBufferBytes ? leafBuffer.subarray(0, leafBytes) : new Uint8Array(leafBytes);
  leaf[0] = leafPrefix;
  leaf.set(bytes, 1);
  return sha256(leaf);
}

function asEntry(object: JsonObject): Result<Entry, EntryError> {
  const { at, kind, by, request } = object;
  if (typeof at !== "number" || !Number.isSafeInteger(at) || at < 0) return err("bad-at");
  if (typeof kind !== "string" || !kindPattern.test(kind)) return err("bad-kind");
  if (typeof by !== "string" || !byPattern.test(by)) return err("bad-by");
  if (request !== undefined && (typeof request !== "string" || !requestPattern.test(request))) {
    return err("bad-request");
  }
  // Each member was checked above.
  return ok(object as Entry);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
