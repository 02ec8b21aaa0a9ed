import { refKey } from "../../basics/name.ts";
import type { CrewBoardView, HospitalBoardView, SitePush } from "../../site/views/board-site-view.ts";
import type { OwnRow } from "../../site/views/board-view.ts";

/** By what a row of a list is known again when it changes; the anchor uses the same. */
type RowKeys<View extends { readonly own: OwnRow }> = {
  readonly [Member in Exclude<keyof View, "own">]: View[Member] extends readonly (infer Row)[]
    ? (row: Row) => string
    : never;
};

export const hospitalRowKeys: RowKeys<HospitalBoardView> = {
  capabilities: ({ capability }) => capability,
  inbound: ({ mission }) => mission,
  outgoing: ({ mission }) => mission,
  requests: ({ asked }) => refKey(asked),
  transfers: ({ ref }) => refKey(ref),
};

export const crewRowKeys: RowKeys<CrewBoardView> = { missions: ({ mission }) => mission };

/** The view after a message. Changes before the first whole view mean nothing yet. New rows come last. */
export function applySitePush<View extends { readonly own: OwnRow }>(
  view: View | null,
  push: SitePush<View>,
  keys: RowKeys<View>,
): View | null {
  if (push.type === "all") return push.view;
  if (push.type !== "rows" || view === null) return view;
  const next: Record<string, unknown> = { ...view, own: push.changes.own ?? view.own };
  for (const [member, keyOf] of Object.entries(keys)) {
    next[member] = changedRows(lists(view)[member], lists(push.changes)[member], lists(push.gone)[member], {
      // A table of key functions, one for each list of the view: see RowKeys.
      keyOf: keyOf as (row: unknown) => string,
    });
  }
  // The same members as before, each list with rows of its own kind.
  return next as View;
}

/** Every member but `own` is a list: that is what these views are. */
function lists(view: object): { readonly [member: string]: readonly unknown[] | undefined } {
  return view as { readonly [member: string]: readonly unknown[] | undefined };
}

function changedRows(
  known: readonly unknown[] = [],
  changes: readonly unknown[] = [],
  gone: readonly unknown[] = [],
  { keyOf }: { readonly keyOf: (row: unknown) => string },
): readonly unknown[] {
  if (changes.length === 0 && gone.length === 0) return known;
  const rows = new Map(known.map((row) => [keyOf(row), row]));
  for (const row of changes) rows.set(keyOf(row), row);
  for (const key of gone) rows.delete(String(key));
  return [...rows.values()];
}
