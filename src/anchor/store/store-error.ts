import type { StoreError, StoreErrorCode } from "../../site/store-port.ts";

// Primary result codes of SQLite (https://www.sqlite.org/rescode.html); extended ones add bits above the lowest 8.
const primaryCodeMask = 0xff;

const failures: Readonly<Record<number, readonly [code: StoreErrorCode, detail: string]>> = {
  3: ["cannot-open", "This process has no right to the store's file."],
  5: ["in-use", "Another process has this store open: a store belongs to one process."],
  8: ["read-only", "The store's file or disk takes no writing."],
  10: ["io-error", "The disk failed while the store read or wrote."],
  11: ["corrupt", "The store's file is damaged."],
  13: ["disk-full", "The disk is full."],
  14: [
    "cannot-open",
    "The store's file cannot be opened: is its folder there, and may this process write to it?",
  ],
  26: ["corrupt", "This file is not a store of Holdfast."],
};

/** What SQLite threw, as a value. Throws again what is no failure of a disk: a mistake of ours. */
export function storeErrorOf(error: unknown): StoreError {
  const failure = failures[sqliteCode(error) & primaryCodeMask];
  if (failure === undefined || !(error instanceof Error)) throw error;
  const [code, detail] = failure;
  return { code, detail: `${detail} (SQLite: ${error.message})` };
}

/** 0 for what SQLite did not throw. */
function sqliteCode(error: unknown): number {
  if (!(error instanceof Error) || !("errcode" in error)) return 0;
  return typeof error.errcode === "number" ? error.errcode : 0;
}
