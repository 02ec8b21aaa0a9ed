import type { JsonObject } from "../basics/canonical-json.ts";
import { type FactRef, type Name, refKey, siteOf } from "../basics/name.ts";
import type { InboundRow } from "../site/views/board-site-view.ts";
import type { MissionRow, OwnRow } from "../site/views/board-view.ts";

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

/** A receipt that a person was shown on a board: this site, or where it is null some control centre, holds the fact. */
export type ShownReceipt = { readonly holder: Name | null; readonly ref: FactRef };

/**
 * What people were told during the night, kept by the driver itself and by nobody else: at the end every line of it
 * must be found in every store.
 */
export class Ledger {
  readonly acknowledged: Acknowledged[] = [];
  /** Sentences with which anchors refused what the script's people wrote, but for late clicks: there should be none. */
  readonly refused: string[] = [];
  readonly #shown = new Map<string, Shown>();
  readonly #receipts = new Map<string, ShownReceipt>();

  get shown(): readonly Shown[] {
    return [...this.#shown.values()];
  }

  get receipts(): readonly ShownReceipt[] {
    return [...this.#receipts.values()];
  }

  acknowledge(fact: Acknowledged): void {
    this.acknowledged.push(fact);
  }

  /** Notes the words of others that this row shows: a hospital's answer, a crew's destination. */
  see(row: MissionRow): void {
    const { ref: mission, request, destination, steered, vehicle } = row;
    if (steered?.ref !== undefined && steered.heldByCrew) this.#hold(vehicle, steered.ref);
    if (request.step === "asked" && request.heldThere) this.#hold(request.hospital, request.ref);
    for (const { ref, heldBy } of row.receipts ?? []) for (const site of heldBy) this.#hold(site, ref);
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

  /** How much of its log a site is shown to be held by control centres. */
  seeOwn({ heldByDispatch }: OwnRow): void {
    if (heldByDispatch !== null && heldByDispatch.size > 0)
      this.#hold(null, [heldByDispatch.log, heldByDispatch.size - 1]);
  }

  /** What a site wrote itself needs no receipt. */
  #hold(holder: Name | null, ref: FactRef): void {
    if (siteOf(ref[0]) !== holder) this.#receipts.set(`${holder} ${refKey(ref)}`, { holder, ref });
  }

  #note(shown: Shown): void {
    this.#shown.set(JSON.stringify(shown), shown);
  }
}
