import type { Name } from "../../basics/name.ts";
import type { CentreRow, HospitalRow, MissionRow, OwnRow, PersonRow } from "../../site/views/board-view.ts";
import type { Outbox } from "../shell/outbox.ts";
import { emptyCentre } from "../shell/rows.ts";
import type { BoardSight, Moment, Places } from "../shell/sight.ts";
import type { Tools } from "./desk/tools.tsx";
import type { Order } from "./orders.ts";
import type { Speech } from "./speech.ts";

/** The room in which this desk stands: who speaks here, what it wrote, and what the centre's desks share. */
export type Room = {
  /** Role and number of whoever speaks at this desk: `dispatcher#104`. */
  readonly by: string;
  /** What this desk speaks as before anybody gave a name. */
  readonly deskBy: string;
  /** Who has begun a shift at this centre. */
  readonly people: readonly PersonRow[];
  readonly centre: CentreRow;
  readonly missions: ReadonlyMap<string, MissionRow>;
  readonly hospitals: ReadonlyMap<Name, HospitalRow>;
  /** Other control centres, and whether they are heard. */
  readonly centres: OwnRow["centres"];
  readonly outbox: Outbox<Order>;
  /** Forms and lists that come after the rows; null until then. */
  readonly tools: Tools | null;
};

/** What this board is drawn from, with its own texts. */
export type Sight = BoardSight & Speech & { readonly room: Room };

const emptyRoom: Room = {
  by: "dispatcher#1",
  deskBy: "dispatcher#1",
  people: [],
  centre: emptyCentre,
  missions: new Map(),
  hospitals: new Map(),
  centres: [],
  outbox: [],
  tools: null,
};

export function sightOf(places: Places, speech: Speech, moment: Moment, room: Room = emptyRoom): Sight {
  return { ...speech, ...moment, places, room };
}
