import { assert } from "../basics/assert.ts";
import { canSnapshot, type SnapshotCut, SnapshotMaker } from "../site/snapshot.ts";
import type { House } from "../site/state.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";

/** A snapshot as a file has it: only what JSON can carry. */
export type SimulatedSnapshot = { readonly lines: readonly string[]; readonly cut: SnapshotCut };

type Making = { readonly house: House; readonly maker: SnapshotMaker; readonly lines: Generator<string> };
type Book = { making: Making | null; written: string[]; commits: number; newest: SimulatedSnapshot | null };

export const snapshotVersion = "drill";
const afterCommits = 8;

/**
 * A snapshot and what was stored since make the same fold as everything folded anew. Snapshots are made while the house
 * goes on, a line a step, one after the other; of each store the newest whole one is opened at the end.
 * @param opened a new house on this store, from this snapshot; a sentence where the snapshot may not be used
 * @param foldedAnew the fold of everything that is stored, as text
 */
export function snapshotIsFold(
  opened: (process: SimulatedProcess, snapshot: SimulatedSnapshot) => House | string,
  textOf: { readonly found: (house: House) => string; readonly anew: (process: SimulatedProcess) => string },
): Checker & { readonly used: () => number } {
  const books = new Map<SimulatedProcess, Book>();
  let used = 0;
  const bookOf = (process: SimulatedProcess): Book => {
    const book = books.get(process) ?? { making: null, written: [], commits: 0, newest: null };
    books.set(process, book);
    return book;
  };
  return {
    name: "snapshot",
    used: () => used,
    durable: (process) => {
      bookOf(process).commits += 1;
    },
    stepped: (process) => {
      if (process.house !== null) goOn(bookOf(process), process.house);
    },
    ended: (processes) => {
      for (const process of processes) {
        const { newest } = bookOf(process);
        const house = newest === null ? "none was made" : opened(process, newest);
        if (typeof house === "string") continue;
        used += 1;
        if (textOf.found(house) !== textOf.anew(process))
          throw new CheckFailure("snapshot", `${process.name} has another fold from its snapshot than anew`);
      }
    },
  };
}

function goOn(book: Book, house: House): void {
  // A process that ended took what it was writing with it.
  if (book.making?.house !== house) book.making = null;
  if (book.making !== null) return takeLine(book, book.making);
  if (book.commits < afterCommits || !canSnapshot(house)) return;
  const maker = new SnapshotMaker(house);
  book.commits = 0;
  book.written = [];
  book.making = { house, maker, lines: maker.lines() };
}

function takeLine(book: Book, { house, maker, lines }: Making): void {
  const next = lines.next();
  if (!next.done) {
    book.written.push(next.value);
    return;
  }
  book.making = null;
  const end = maker.end(snapshotVersion);
  if (end === null) return;
  assert(house.changedParts === null, "a snapshot that has ended follows nothing any more");
  // Text, as in a file: nothing of the running house is in it.
  const cut = JSON.parse(JSON.stringify(end.cut)) as SnapshotCut;
  book.newest = { lines: [...book.written, ...end.lines], cut };
}
