import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { err, ok, type Result } from "../basics/result.ts";
import { decodeTable, encodeTable, tableMagic } from "../roads/table/file.ts";
import type { Entrance } from "../roads/table/hospitals.ts";
import type { TableHospital, TableInfo, TableParts } from "../roads/table/table.ts";

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

const hashBytes = 32;
const builderFile = "builder";

function isOwn(name: string): boolean {
  return /^(key|network|entrances|builder|.+\.column)(\.half)?$/.test(name);
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Another user's process.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Where a build keeps what it has, so that it can be broken off and go on: the network, and each hospital's column as
 * soon as it is done. Every file is whole or absent, and says by a hash whether it is what was written.
 */
export class WorkFolder {
  readonly #dir: string;

  constructor(table: string) {
    this.#dir = `${table}.work`;
  }

  /**
   * The network of an earlier run from the same data (`key`), or null: then other leftovers are thrown away. A folder in
   * which something else lies is left alone, and so is one in which another build works.
   */
  open(key: string): Result<Pick<TableParts, "info" | "network"> | null, string> {
    const foreign = existsSync(this.#dir) ? readdirSync(this.#dir).find((name) => !isOwn(name)) : undefined;
    if (foreign !== undefined) {
      return err(
        `${join(this.#dir, foreign)} was left by no build: move ${this.#dir} away, or name another table.`,
      );
    }
    const other = this.#builder();
    if (other !== null)
      return err(
        `${this.#dir}: another build works there (process ${other}). If that is no build, remove ${builderFile} in it.`,
      );
    const kept = this.#kept(key);
    writeWhole(join(this.#dir, builderFile), Buffer.from(`${process.pid}`));
    return ok(kept);
  }

  /** The process that works here, or null; one that was killed does no more. */
  #builder(): number | null {
    const file = join(this.#dir, builderFile);
    const id = existsSync(file) ? Number(readFileSync(file, "utf8")) : Number.NaN;
    return Number.isSafeInteger(id) && id > 0 && id !== process.pid && isRunning(id) ? id : null;
  }

  #kept(key: string): Pick<TableParts, "info" | "network"> | null {
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

/** What a command writes, and by which first bytes one that is there already is known; nothing else is written over. */
export type FileKind = { readonly name: string; readonly begins: string };
export const tableFile: FileKind = { name: "road table", begins: tableMagic };
export const mapFile: FileKind = { name: "SVG picture", begins: "<svg" };

/** Asked before anything is computed: whether such a file can come to lie there. */
export function checkFilePlace(file: string, kind: FileKind): Result<null, string> {
  const folder = dirname(resolve(file));
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return err(`${folder} is no folder.`);
  if (existsSync(file) && statSync(file).isDirectory())
    return err(`${file} is a folder: name a file, in it or elsewhere.`);
  if (existsSync(file) && beginningOf(file, kind.begins.length) !== kind.begins)
    return err(
      `${file} is there and is no ${kind.name}: it is not written over. Name another file, or remove it.`,
    );
  return ok(null);
}

function beginningOf(file: string, length: number): string {
  const bytes = Buffer.alloc(length);
  const descriptor = openSync(file, "r");
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0)).toString("latin1");
  } finally {
    closeSync(descriptor);
  }
}
