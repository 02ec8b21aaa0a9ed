import { concatBytes, toBase64, toHex, utf8Encode } from "../basics/bytes.ts";
import { isErased } from "../region/case-fold.ts";
import type { Commit } from "../site/effects.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";
import { clearText, keyBeginning, type Sealing } from "./sealing.ts";

const name = "sealed";
const forbidden = [utf8Encode(clearText), keyBeginning].flatMap(formsOf);

/** Every form in which a body or a key could be seen: as it is, in hexadecimal, in base64 from any place on. */
export function formsOf(bytes: Uint8Array): readonly Buffer[] {
  return [
    Buffer.from(bytes),
    Buffer.from(toHex(bytes)),
    ...[0, 1, 2].map((shift) => Buffer.from(base64Within(bytes, shift))),
  ];
}

/** What of these bytes' base64 is the same whatever stands around them, when so many bytes of a group of three go before. */
function base64Within(bytes: Uint8Array, shift: number): string {
  const groups = Math.floor((shift + bytes.length) / 3);
  const text = toBase64(concatBytes(new Uint8Array(shift), bytes));
  return text.slice(shift === 0 ? 0 : 4, 4 * groups);
}

/**
 * What is sealed, and its key, stand in the clear in nothing that is sent or stored; and when everybody has heard of an
 * erasure its key is in no store, while every slot that is left holds its case's own key.
 */
export function nothingInTheClear(sealing: Sealing): Checker {
  const seen = new WeakSet<Uint8Array>();
  const look = (process: SimulatedProcess, bytes: Uint8Array, where: string): void => {
    if (seen.has(bytes)) return;
    seen.add(bytes);
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (forbidden.some((part) => view.includes(part)))
      throw new CheckFailure(
        name,
        `${process.name}: what is sealed, or its key, is in the clear in ${where}`,
      );
  };
  return {
    name,
    sending: (process, _connection, bytes) => look(process, bytes, "a packet"),
    durable: (process, commit) => {
      for (const bytes of bytesOf(commit)) look(process, bytes, "the store");
    },
    ended: (processes) => {
      for (const process of processes) checkSlots(process, sealing);
    },
  };
}

function bytesOf({ appends, slots = [] }: Commit): readonly Uint8Array[] {
  return [...appends.flatMap(({ items }) => items), ...slots.map(({ box }) => box)];
}

function checkSlots(process: SimulatedProcess, sealing: Sealing): void {
  const { house, store } = process;
  const table = store.readKeyTable();
  if (house === null || !table.ok) return;
  for (const slot of table.value.slots) {
    if (isErased(house.fold, slot.case))
      throw new CheckFailure(name, `${process.name} still has a key of the erased case ${slot.case}`);
    if (!sealing.opens(slot))
      throw new CheckFailure(name, `${process.name} has a slot of ${slot.case} that ${slot.to} cannot open`);
  }
}
