import { refKey } from "../../basics/name.ts";
import type { CrewBoardView, HospitalBoardView, SitePush } from "../../site/views/board-site-view.ts";
import type { BoardRegion } from "../../site/views/board-view.ts";
import { type HubPorts, type Subscriber, ViewHub } from "./view-hub.ts";

/** A hub of whatever kind of board: who listens knows which. */
export type SiteHub = {
  readonly subscribe: (subscriber: Subscriber<object>) => () => void;
  readonly changed: (ofReceipts?: boolean) => void;
  readonly stop: () => void;
};

/** The same hub for boards that were just opened: the whole comes with what their first rows need of the region. */
export function firstHub(hub: SiteHub, region: (view: object) => BoardRegion): SiteHub {
  return {
    subscribe: ({ push }) =>
      hub.subscribe({
        // Of all messages only the whole has a view.
        push: (message) => push(hasView(message) ? { ...message, region: region(message.view) } : message),
      }),
    changed: (ofReceipts) => hub.changed(ofReceipts),
    stop: () => hub.stop(),
  };
}

function hasView(message: object): message is { readonly view: object } {
  return "view" in message;
}

type SiteView = HospitalBoardView | CrewBoardView;
/** By member and key what each row said. */
type Shown = ReadonlyMap<string, ReadonlyMap<string, string>>;
type RowsPush<View extends SiteView> = Extract<SitePush<View>, { readonly type: "rows" }>;
/** How the rows of each list are told apart. */
type Keys = { readonly [member: string]: (row: never) => string };

const hospitalKeys = {
  capabilities: (row) => row.capability,
  inbound: (row) => row.mission,
  requests: (row) => refKey(row.asked),
  outgoing: (row) => row.mission,
  transfers: (row) => refKey(row.ref),
} satisfies RowKeys<HospitalBoardView>;

const crewKeys = { missions: (row) => row.mission } satisfies RowKeys<CrewBoardView>;

type RowKeys<View extends SiteView> = {
  readonly [Member in Exclude<keyof View, "own">]: View[Member] extends readonly (infer Row)[]
    ? (row: Row) => string
    : never;
};

/** Where a hub's clock and state of loading come from, and who is told what could not be drawn. */
export type HubBase = Pick<HubPorts<unknown, unknown, unknown>, "clock" | "loading" | "undrawn">;

export function hospitalHub(base: HubBase, view: () => HospitalBoardView): SiteHub {
  return siteHub(base, view, hospitalKeys);
}

export function crewHub(base: HubBase, view: () => CrewBoardView): SiteHub {
  return siteHub(base, view, crewKeys);
}

function siteHub<View extends SiteView>(base: HubBase, view: () => View, keys: Keys): SiteHub {
  return new ViewHub<View, Shown, RowsPush<View>>({
    ...base,
    view,
    shownOf: (seen) => shownOf(seen, keys),
    changeOf: (seen, before, after, nowMs) => changeOf(seen, keys, before, after, nowMs),
  });
}

const ownKey = "";

function shownOf(view: SiteView, keys: Keys): Shown {
  const lists = Object.entries(keys).map(([member, keyOf]) => {
    const rows = rowsOf(view, member).map((row) => [keyOf(row), JSON.stringify(row)] as const);
    return [member, new Map(rows)] as const;
  });
  return new Map([["own", new Map([[ownKey, JSON.stringify(view.own)]])], ...lists]);
}

function changeOf<View extends SiteView>(
  view: View,
  keys: Keys,
  before: Shown,
  after: Shown,
  nowMs: number,
): RowsPush<View> | null {
  const changes: Record<string, unknown> = {};
  const gone: Record<string, readonly string[]> = {};
  if (textOf(before, "own", ownKey) !== textOf(after, "own", ownKey)) changes["own"] = view.own;
  for (const [member, keyOf] of Object.entries(keys)) {
    const rows = rowsOf(view, member).filter(
      (row) => textOf(before, member, keyOf(row)) !== textOf(after, member, keyOf(row)),
    );
    const left = [...(before.get(member)?.keys() ?? [])].filter((key) => !after.get(member)?.has(key));
    if (rows.length > 0) changes[member] = rows;
    if (left.length > 0) gone[member] = left;
  }
  if (Object.keys(changes).length + Object.keys(gone).length === 0) return null;
  // Each member was taken from the view itself, by the names that the keys of this view list.
  return { type: "rows", nowMs, changes: changes as Partial<View>, gone: gone as RowsPush<View>["gone"] };
}

function textOf(shown: Shown, member: string, key: string): string | undefined {
  return shown.get(member)?.get(key);
}

// A member that a key is listed for is a list of the rows that this key takes (RowKeys).
function rowsOf(view: SiteView, member: string): readonly never[] {
  return (view as unknown as Readonly<Record<string, readonly never[]>>)[member] ?? [];
}
