import * as v from "valibot";
import { assert } from "../../basics/assert.ts";
import { utf8Decode, utf8Encode } from "../../basics/bytes.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import type { Network } from "../network/network.ts";
import { profileIds, profiles } from "../network/profile.ts";
import type { TableHospital, TableParts } from "./table.ts";

/** Makes 32 bytes of any number of bytes; the shell has a quick one. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Bytes of a road table: SPEC.md, "Road tables". */
/** The first bytes of a table file. */
export const tableMagic = "HFROADS1";
export const tableVersion = 1;
const hashAt = 24;
const headAt = 56;
const alignment = 8;
const twoTo32 = 0x1_0000_0000;

/** Said with every use of the data, in the table itself, the docs and on boards (ODbL 4.3). */
export const osmAttribution = "© OpenStreetMap contributors, ODbL 1.0";

export type TableFileError = "no-table" | "other-version" | "cut" | "damaged";

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fff_fffe));
const whole = v.pipe(v.number(), v.integer());
const headSchema = v.object({
  region: v.string(),
  profile: v.object({
    id: v.picklist(profileIds),
    timeE3: whole,
    certainty: v.string(),
    source: v.string(),
  }),
  osmAtMs: v.nullable(whole),
  attribution: v.string(),
  junctions: count,
  segments: count,
  points: count,
  hospitals: v.array(
    v.object({
      id: v.string(),
      latE3: whole,
      lonE3: whole,
      latE7: whole,
      lonE7: whole,
      segment: count,
      share: count,
      offRoadM: count,
    }),
  ),
});
type Head = v.InferOutput<typeof headSchema>;

type Column = Int32Array | Uint16Array;

/** The order of the sections is the format's. */
function sectionsOf({ network, tenths }: TableParts): readonly Column[] {
  return [
    network.junctionLatE7,
    network.junctionLonE7,
    network.from,
    network.to,
    network.forwardMs,
    network.backwardMs,
    network.pointStart,
    network.pointLatE7,
    network.pointLonE7,
    network.enterToMs,
    network.enterFromMs,
    network.pointShare,
    tenths,
  ];
}

/** The file of a table. Typed arrays are copied as they lie in memory: little-endian machines only. */
export function encodeTable(parts: TableParts, sha256: Sha256): Uint8Array {
  assert(isLittleEndian(), "a little-endian machine");
  const head = utf8Encode(headText(parts));
  const headBytes = aligned(head.length);
  const sections = sectionsOf(parts);
  const length = sections.reduce((sum, { byteLength }) => sum + aligned(byteLength), headAt + headBytes);
  const file = new Uint8Array(length);
  file.set(utf8Encode(tableMagic));
  const view = new DataView(file.buffer);
  view.setUint32(8, tableVersion, true);
  view.setUint32(12, headBytes, true);
  view.setUint32(16, length % twoTo32, true);
  view.setUint32(20, Math.floor(length / twoTo32), true);
  file.set(head, headAt);
  file.fill(0x20, headAt + head.length, headAt + headBytes);
  let offset = headAt + headBytes;
  for (const section of sections) {
    file.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), offset);
    offset += aligned(section.byteLength);
  }
  file.set(sha256(file.subarray(headAt)), hashAt);
  return file;
}

function headText({ info, network, hospitals }: TableParts): string {
  const { id, timeE3, certainty, source } = profiles[info.profile];
  const head: Head = {
    region: info.region,
    profile: { id, timeE3, certainty, source },
    osmAtMs: info.osmAtMs,
    attribution: osmAttribution,
    junctions: network.junctionLatE7.length,
    segments: network.from.length,
    points: network.pointLatE7.length,
    hospitals: hospitals.map(({ place, ...hospital }) => ({ ...hospital, ...place })),
  };
  return JSON.stringify(head);
}

/**
 * Reads a table without copying it: the arrays lie in `file`, which must not change any more. What is no table, of
 * another version, shorter than it says or changed since it was written is refused.
 */
export function decodeTable(file: Uint8Array, sha256: Sha256): Result<TableParts, TableFileError> {
  assert(isLittleEndian(), "a little-endian machine");
  const begin = utf8Decode(file.subarray(0, tableMagic.length));
  if (!begin.ok || begin.value !== tableMagic || file.length < headAt) return err("no-table");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(8, true) !== tableVersion) return err("other-version");
  const length = view.getUint32(16, true) + view.getUint32(20, true) * twoTo32;
  if (file.length < length) return err("cut");
  const hash = sha256(file.subarray(headAt));
  if (file.length !== length || !hash.every((byte, i) => byte === file[hashAt + i])) return err("damaged");
  const headBytes = view.getUint32(12, true);
  const head = readHead(file.subarray(headAt, headAt + headBytes));
  return head === null ? err("damaged") : partsOf(file, headAt + headBytes, head);
}

function readHead(bytes: Uint8Array): Head | null {
  const text = utf8Decode(bytes);
  if (!text.ok) return null;
  try {
    const parsed = v.safeParse(headSchema, JSON.parse(text.value));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function partsOf(file: Uint8Array, firstAt: number, head: Head): Result<TableParts, TableFileError> {
  const { junctions, segments, points } = head;
  const cells = junctions * head.hospitals.length;
  const bytes =
    4 * (2 * junctions + 4 * segments + segments + 1 + 2 * points) + 2 * (2 * segments + points + cells);
  if (firstAt + bytes > file.length) return err("damaged");
  // Typed arrays want their place in memory aligned; a file read whole always is.
  const memory = file.byteOffset % alignment === 0 ? file : file.slice();
  let offset = memory.byteOffset + firstAt;
  const take = (byteLength: number): number => {
    const at = offset;
    offset += aligned(byteLength);
    return at;
  };
  const int32 = (length: number) => new Int32Array(memory.buffer, take(4 * length), length);
  const uint16 = (length: number) => new Uint16Array(memory.buffer, take(2 * length), length);
  const network: Network = {
    junctionLatE7: int32(junctions),
    junctionLonE7: int32(junctions),
    from: int32(segments),
    to: int32(segments),
    forwardMs: int32(segments),
    backwardMs: int32(segments),
    pointStart: int32(segments + 1),
    pointLatE7: int32(points),
    pointLonE7: int32(points),
    enterToMs: uint16(segments),
    enterFromMs: uint16(segments),
    pointShare: uint16(points),
  };
  const tenths = uint16(cells);
  const info = { region: head.region, profile: head.profile.id, osmAtMs: head.osmAtMs };
  return ok({ info, network, hospitals: head.hospitals.map(hospitalOf), tenths });
}

function hospitalOf({ segment, share, offRoadM, ...hospital }: Head["hospitals"][number]): TableHospital {
  return { ...hospital, place: { segment, share, offRoadM } };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}
