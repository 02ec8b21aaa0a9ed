import { utf8Encode } from "../../basics/bytes.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import type { CompactHospital, CompactTable } from "./compact.ts";
import type { TableFileError } from "./file.ts";
import type { TableRefusal } from "./source-words.ts";

/** Bytes of a compact table: SPEC.md, "Road tables". */
const magic = utf8Encode("HFCOMPAC");
const compactVersion = 1;
const lengthAt = 16;
const checkAt = 20;
const headAt = 24;

/** What a compact table is about. */
export type CompactInfo = {
  readonly region: string;
  /** The sentence that stands beside its minutes: by the road network, or estimated. */
  readonly source: { readonly de: string; readonly en: string };
};

export type CompactFile = { readonly info: CompactInfo; readonly compact: CompactTable };

type Head = CompactInfo & Omit<CompactTable, "steps">;

/** Sheets of differences between neighbours, which any packer makes small. */
export function encodeCompact({ info, compact }: CompactFile): Uint8Array {
  const { steps, ...grid } = compact;
  const head = utf8Encode(JSON.stringify({ ...info, ...grid } satisfies Head));
  const file = new Uint8Array(headAt + head.length + steps.length);
  file.set(magic);
  const view = new DataView(file.buffer);
  view.setUint32(8, compactVersion, true);
  view.setUint32(12, head.length, true);
  view.setUint32(lengthAt, file.length, true);
  file.set(head, headAt);
  const sheets = file.subarray(headAt + head.length);
  for (let i = 0; i < steps.length; i += 1) sheets[i] = (steps[i] ?? 0) - (steps[i - 1] ?? 0);
  view.setUint32(checkAt, checkOf(file.subarray(headAt)), true);
  return file;
}

/** Reads a compact table. What is none, of another version, shorter than it says or changed since it was made is refused. */
export function decodeCompact(file: Uint8Array): Result<CompactFile, TableFileError> {
  if (file.length < headAt || magic.some((byte, i) => byte !== file[i])) return err("no-table");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(8, true) !== compactVersion) return err("other-version");
  const length = view.getUint32(lengthAt, true);
  if (file.length < length) return err("cut");
  if (file.length !== length || view.getUint32(checkAt, true) !== checkOf(file.subarray(headAt)))
    return err("damaged");
  const sheetsAt = headAt + view.getUint32(12, true);
  const head = readHead(file.subarray(headAt, sheetsAt));
  if (head === null) return err("damaged");
  const { region, source, ...grid } = head;
  const steps = file.slice(sheetsAt);
  if (steps.length !== grid.rows * grid.columns * grid.hospitals.length) return err("damaged");
  for (let i = 1; i < steps.length; i += 1) steps[i] = (steps[i] ?? 0) + (steps[i - 1] ?? 0);
  return ok({ info: { region, source }, compact: { ...grid, steps } });
}

/** Its bytes are as somebody of this version wrote them: of its shape what it is read by is looked at. */
function readHead(bytes: Uint8Array): Head | null {
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes)) as Head | null;
    return head !== null && Array.isArray(head.hospitals) ? head : null;
  } catch {
    return null;
  }
}

/** A compact table for this region with these hospitals where they are, or why it cannot be used. */
export function readCompact(
  file: Uint8Array,
  region: string,
  hospitals: readonly CompactHospital[],
): Result<CompactFile, TableRefusal> {
  const decoded = decodeCompact(file);
  if (!decoded.ok) return decoded;
  const { info, compact } = decoded.value;
  if (info.region !== region) return err("other-region");
  return knowsAll(compact.hospitals, hospitals) ? decoded : err("other-hospitals");
}

/** Whether each of a region's hospitals is in a table, where the region says it is. A table may know more. */
export function knowsAll(known: readonly CompactHospital[], hospitals: readonly CompactHospital[]): boolean {
  const byId = new Map(known.map((hospital) => [hospital.id, hospital]));
  return hospitals.every(({ id, latE3, lonE3 }) => {
    const hospital = byId.get(id);
    return hospital?.latE3 === latE3 && hospital.lonE3 === lonE3;
  });
}

/**
 * FNV-1a over 32 bits. It finds what a network or a disk breaks, on pages without `crypto.subtle` too; who could forge the
 * file could forge the board that reads it, both come from the same anchor.
 */
function checkOf(bytes: Uint8Array): number {
  let hash = 0x811c_9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}
