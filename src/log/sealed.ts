import { assert } from "../basics/assert.ts";
import { concatBytes, fromBase64, toBase64, toHex, utf8Encode } from "../basics/bytes.ts";
import { decodeCanonical, encodeCanonical, type JsonObject } from "../basics/canonical-json.ts";
import { type DeviceId, isName, type Name } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Aead, Sha256 } from "./crypto.ts";

/*
 * A sealed body: what a fact says of a person, under a key that lies outside every log. Deleting the key erases what
 * was said; the log keeps its bytes and stays verifiable.
 */

/**
 * `<site>/<64 hex>`: the site that a case belongs to, and the hash that only its key has. Nobody else can open a case
 * in that site's name, and whoever is given a key can tell whether it is the right one.
 */
export type CaseId = string;

export const caseKeyBytes = 32;
/** Of what is sealed, as canonical JSON. */
export const sealedBodyBytesMax = 32_768;
export const nonceBytes = 12;
const tagBytes = 16;
/** The length that shows is a multiple of this: it tells nobody how long a name is. */
const paddedToBytes = 128;
/** Base64 of nonce, the longest padded body and tag. */
export const sealedTextMax = Math.ceil((nonceBytes + sealedBodyBytesMax + tagBytes) / 3) * 4;

/** Where a sealed body stands: it opens in no other log, fact or case. */
export type SealedPlace = {
  readonly region: Name;
  /** Its writer; not the epoch, since a device says again in a new log what it has to. */
  readonly device: DeviceId;
  readonly kind: string;
  readonly case: CaseId;
};

export type SealError = "body-too-long" | "body-not-canonical";
export type OpenError =
  /** The text is no sealed body. */
  | "not-sealed"
  /** Another key, another place, or changed bytes. */
  | "does-not-open"
  /** It opens, but what was sealed is no canonical JSON object. */
  | "bad-body";

/** The case that this key belongs to. */
export function caseIdOf(sha256: Sha256, region: Name, site: Name, key: Uint8Array): CaseId {
  assert(key.length === caseKeyBytes, "a key of 32 bytes");
  const name = utf8Encode(`holdfast/case/1\n${region}\n${site}\n`);
  return `${site}/${toHex(sha256(concatBytes(name, key)))}`;
}

export function isCaseId(text: string): boolean {
  const [site = "", hash = "", ...more] = text.split("/");
  return more.length === 0 && isName(site) && /^[0-9a-f]{64}$/.test(hash);
}

/** The site that a case belongs to. */
export function siteOfCase(id: CaseId): Name {
  return id.slice(0, id.indexOf("/"));
}

/** @param nonce 12 bytes that were never used with this key */
export function sealBody(
  aead: Pick<Aead, "seal">,
  key: Uint8Array,
  nonce: Uint8Array,
  place: SealedPlace,
  body: JsonObject,
): Result<string, SealError> {
  assert(key.length === caseKeyBytes && nonce.length === nonceBytes, "a key of 32 bytes, a nonce of 12");
  const json = encodeCanonical(body);
  if (!json.ok) return err("body-not-canonical");
  if (json.value.length > sealedBodyBytesMax) return err("body-too-long");
  const box = aead.seal(key, nonce, padded(json.value), placeText(place));
  return ok(toBase64(concatBytes(nonce, box)));
}

/** Never throws, whatever the text. */
export function openBody(
  aead: Aead,
  key: Uint8Array,
  place: SealedPlace,
  sealed: string,
): Result<JsonObject, OpenError> {
  const bytes = fromBase64(sealed);
  if (!bytes.ok || bytes.value.length < nonceBytes + tagBytes || key.length !== caseKeyBytes)
    return err("not-sealed");
  const nonce = bytes.value.slice(0, nonceBytes);
  const plain = aead.open(key, nonce, bytes.value.slice(nonceBytes), placeText(place));
  if (plain === null) return err("does-not-open");
  const json = unpadded(plain);
  const body = json === null ? undefined : decodeCanonical(json);
  if (body === undefined || !body.ok) return err("bad-body");
  const { value } = body;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return err("bad-body");
  return ok(value as JsonObject);
}

function placeText(place: SealedPlace): Uint8Array {
  return utf8Encode(`holdfast/sealed/1\n${place.region}\n${place.device}\n${place.kind}\n${place.case}\n`);
}

/** Canonical JSON ends with a brace: the zeros behind it are no part of it. */
function padded(json: Uint8Array): Uint8Array {
  const plain = new Uint8Array(Math.ceil(json.length / paddedToBytes) * paddedToBytes);
  plain.set(json);
  return plain;
}

/** Null where the padding is not the one that {@link padded} makes. */
function unpadded(plain: Uint8Array): Uint8Array | null {
  let end = plain.length;
  while (end > 0 && plain[end - 1] === 0) end -= 1;
  const isPadded = plain.length % paddedToBytes === 0 && plain.length - end < paddedToBytes;
  return isPadded ? plain.subarray(0, end) : null;
}
