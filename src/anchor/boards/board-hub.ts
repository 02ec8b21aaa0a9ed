import type { CapabilityId } from "../../region/vocabulary.ts";
import { firstView } from "../../site/views/board-first.ts";
import type {
  BoardPush,
  BoardRegion,
  BoardView,
  CentreRow,
  HospitalRow,
} from "../../site/views/board-view.ts";
import type { SiteHub } from "./site-hub.ts";
import { type HubPorts, ViewHub } from "./view-hub.ts";

type Rows = Map<string, string>;
type RowsPush = Extract<BoardPush, { readonly type: "rows" }>;

/**
 * A centre's board names for each mission who holds what of it, and drawing it costs most: receipts alone are drawn with
 * the next fact. A person sees no difference, and a hospital's own board, on which somebody waits for one, has another hub.
 */
const receiptsWaitMs = 100;

/** Gives the boards of one site what changed, row by row, and a sign of life every second. */
export class BoardHub extends ViewHub<BoardView, Shown, RowsPush> {
  constructor(ports: Pick<HubPorts<BoardView, Shown, RowsPush>, "clock" | "view" | "loading" | "undrawn">) {
    super({ ...ports, shownOf: rowsOf, changeOf: changedRows, receiptsWaitMs });
  }
}

/** The same hub for boards that were just opened: of the whole and of the region only what their first rows need. */
export function columnsHub(
  hub: BoardHub,
  columns: readonly CapabilityId[],
  region: (view: BoardView) => BoardRegion,
): SiteHub {
  return {
    subscribe: ({ push }) =>
      hub.subscribe({
        push: (message) =>
          push(
            message.type === "all"
              ? {
                  ...message,
                  view: firstView(message.view, columns),
                  // Of missions too, which come with the whole: it overtakes the region.
                  region: region(message.view),
                  partial: true,
                }
              : message,
          ),
      }),
    changed: (ofReceipts) => hub.changed(ofReceipts),
    stop: () => hub.stop(),
  };
}

function changedRows(view: BoardView, before: Shown, after: Shown, nowMs: number): RowsPush | null {
  const hospitals = view.hospitals.filter((row) => isNew(before.hospitals, after.hospitals, row.hospital));
  const missions = view.missions.filter((row) => isNew(before.missions, after.missions, row.mission));
  const gone = [...before.missions.keys()].filter((mission) => !after.missions.has(mission));
  const own = before.own === after.own ? {} : { own: view.own };
  const centre = changedMembers(view.centre, before.centre, after.centre);
  if (hospitals.length + missions.length + gone.length === 0 && before.own === after.own && !centre) {
    return null;
  }
  const centreChanges = centre === undefined ? {} : { centreChanges: centre };
  return { type: "rows", nowMs, ...own, hospitals, missions, gone, ...centreChanges };
}

type Shown = {
  readonly own: string;
  readonly hospitals: Rows;
  readonly missions: Rows;
  /** Each member of the centre's row. */
  readonly centre: Rows;
};

function rowsOf(view: BoardView): Shown {
  return {
    own: JSON.stringify(view.own),
    hospitals: new Map(view.hospitals.map((row) => [row.hospital, textOf(row)])),
    missions: new Map(view.missions.map((row) => [row.mission, JSON.stringify(row)])),
    centre: new Map(Object.entries(view.centre ?? {}).map(([member, row]) => [member, JSON.stringify(row)])),
  };
}

/** Undefined where none has. */
function changedMembers(
  centre: CentreRow | undefined,
  before: Rows,
  after: Rows,
): Partial<CentreRow> | undefined {
  const changed = Object.entries(centre ?? {}).filter(([member]) => isNew(before, after, member));
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

const texts = new WeakMap<HospitalRow, string>();

/** A hospital's row is the same object as long as it says the same. */
function textOf(row: HospitalRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = JSON.stringify(row);
  texts.set(row, text);
  return text;
}

function isNew(before: Rows, after: Rows, key: string): boolean {
  return before.get(key) !== after.get(key);
}
