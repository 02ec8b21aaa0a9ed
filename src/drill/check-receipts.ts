import { toHex } from "../basics/bytes.ts";
import type { Cosignature } from "../log/cosignature.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";
import type { StoreBooks } from "./store-books.ts";

/**
 * No receipt without the durable fact: whoever stores a receipt, by whatever way it came, its holder's own store has
 * every entry up to that size. Of a holder with two machines, or with a store that was put back, one of them may not.
 */
export function receiptsAreTrue(books: StoreBooks, all: () => readonly SimulatedProcess[]): Checker {
  return {
    name: "receipts",
    durable: (process, { cosignatures }) => {
      for (const receipt of cosignatures) check(books, all(), process, receipt);
    },
  };
}

function check(
  books: StoreBooks,
  all: readonly SimulatedProcess[],
  process: SimulatedProcess,
  { holder, origin, size, root }: Cosignature,
): void {
  const owner = all.find(({ devices }) => devices.some((device) => device.holder.vkey.name === holder));
  if (owner === undefined || owner.devices.some(({ id }) => books.isDoubled(id))) return;
  if (books.of(owner).logs.get(origin)?.roots.get(size) !== toHex(root))
    throw new CheckFailure(
      "receipts",
      `${process.name} has a receipt of ${holder} for ${size} of ${origin}, which ${owner.name} does not store`,
    );
}
