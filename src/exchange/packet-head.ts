import {
  array,
  boolean,
  check,
  custom,
  exactOptional,
  type GenericSchema,
  type InferOutput,
  integer,
  literal,
  maxLength,
  maxValue,
  minValue,
  nullable,
  number,
  object,
  pipe,
  record,
  regex,
  strictTuple,
  string,
  variant,
} from "valibot";
import { isDeviceId, isEpoch, isName, isOrigin } from "../basics/name.ts";
import { isCaseId } from "../log/sealed.ts";
import { boxBytesMax } from "../log/slot.ts";

// Heads are objects that ignore fields they do not know: a later version may add some without breaking this one.

const count = pipe(number(), integer(), minValue(0), maxValue(Number.MAX_SAFE_INTEGER));
const name = pipe(string(), check(isName));
const deviceId = pipe(string(), check(isDeviceId));
const origin = pipe(
  string(),
  check((text) => isOrigin(text)),
);
const sha256Hex = pipe(string(), regex(/^[0-9a-f]{64}$/));
const nonce = sha256Hex;
/** A JSON object with these keys; the schema library alone would take a list for one. */
function table<Key extends GenericSchema<string, string>, Value extends GenericSchema>(
  key: Key,
  value: Value,
) {
  return pipe(
    custom<unknown>((input) => !Array.isArray(input)),
    record(key, value),
  );
}
const base64 = pipe(string(), regex(/^[A-Za-z0-9+/]*={0,2}$/));

/** Version range, who I am, whom I mean to reach, and a fresh nonce of 32 bytes. */
const helloOffer = object({
  step: literal("offer"),
  lowest: count,
  highest: count,
  region: name,
  origin,
  to: deviceId,
  nonce,
});
/** Ed25519 signature by the device's log key over the text of hello.ts. */
const helloProof = object({ step: literal("proof"), signature: base64 });
export const helloSchema = variant("step", [helloOffer, helloProof]);
export type HelloHead = InferOutput<typeof helloSchema>;
export type HelloOffer = InferOutput<typeof helloOffer>;

/** 68 years of beats. A number that could never be passed would mute a device whose restored box counts from below. */
export const beatNumberMax = 2 ** 31;
const beatNumber = pipe(number(), integer(), minValue(0), maxValue(beatNumberMax));

/**
 * The newest number of every anchor, by device. One check over all and not one a number: of a region's beats, which name
 * all its anchors each second on each link, two thirds of the reading were the schema's bookkeeping.
 */
const heard = custom<{ [device: string]: [boot: number, beat: number] }>(
  (input) =>
    typeof input === "object" &&
    input !== null &&
    !Array.isArray(input) &&
    Object.entries(input).every(([device, pair]) => isDeviceId(device) && isBeatPair(pair)),
);

function isBeatPair(pair: unknown): boolean {
  return Array.isArray(pair) && pair.length === 2 && pair.every(isBeatNumber);
}

function isBeatNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= beatNumberMax;
}

/** Sent every second on each connection; contact.ts says what each field may change. */
export const beatSchema = object({
  boot: beatNumber,
  beat: beatNumber,
  wallMs: count,
  storing: boolean(),
  digest: sha256Hex,
  backByMs: nullable(count),
  heard,
  /** "What others write nobody else gives me at once: give it me." An older version gives it late. */
  wantsAll: exactOptional(literal(true)),
  /** "The last view that I sent on this connection was still what you would be shown at this time of mine, ms." */
  viewsMs: exactOptional(count),
});
export type BeatHead = InferOutput<typeof beatSchema>;

/** Size and root of a log; the root as hexadecimal, or a word that later versions define. */
const logVersion = strictTuple([count, string()]);
/** The newest log of a device, and of all its earlier ones a digest (device-versions.ts); without it there are none. */
const deviceVersion = object({
  epoch: pipe(string(), check(isEpoch)),
  size: count,
  root: string(),
  ended: exactOptional(sha256Hex),
});

/**
 * Asked from the coarse to the fine: the digest of all, of each site, then each log of the sites that differ. What is
 * too long for one packet comes in parts (`vectorParts`): keys after `after` and up to `upTo`, in their order.
 * `devices` (of version 3) says in place of `logs` only the newest log of each device, and of its earlier ones one
 * digest; `ask` (of version 3) wants the site's `logs`, where such a digest differs.
 */
