import type { Name } from "../basics/name.ts";
import type { BoardPush, BoardView, HospitalRow, MissionRow, OwnRow } from "../site/views/board-view.ts";
import { LiveStream, type ShownCell } from "./live-stream.ts";

export type PushListener = (push: BoardPush, receivedMs: number) => void;

/** The board of a control centre that somebody sits before. */
export class LiveBoard extends LiveStream<BoardPush> {
  own: OwnRow | null = null;
  readonly hospitals = new Map<Name, HospitalRow>();
  readonly missions = new Map<string, MissionRow>();

  /** @param url of the site, as `http://127.0.0.1:4711/api/duesseldorf` */
  constructor(site: Name, url: string) {
    super(site, `${url}/events`);
  }

  cells(): Iterable<ShownCell> {
    return cellsOf(this.hospitals.values());
  }

  protected override show(push: BoardPush): void {
    if (push.type === "all") {
      this.hospitals.clear();
      this.missions.clear();
      this.#showRows(push.view);
    } else if (push.type === "rows") {
      this.#showRows(push);
      for (const mission of push.gone ?? []) this.missions.delete(mission);
    }
  }

  #showRows(rows: Partial<BoardView>): void {
    if (rows.own !== undefined) this.own = rows.own;
    for (const row of rows.hospitals ?? []) this.hospitals.set(row.hospital, row);
    for (const row of rows.missions ?? []) this.missions.set(row.mission, row);
  }
}

export function* cellsOf(rows: Iterable<HospitalRow>): Iterable<ShownCell> {
  for (const { hospital, cells } of rows) {
    for (const [capability, cell] of Object.entries(cells)) yield { hospital, capability, cell };
  }
}
