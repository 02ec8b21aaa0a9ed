import { safeParse } from "valibot";
import { assert } from "../basics/assert.ts";
import { concatBytes } from "../basics/bytes.ts";
import {
  type CanonicalError,
  decodeCanonical,
  encodeCanonical,
  type JsonLimits,
} from "../basics/canonical-json.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { decodeItems, encodeItems, type Item } from "./item.ts";
import {
  type BeatHead,
  beatSchema,
  type EntriesHead,
  entriesSchema,
  type ForkHead,
  forkSchema,
  type HelloHead,
  helloSchema,
  type ReceiptHead,
  receiptSchema,
  type SlotsHead,
  slotsSchema,
  type VectorHead,
  type ViewHead,
  vectorSchema,
  viewSchema,
} from "./packet-head.ts";

/**
 * One message between two devices, over any carrier (SPEC, Packets):
 * version u8 · type u8 · head length u32 big-endian · head (canonical JSON) · body (of entries and views only).
 */
export type Packet =
  | { readonly type: "hello"; readonly head: HelloHead }
  | { readonly type: "beat"; readonly head: BeatHead }
  | { readonly type: "vector"; readonly head: VectorHead }
  | { readonly type: "entries"; readonly head: EntriesHead; readonly items: readonly Item[] }
  | { readonly type: "receipt"; readonly head: ReceiptHead }
  | { readonly type: "fork"; readonly head: ForkHead }
  | { readonly type: "slots"; readonly head: SlotsHead }
  /** `body`: the view, a canonical JSON object. */
  | { readonly type: "view"; readonly head: ViewHead; readonly body: Uint8Array };

export type PacketError =
  | "too-long"
  | "too-short"
  | "unknown-version"
  | "unknown-type"
  | "bad-head"
  | "bad-items"
  | "bad-view"
  | "unexpected-body"
  | CanonicalError;

/**
 * The packet versions this code speaks; a hello offers the lowest and the highest. Each form is written as the version
 * that brought it, so that an older peer reads everything that it is sent.
 */
export const packetVersionLowest = 1;
export const packetVersionHighest = 4;
export const packetBytesMax = 1_048_576;
export const helloBytesMax = 4_096;

const headerBytes = 6;
// Vectors and beats name hundreds of logs; the length of the packet bounds them instead.
const headLimits: JsonLimits = { levelsMax: 6, membersMax: 16_384 };
/** Of the view in a packet's body. */
export const viewLimits: JsonLimits = { levelsMax: 12, membersMax: 4_096 };
/** Bytes of a view: the head of its packet has room beside it. */
export const viewBytesMax = packetBytesMax - 4_096;

const typeCodes = {
  hello: 1,
  beat: 2,
  vector: 3,
  entries: 4,
  receipt: 5,
  fork: 6,
  view: 7,
  slots: 8,
} as const;

/** Levels of vectors that version 3 brought. */
const levelsOfThree: ReadonlySet<VectorHead["level"]> = new Set(["devices", "ask"]);

/** The version that brought views. */
export const viewVersion = 4;

/** The version that brought this form. */
export function versionOf(packet: Packet): number {
  if (packet.type === "slots") return 2;
  if (packet.type === "view") return viewVersion;
  return packet.type === "vector" && levelsOfThree.has(packet.head.level) ? 3 : 1;
}

const versionsOfType: { readonly [type in Packet["type"]]: readonly number[] } = {
  hello: [1],
  beat: [1],
  vector: [1, 3],
  entries: [1],
  receipt: [1],
  fork: [1],
  slots: [2],
  view: [viewVersion],
};

export function encodePacket(packet: Packet): Uint8Array {
  const head = encodeCanonical(packet.head, headLimits);
  assert(head.ok, `the head of a ${packet.type} packet of ours is canonical`);
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  view.setUint8(0, versionOf(packet));
  view.setUint8(1, typeCodes[packet.type]);
  view.setUint32(2, head.value.length);
  const bytes = concatBytes(header, head.value, bodyOf(packet));
  assert(bytes.length <= packetBytesMax, `a ${packet.type} packet of ours is not too long`);
  return bytes;
}

function bodyOf(packet: Packet): Uint8Array {
  if (packet.type === "entries") return encodeItems(packet.items);
  return packet.type === "view" ? packet.body : new Uint8Array(0);
}

/** Whether the bytes call themselves a packet of this type; only the header is read. */
export function isPacketOf(type: Packet["type"], bytes: Uint8Array): boolean {
  return bytes[1] === typeCodes[type] && versionsOfType[type].includes(bytes[0] ?? 0);
}

/** Never throws, whatever the bytes. */
export function decodePacket(bytes: Uint8Array): Result<Packet, PacketError> {
  if (bytes.length > packetBytesMax) return err("too-long");
  if (bytes.length < headerBytes) return err("too-short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(0);
  if (version < packetVersionLowest || version > packetVersionHighest) return err("unknown-version");
  const headEnd = headerBytes + view.getUint32(2);
  if (headEnd > bytes.length) return err("too-short");
  const head = decodeCanonical(bytes.subarray(headerBytes, headEnd), headLimits);
  if (!head.ok) return head;
  const packet = assemble(view.getUint8(1), head.value, bytes.subarray(headEnd));
  // One spelling for each packet.
  return packet.ok && versionOf(packet.value) !== version ? err("unknown-version") : packet;
}

const codesWithBody: ReadonlySet<number> = new Set([typeCodes.entries, typeCodes.view]);

function assemble(code: number, head: unknown, body: Uint8Array): Result<Packet, PacketError> {
  if (!codesWithBody.has(code) && body.length > 0) return err("unexpected-body");
  switch (code) {
    case typeCodes.hello:
      return withHead(safeParse(helloSchema, head), (parsed) => ({ type: "hello", head: parsed }));
    case typeCodes.beat:
      return withHead(safeParse(beatSchema, head), (parsed) => ({ type: "beat", head: parsed }));
    case typeCodes.vector:
      return withHead(safeParse(vectorSchema, head), (parsed) => ({ type: "vector", head: parsed }));
    case typeCodes.receipt:
      return withHead(safeParse(receiptSchema, head), (parsed) => ({ type: "receipt", head: parsed }));
    case typeCodes.fork:
      return withHead(safeParse(forkSchema, head), (parsed) => ({ type: "fork", head: parsed }));
    case typeCodes.slots:
      return withHead(safeParse(slotsSchema, head), (parsed) => ({ type: "slots", head: parsed }));
    case typeCodes.entries:
      return assembleEntries(head, body);
    case typeCodes.view:
      return assembleView(head, body);
    default:
      return err("unknown-type");
  }
}

function assembleEntries(head: unknown, body: Uint8Array): Result<Packet, PacketError> {
  const parsed = safeParse(entriesSchema, head);
  if (!parsed.success) return err("bad-head");
  const items = decodeItems(body);
  if (!items.ok) return err("bad-items");
  return ok({ type: "entries", head: parsed.output, items: items.value });
}

function assembleView(head: unknown, body: Uint8Array): Result<Packet, PacketError> {
  const parsed = safeParse(viewSchema, head);
  if (!parsed.success) return err("bad-head");
  const view = decodeCanonical(body, viewLimits);
  if (!view.ok || typeof view.value !== "object" || view.value === null || Array.isArray(view.value))
    return err("bad-view");
  return ok({ type: "view", head: parsed.output, body });
}

function withHead<Head>(
  parsed: { readonly success: true; readonly output: Head } | { readonly success: false },
  wrap: (head: Head) => Packet,
): Result<Packet, PacketError> {
  return parsed.success ? ok(wrap(parsed.output)) : err("bad-head");
}
