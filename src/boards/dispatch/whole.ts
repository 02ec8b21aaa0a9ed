import type { JSX } from "preact";
import { insistPart } from "../shell/insist.ts";
import type { Rows } from "../shell/rows.ts";
import { PrintPage, printSheets } from "./print.tsx";
import type { Sight } from "./sight.ts";

/** What is drawn in the board's place, from the same rows. */
export type WholeProps = {
  readonly rows: Rows;
  readonly sight: Sight;
  /** The anchor's clock in its last message, UTC ms. */
  readonly heardMs: number;
};

export type Whole = (props: WholeProps) => JSX.Element;

/** What `?wall` or `?print` asks for, with its code; null: the board itself. */
export async function wholeOf(search: string): Promise<Whole | null> {
  const asked = new URLSearchParams(search);
  if (asked.has("wall")) return (await insistPart(() => import("./wall.tsx"))).Wall;
  if (asked.has("print")) return PrintPage;
  return null;
}

/** Fetched while the anchor is there: paper is needed when it is gone. */
export const preparePaper = printSheets;
