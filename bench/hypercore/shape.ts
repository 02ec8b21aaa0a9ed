import { utf8Encode } from "../../src/basics/bytes.ts";

/* What both engines replicate: as many logs and entries, of about the same bytes, as bench/million/catch-up.ts has. */

export const logs = 400;
export const entriesALog = 300;

export function entryAt(log: number, at: number): Uint8Array {
  const request = `${log}-${at}`.padStart(20, "0");
  const body = { at: 1_599_782_400_000 + at, by: "nurse#7", capability: "trauma-centre-supraregional" };
  return utf8Encode(JSON.stringify({ ...body, kind: "hospital.status/1", over: [], request, state: "open" }));
}
