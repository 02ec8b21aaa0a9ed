import type { Name } from "../basics/name.ts";
import type {
  CapabilityRow,
  HospitalBoardView,
  InboundRow,
  SitePush,
} from "../site/views/board-site-view.ts";
import type { OwnRow } from "../site/views/board-view.ts";
import { LiveStream, lookAt, type ShownCell } from "./live-stream.ts";

const pushesOf = (url: string): string => `${url}/board/events`;

/** One look at a hospital's board; null when its anchor does not answer. */
export function lookAtHospital(url: string): Promise<HospitalBoardView | null> {
  return lookAt<HospitalBoardView>(pushesOf(url));
}

/** The board of a hospital that somebody sits before all the time. */
export class LiveHospitalBoard extends LiveStream<SitePush<HospitalBoardView>> {
  own: OwnRow | null = null;
  readonly capabilities = new Map<string, CapabilityRow>();
  readonly inbound = new Map<string, InboundRow>();

  /** @param url of the site, as `http://127.0.0.1:4713/api/ukd` */
  constructor(site: Name, url: string) {
    super(site, pushesOf(url));
  }

  *cells(): Iterable<ShownCell> {
    for (const { capability, cell } of this.capabilities.values()) {
      if (cell !== null) yield { hospital: this.site, capability, cell };
    }
  }

  protected override show(push: SitePush<HospitalBoardView>): void {
    if (push.type === "all") {
      this.capabilities.clear();
      this.inbound.clear();
      this.#showRows(push.view);
    } else if (push.type === "rows") {
      this.#showRows(push.changes);
      for (const mission of push.gone.inbound ?? []) this.inbound.delete(mission);
    }
  }

  #showRows(rows: Partial<HospitalBoardView>): void {
    if (rows.own !== undefined) this.own = rows.own;
    for (const row of rows.capabilities ?? []) this.capabilities.set(row.capability, row);
    for (const row of rows.inbound ?? []) this.inbound.set(row.mission, row);
  }
}
