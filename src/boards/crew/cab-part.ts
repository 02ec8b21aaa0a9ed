import { later, type Part } from "../shell/later.tsx";
import type { cab } from "./cab.ts";

/** A part of a crew's board that comes after its first rows. */
export function cabPart<Props extends object>(pick: (parts: typeof cab) => Part<Props>): Part<Props> {
  return later(async () => pick((await import("./cab.ts")).cab));
}
