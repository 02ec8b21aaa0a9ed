import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { err, ok, type Result } from "../basics/result.ts";
import { decodeTable, encodeTable } from "../roads/table/file.ts";
import type { Entrance } from "../roads/table/hospitals.ts";
import type { TableHospital, TableInfo, TableParts } from "../roads/table/table.ts";

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

const hashBytes = 32;

/**
 * Where a build keeps what it has, so that it can be broken off and go on: the network, and each hospital's column as
 * soon as it is done. Every file is whole or absent, and says by a hash whether it is what was written.
 */
export class WorkFolder {
  readonly #dir: string;

  constructor(table: string) {
    this.#dir = `${table}.work`;
  }

  /** The network of an earlier run from the same data (`key`), or null. Other leftovers are thrown away. */
  open(key: string): Pick<TableParts, "info" | "network"> | null {
    const keyFile = join(this.#dir, "key");
    if (existsSync(keyFile) && readFileSync(keyFile, "utf8") === key) {
      const file = join(this.#dir, "network");
      const parts = existsSync(file) ? decodeTable(readFileSync(file), sha256) : undefined;
      if (parts?.ok === true) return parts.value;
    }
    rmSync(this.#dir, { recursive: true, force: true });
    mkdirSync(this.#dir, { recursive: true });
    writeWhole(keyFile, Buffer.from(key));
    return null;
  }

  /** Entrances first: the network is the sign that both are there. */
  keepGround(network: TableParts["network"], info: TableInfo, entrances: readonly Entrance[]): void {
    writeWhole(join(this.#dir, "entrances"), Buffer.from(JSON.stringify(entrances)));
    const parts = { info, network, hospitals: [], tenths: new Uint16Array(0) };
    writeWhole(join(this.#dir, "network"), encodeTable(parts, sha256));
  }

  entrances(): readonly Entrance[] {
    return JSON.parse(readFileSync(join(this.#dir, "entrances"), "utf8"));
  }

  columnFile(hospital: TableHospital): string {
    return join(this.#dir, `${hospital.id}_${hospital.latE7}_${hospital.lonE7}.column`);
  }

  /** The column of an earlier run, or null. */
  column(hospital: TableHospital, junctions: number): Uint16Array | null {
    const file = this.columnFile(hospital);
    return existsSync(file) ? readColumn(file, junctions) : null;
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

export function writeColumn(file: string, column: Uint16Array): void {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  writeWhole(file, Buffer.concat([bytes, sha256(bytes)]));
}

function readColumn(file: string, junctions: number): Uint16Array | null {
  const bytes = readFileSync(file);
  if (bytes.length !== 2 * junctions + hashBytes) return null;
  const column = Uint8Array.from(bytes.subarray(0, 2 * junctions));
  const hash = bytes.subarray(2 * junctions);
  return hash.equals(sha256(column)) ? new Uint16Array(column.buffer) : null;
}

/** A file under its name is always whole: it is written beside and then renamed. Throws the system's error and leaves nothing. */
export function writeWhole(file: string, bytes: Uint8Array): void {
  const half = `${file}.half`;
  try {
    writeFileSync(half, bytes, { flush: true });
    renameSync(half, file);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}

/** Asked before anything is computed: whether a file can come to lie there. */
export function checkFilePlace(file: string): Result<null, string> {
  const folder = dirname(resolve(file));
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return err(`${folder} is no folder.`);
  if (existsSync(file) && statSync(file).isDirectory())
    return err(`${file} is a folder: name a file, in it or elsewhere.`);
  return ok(null);
}
