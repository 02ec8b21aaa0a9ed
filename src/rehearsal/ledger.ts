import type { JsonObject } from "../basics/canonical-json.ts";
import type { FactRef, Name } from "../basics/name.ts";
import type { InboundRow } from "../site/views/board-site-view.ts";
import type { MissionRow } from "../site/views/board-view.ts";

/** A fact that an anchor acknowledged: it said that the fact is durable, and where. */
export type Acknowledged = {
  readonly ref: FactRef;
  readonly request: string;
  readonly kind: string;
  readonly body: JsonObject;
};

/** An answer that a person was shown on a board: a fact of another site. */
export type Shown = {
  /** The site that must have written it. */
  readonly site: Name;
  readonly kind: string;
  /** Fields of the fact as the board showed them. */
  readonly body: JsonObject;
};

/**
 * What people were told during the night, kept by the driver itself and by nobody else: at the end every line of it
 * must be found in every store.
 */
export class Ledger {
  readonly acknowledged: Acknowledged[] = [];
  /** Sentences with which anchors refused what the script's people wrote, but for late clicks: there should be none. */
  readonly refused: string[] = [];
  readonly #shown = new Map<string, Shown>();

  get shown(): readonly Shown[] {
    return [...this.#shown.values()];
  }

  acknowledge(fact: Acknowledged): void {
    this.acknowledged.push(fact);
  }

  /** Notes the words of others that this row shows: a hospital's answer, a crew's destination. */
  see(row: MissionRow): void {
    const { ref: mission, request, destination, vehicle } = row;
    if (request.step === "answered") {
      const { hospital, answer } = request;
      this.#note({ site: hospital, kind: "mission.answered/1", body: { mission, answer } });
    }
    if (destination !== null) {
      const { hospital } = destination;
      this.#note({ site: vehicle, kind: "mission.destination/1", body: { mission, hospital } });
    }
  }

  /** Notes the word of a crew that a hospital is shown as inbound to it; a spoken one is its centre's. */
  seeInbound(hospital: Name, { ref: mission, vehicle, state, spoken }: InboundRow): void {
    if (spoken || (state !== "inbound" && state !== "announced")) return;
    this.#note({ site: vehicle, kind: "mission.destination/1", body: { mission, hospital } });
  }

  #note(shown: Shown): void {
    this.#shown.set(JSON.stringify(shown), shown);
  }
}
