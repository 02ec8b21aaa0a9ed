import { later, type Part } from "../shell/later.tsx";
import type { ward } from "./ward.ts";

/** A part of a hospital's board that comes after its first rows. */
export function wardPart<Props extends object>(pick: (parts: typeof ward) => Part<Props>): Part<Props> {
  return later(async () => pick((await import("./ward.ts")).ward));
}