export const vectorSchema = variant("level", [
  object({ level: literal("region"), digest: sha256Hex }),
  object({
    level: literal("sites"),
    sites: table(name, sha256Hex),
    after: exactOptional(name),
    upTo: exactOptional(name),
  }),
  object({
    level: literal("logs"),
    site: name,
    logs: table(origin, logVersion),
    after: exactOptional(origin),
    upTo: exactOptional(origin),
  }),
  object({
    level: literal("devices"),
    site: name,
    devices: table(name, deviceVersion),
    after: exactOptional(name),
    upTo: exactOptional(name),
  }),
  object({ level: literal("ask"), site: name }),
  /** "I hold so many; send nothing more of this log for so many milliseconds": slower, never refused. */
  object({ level: literal("wait"), logs: table(origin, strictTuple([count, count])) }),
  /** What a device holds, as a note that it signed (signed-vector.ts): for carriers without a hello. */
  object({ level: literal("signed"), note: string() }),
]);
export type VectorHead = InferOutput<typeof vectorSchema>;

/** `checkpoint` is a signed note; the items end exactly at its size. */
export const entriesSchema = object({ checkpoint: string(), from: count });
export type EntriesHead = InferOutput<typeof entriesSchema>;

/** Each of them costs its reader a signature check. */
export const receiptsInPacketMax = 256;
/** Signed notes of one cosignature each. */
export const receiptSchema = object({
  receipts: pipe(array(string()), maxLength(receiptsInPacketMax)),
});
export type ReceiptHead = InferOutput<typeof receiptSchema>;

/** A tree of 2^53 entries needs no longer one. */
const consistencyPath = pipe(array(sha256Hex), maxLength(64));

/** Root of one history at some size, and the path from there to its signed checkpoint. */
const branch = object({ root: sha256Hex, path: consistencyPath });

/**
 * `ask`: "your checkpoint does not follow from what I hold: show how it grew from my size."
 * `answer`: the root it has at that size and the RFC 6962 consistency path between the two.
 * `proof`: two signed checkpoints that cannot both be true, with the root that the later (`theirs`) has at the size of
 * the other, and the path between the two; `first` is the smallest size at which they are known to differ, where that
 * is smaller (a version that does not know it takes the rest for the proof that it is).
 */
export const forkSchema = variant("step", [
  object({ step: literal("ask"), checkpoint: string(), size: count }),
  object({
    step: literal("answer"),
    checkpoint: string(),
    size: count,
    root: sha256Hex,
    path: consistencyPath,
  }),
  object({
    step: literal("proof"),
    ours: string(),
    theirs: string(),
    root: sha256Hex,
    path: consistencyPath,
    first: exactOptional(object({ size: count, ours: branch, theirs: branch })),
  }),
]);
export type ForkHead = InferOutput<typeof forkSchema>;

/** Each of them costs its reader a signature check. */
export const slotsInPacketMax = 256;
const slotIdText = pipe(string(), regex(/^[0-9a-f]{16}$/));
const slot = object({
  case: pipe(string(), check(isCaseId)),
  to: deviceId,
  by: deviceId,
  box: pipe(base64, maxLength(Math.ceil(boxBytesMax / 3) * 4)),
  signature: base64,
});

/**
 * Keys of cases, wrapped to one device each; of version 2, and never anywhere but on a live connection.
 * `sites`: by the site that cases belong to, the digest of all slots that both sides should have.
 * `held`: the ids of those that the sender has, after `after` (or from the beginning) up to `upTo` (or to the end).
 * `give`: slots that the reader should have.
 */
export const slotsSchema = variant("step", [
  object({ step: literal("sites"), sites: table(name, sha256Hex) }),
  object({
    step: literal("held"),
    site: name,
    held: array(slotIdText),
    after: exactOptional(slotIdText),
    upTo: exactOptional(slotIdText),
  }),
  object({ step: literal("give"), slots: pipe(array(slot), maxLength(slotsInPacketMax)) }),
]);
export type SlotsHead = InferOutput<typeof slotsSchema>;

/** Name and version of what is shown: another form has another name, and who does not know it shows nothing of it. */
const viewForm = pipe(string(), regex(/^[a-z][a-z-]{0,31}\/[1-9][0-9]{0,3}$/));

/**
 * What the board of one site shows (views/), for a pocket that holds no logs of others; of version 4, and never anywhere
 * but on a live connection. The body is the view, whole. `boot` and `number` only grow at one sender; `asOfMs` is its
 * wall clock when the view was made, `digest` that of the region as it was held then.
 */
export const viewSchema = object({
  site: name,
  form: viewForm,
  boot: beatNumber,
  number: beatNumber,
  asOfMs: count,
  digest: sha256Hex,
});
export type ViewHead = InferOutput<typeof viewSchema>;
