import { equalBytes } from "../basics/bytes.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";
import type { StoreBook, StoreBooks } from "./store-books.ts";

/** At the end every store holds the same entries, byte for byte: the union of all logs, as far as they are one log. */
export function unionIsEqual(books: StoreBooks): Checker {
  return {
    name: "union",
    ended: ([first, ...others]) => {
      if (first === undefined) return;
      for (const other of others) {
        compare(books, first, other);
        compare(books, other, first);
      }
    },
  };
}

function compare(books: StoreBooks, one: SimulatedProcess, other: SimulatedProcess): void {
  const [own, theirs] = [books.of(one), books.of(other)];
  for (const [origin, { entries }] of own.logs) {
    const found = theirs.logs.get(origin)?.entries ?? [];
    const size = own.commons.get(origin) ?? entries.length;
    for (let at = 0; at < size; at += 1) {
      const [entry, there] = [entries[at], found[at]];
      if (entry === undefined || there === undefined || !equalBytes(entry, there))
        throw new CheckFailure("union", `${one.name} and ${other.name} differ in ${origin} at ${at}`);
    }
    if (!isForked(own, origin) && found.length !== entries.length)
      throw new CheckFailure("union", `${other.name} holds more of ${origin} than ${one.name}`);
  }
}

function isForked(book: StoreBook, origin: string): boolean {
  return book.commons.has(origin);
}
