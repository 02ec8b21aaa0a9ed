import { closeSync, openSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { assert } from "../../basics/assert.ts";
import type { Name } from "../../basics/name.ts";
import { hourMs } from "../../basics/time.ts";
import type { PersonRow } from "../../site/views/board-view.ts";
import type { StoreThread } from "../store/store.ts";

/** After this a board asks for name and role again. */
export const shiftMs = 12 * hourMs;
/** A name stands on boards for as long as its facts may still be talked about at a change of shift. */
const shownForMs = 36 * hourMs;
/** Lower numbers are for what writes without a shift: systems, scripts of a rehearsal. */
const firstNumber = 100;
const nameLengthMax = 60;

/** What of the store's thread is needed: the last number given outlives the table, so that none is given twice. */
export type NumberKeeper = Pick<StoreThread, "readMeta" | "writeMeta">;

/** Someone who begins a shift, or goes on with one. */
export type ShiftStart = {
  readonly site: Name;
  readonly role: string;
  readonly name: string;
  /** Number of whoever is relieved at the same desk: that shift ends. */
  readonly relieves?: number | undefined;
};

/** As it is kept: no line breaks, single spaces; null where nothing usable is left. */
export function usableName(text: string): string | null {
  const name = text.normalize("NFC").replace(/\s+/g, " ").trim();
  const isUsable = name.length >= 1 && name.length <= nameLengthMax && !/\p{C}/u.test(name);
  return isUsable ? name : null;
}

/**
 * Who stands behind a number, for one process: a small file of its own beside the store, never replicated and never
 * part of a log. It may be deleted at any time, then only the names are gone. Nothing in it is worth waiting for a
 * disk on the thread that also beats: it is not flushed, and what is erased is overwritten.
 */
export class People {
  readonly #database: DatabaseSync;
  readonly #numbers: NumberKeeper;
  readonly #rows = new Map<Name, readonly PersonRow[]>();
  /** Numbers are given one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(path: string, numbers: NumberKeeper, note: (code: string, about: string) => void) {
    this.#database = openOrRemake(path, note);
    this.#numbers = numbers;
  }

  /**
   * Begins a shift. The same person in the same role, asked again while the shift lasts, goes on under the same number.
   * Null where no number could be kept: the store takes nothing now.
   */
  start(start: ShiftStart, nowMs: number): Promise<PersonRow | null> {
    const started = this.#turn.then(() => this.#start(start, nowMs));
    this.#turn = started.catch(() => undefined);
    return started;
  }

  /** Everybody whose name is kept, the newest shift first. */
  all(site: Name): readonly PersonRow[] {
    const known = this.#rows.get(site) ?? this.#read(site);
    this.#rows.set(site, known);
    return known;
  }

  /** Those whose names boards show. */
  recent(site: Name, nowMs: number): readonly PersonRow[] {
    return this.all(site).filter(({ sinceMs }) => nowMs - sinceMs < shownForMs);
  }

  /** Ends a shift before its time. False: nobody has one under this number. */
  end(site: Name, number: number, nowMs: number): boolean {
    const isOn = this.all(site).some((row) => row.number === number && row.shiftEndsMs > nowMs);
    if (!isOn) return false;
    this.#database
      .prepare("INSERT OR REPLACE INTO ended(site, number, ended_ms) VALUES(?, ?, ?)")
      .run(site, number, nowMs);
    this.#rows.delete(site);
    return true;
  }

  /** False: nobody had this number, or the name is gone already. */
  erase(site: Name, number: number): boolean {
    const { changes } = this.#database
      .prepare("DELETE FROM person WHERE site = ? AND number = ?")
      .run(site, number);
    this.#database.prepare("DELETE FROM ended WHERE site = ? AND number = ?").run(site, number);
    this.#rows.delete(site);
    return changes > 0;
  }

  close(): void {
    this.#database.close();
  }

  async #start({ site, role, name, relieves }: ShiftStart, nowMs: number): Promise<PersonRow | null> {
    const lasting = this.all(site).find(
      (row) => row.role === role && row.name === name && row.shiftEndsMs > nowMs,
    );
    const number = lasting?.number ?? (await this.#nextNumber(site));
    if (number === null) return null;
    this.#database
      .prepare("INSERT OR REPLACE INTO person(site, number, role, name, since_ms) VALUES(?, ?, ?, ?, ?)")
      .run(site, number, role, name, nowMs);
    this.#rows.delete(site);
    if (relieves !== undefined && relieves !== number) this.end(site, relieves, nowMs);
    return personRow({ number, role, name, sinceMs: nowMs, endedMs: null });
  }

  async #nextNumber(site: Name): Promise<number | null> {
    const key = `people:${site}`;
    const last = await this.#numbers.readMeta(key);
    if (!last.ok) return null;
    const number = last.value === undefined ? firstNumber : Number(last.value) + 1;
    const kept = await this.#numbers.writeMeta(key, String(number));
    return kept.ok ? number : null;
  }

  #read(site: Name): readonly PersonRow[] {
    const rows = this.#database
      .prepare(
        `SELECT number, role, name, since_ms, ended_ms FROM person LEFT JOIN ended USING(site, number)
         WHERE site = ? ORDER BY since_ms DESC, number DESC`,
      )
      .all(site);
    return rows.map((row) => {
      const { number, role, name, since_ms: sinceMs, ended_ms: endedMs } = row;
      assert(typeof number === "number" && typeof role === "string", "the table is STRICT");
      assert(typeof name === "string" && typeof sinceMs === "number", "the table is STRICT");
      assert(endedMs === null || typeof endedMs === "number", "the table is STRICT");
      return personRow({ number, role, name, sinceMs, endedMs });
    });
  }
}

type Begun = Pick<PersonRow, "number" | "role" | "name" | "sinceMs"> & { readonly endedMs: number | null };

function personRow({ endedMs, ...begun }: Begun): PersonRow {
  const { number, role, sinceMs } = begun;
  return { ...begun, by: `${role}#${number}`, shiftEndsMs: Math.min(sinceMs + shiftMs, endedMs ?? Infinity) };
}

// Names must never keep an anchor from starting: a file that cannot be read is made anew, at worst only in memory.
function openOrRemake(path: string, note: (code: string, about: string) => void): DatabaseSync {
  try {
    return open(path);
  } catch (error) {
    note("people-made-anew", String(error));
  }
  try {
    rmSync(path, { force: true });
    return open(path);
  } catch (error) {
    note("people-in-memory-only", String(error));
    return open(":memory:");
  }
}

function open(path: string): DatabaseSync {
  if (path !== ":memory:") closeSync(openSync(path, "a", 0o600));
  const database = new DatabaseSync(path);
  try {
    database.exec(`
      PRAGMA journal_mode = MEMORY;
      PRAGMA synchronous = OFF;
      PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS person(
        site TEXT NOT NULL,
        number INTEGER NOT NULL,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        since_ms INTEGER NOT NULL,
        PRIMARY KEY(site, number)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS ended(
        site TEXT NOT NULL,
        number INTEGER NOT NULL,
        ended_ms INTEGER NOT NULL,
        PRIMARY KEY(site, number)
      ) STRICT, WITHOUT ROWID;
    `);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
