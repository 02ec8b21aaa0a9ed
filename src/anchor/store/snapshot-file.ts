import { createHash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { err, ok, type Result } from "../../basics/result.ts";
import { canSnapshot, type SnapshotCut, SnapshotMaker } from "../../site/snapshot.ts";
import type { House } from "../../site/state.ts";
import type { Slices } from "./slices.ts";
import { syncFolder } from "./store-copy.ts";

/*
 * The file of a snapshot, beside the store: the lines of the fold, a line with the cut, and a last line with the place of
 * the cut and the SHA-256 of all before. It is there whole or not at all, and never part of a backup.
 */

/** Text of one slice: a few milliseconds of the main thread. */
const sliceBytes = 131_072;
/** So much lies unwritten in the system's memory at most: a commit's own sync never waits for more than this. */
const syncEveryBytes = 2_097_152;
const placeDigits = 15;
const hashDigits = 64;
const lastLineBytes = placeDigits + 1 + hashDigits + 1;
const readBytes = 262_144;

export type WriteOptions = {
  readonly version: string;
  /** Between two slices, ms: the process has other things to do. */
  readonly pauseMs: number;
  /** Asked between two slices. */
  readonly isWanted: () => boolean;
};

/** Writes a snapshot of the house as it is when this ends. False: it was not wanted any more, or too much changed. */
export async function writeSnapshot(file: string, house: House, options: WriteOptions): Promise<boolean> {
  if (!canSnapshot(house)) return false;
  const part = `${file}.part`;
  const maker = new SnapshotMaker(house);
  try {
    await rm(part, { force: true });
    const handle = await open(part, "wx", 0o600);
    try {
      if (!(await writeAll(new LineFile(handle), maker, options))) return false;
    } finally {
      await handle.close();
    }
    await rename(part, file);
    syncFolder(dirname(file));
    return true;
  } finally {
    maker.stop();
    await rm(part, { force: true });
  }
}

async function writeAll(file: LineFile, maker: SnapshotMaker, options: WriteOptions): Promise<boolean> {
  const lines = maker.lines();
  for (;;) {
    const isMore = takeSlice(file, lines);
    if (!isMore) break;
    await file.flush();
    if (options.pauseMs > 0) await pause(options.pauseMs);
    if (!options.isWanted()) return false;
  }
  // In the same turn as the last line: nothing changes in between.
  const end = maker.end(options.version);
  if (end === null) return false;
  for (const line of end.lines) file.add(line);
  await file.end(end.cut);
  return true;
}

/** False when there are no more lines. */
function takeSlice(file: LineFile, lines: Generator<string>): boolean {
  while (file.waiting < sliceBytes) {
    const next = lines.next();
    if (next.done) return false;
    file.add(next.value);
  }
  return true;
}

/** Lines on their way into a file, with the hash of all of them. */
class LineFile {
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  #lines: string[] = [];
  #length = 0;
  #written = 0;
  #unsynced = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Characters that are not written yet. */
  get waiting(): number {
    return this.#length;
  }

  add(line: string): void {
    this.#lines.push(line);
    this.#length += line.length + 1;
  }

  async flush(): Promise<void> {
    const bytes = Buffer.from(this.#lines.map((line) => `${line}\n`).join(""));
    this.#lines = [];
    this.#length = 0;
    this.#hash.update(bytes);
    await this.#write(bytes);
  }

  async end(cut: SnapshotCut): Promise<void> {
    await this.flush();
    const place = String(this.#written).padStart(placeDigits, "0");
    this.add(JSON.stringify(cut));
    await this.flush();
    this.#hash.update(place);
    await this.#write(Buffer.from(`${place} ${this.#hash.digest("hex")}\n`));
    await this.#handle.datasync();
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#handle.writeFile(bytes);
    this.#written += bytes.length;
    this.#unsynced += bytes.length;
    if (this.#unsynced < syncEveryBytes) return;
    this.#unsynced = 0;
    await this.#handle.datasync();
  }
}

/** A snapshot whose bytes are as they were written. */
export type SnapshotOnDisk = {
  readonly cut: SnapshotCut;
  /** Hands over all lines before the cut, a slice in one go and others' work in between. */
  readonly forEachLine: (take: (line: string) => void, slices: Slices) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SnapshotFault = "none" | "damaged";

/** Opens a snapshot and proves its hash; "none": there is no file. */
export async function openSnapshot(file: string): Promise<Result<SnapshotOnDisk, SnapshotFault>> {
  let handle: FileHandle;
  try {
    handle = await open(file, "r");
  } catch {
    return err("none");
  }
  const cut = await provenCut(handle);
  if (cut === null) {
    await handle.close();
    return err("damaged");
  }
  const { place } = cut;
  return ok({
    cut: cut.cut,
    forEachLine: (take, slices) => forEachLine(handle, place, take, slices),
    close: () => handle.close(),
  });
}

async function provenCut(handle: FileHandle): Promise<{ cut: SnapshotCut; place: number } | null> {
  const { size } = await handle.stat();
  const end = size - lastLineBytes;
  if (end < 0) return null;
  const last = (await bytesAt(handle, end, size)).toString("latin1");
  const found = /^([0-9]{15}) ([0-9a-f]{64})\n$/.exec(last);
  const [, placeText = "", expected] = found ?? [];
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(readBytes);
  for (let at = 0; at < end; at += readBytes)
    hash.update(await bytesAt(handle, at, Math.min(end, at + readBytes), buffer));
  if (hash.update(placeText).digest("hex") !== expected) return null;
  const place = Number(placeText);
  // The hash says that these are the writer's own bytes.
  return { cut: JSON.parse((await bytesAt(handle, place, end)).toString()) as SnapshotCut, place };
}

async function forEachLine(
  handle: FileHandle,
  end: number,
  take: (line: string) => void,
  slices: Slices,
): Promise<void> {
  const decoder = new TextDecoder();
  const buffer = Buffer.allocUnsafe(readBytes);
  let rest = "";
  for (let at = 0; at < end; at += readBytes) {
    const bytes = await bytesAt(handle, at, Math.min(end, at + readBytes), buffer);
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      take(line);
      if (slices.isOver()) await slices.rest();
    }
  }
}

/** Into the same memory again and again where that is given: a quarter of a megabyte each would lie about until it is collected. */
async function bytesAt(
  handle: FileHandle,
  from: number,
  to: number,
  into = Buffer.allocUnsafe(to - from),
): Promise<Buffer> {
  const { bytesRead } = await handle.read(into, 0, to - from, from);
  return into.subarray(0, bytesRead);
}
