import { isDeepStrictEqual } from "node:util";
import { type FactRef, type Name, refKey } from "../basics/name.ts";
import { type Fact, type FactNamed, factOf, type KindName, knownKinds } from "../region/facts.ts";
import type { StoreContent, StoredFact } from "./stores.ts";

/** What the logs say about the night once it is over. */
export class Outcome {
  readonly #stores: readonly StoreContent[];
  readonly #facts: readonly { readonly stored: StoredFact; readonly fact: Fact }[];

  /** @param stores all of them; when they are equal it does not matter from which the facts are read */
  constructor(stores: readonly StoreContent[]) {
    this.#stores = stores;
    const all = new Map(stores.flatMap(({ facts }) => [...facts]));
    this.#facts = [...all.values()].flatMap((stored) => {
      const fact = factOf(knownKinds, stored.entry);
      return fact === undefined ? [] : [{ stored, fact }];
    });
  }

  named<K extends KindName>(
    kind: K,
  ): readonly { readonly stored: StoredFact; readonly fact: FactNamed<K> }[] {
    // The kind was just compared.
    return this.#facts.filter(({ fact }) => fact.kind === kind) as unknown as readonly {
      readonly stored: StoredFact;
      readonly fact: FactNamed<K>;
    }[];
  }

  /** What an observer wrote of the first loss of this site in that time. */
  lost(observer: Name, site: Name, fromMs: number, toMs: number): StoredFact | undefined {
    return this.named("contact.lost/1").find(
      ({ stored, fact }) =>
        stored.site === observer && fact.site === site && fact.at >= fromMs && fact.at <= toMs,
    )?.stored;
  }

  /**
   * From the last beat (or the fault, if that came first) to the durable fact. When a commit ended stands nowhere:
   * since nothing leaves a process before it is durable there, the first other store that has the fact bounds it.
   */
  silentAfterMs(lost: StoredFact | undefined, faultMs: number): number {
    if (lost === undefined) return Number.POSITIVE_INFINITY;
    const key = refKey([lost.log, lost.index]);
    const copies = this.#stores.flatMap(({ facts }) => facts.get(key)?.storedMs ?? []);
    const [, durableMs = Number.POSITIVE_INFINITY] = copies.toSorted((a, b) => a - b);
    const { lastHeardMs } = lost.entry;
    return durableMs - Math.min(faultMs, typeof lastHeardMs === "number" ? lastHeardMs : faultMs);
  }

  /** When the fact's commit began in its author's own store. */
  storedMs(lost: StoredFact | undefined): number {
    const key = lost === undefined ? "" : refKey([lost.log, lost.index]);
    const copies = this.#stores.flatMap(({ facts }) => facts.get(key)?.storedMs ?? []);
    return Math.min(...copies);
  }

  /** What became of a mission that was under way to a hospital when that was lost. */
  missionEnd(mission: string, lostHospital: Name): MissionEnd {
    const destination = this.#of("mission.destination/1", mission).at(-1)?.fact;
    const steered = this.#of("mission.steered/1", mission).find(
      ({ stored, fact }) =>
        fact.hospital === destination?.hospital &&
        destination.over.some((ref) => isDeepStrictEqual(ref, [stored.log, stored.index])),
    );
    const answers = this.#of("mission.answered/1", mission);
    const ready = answers.some(
      ({ stored, fact }) => fact.answer === "ready" && stored.site === destination?.hospital,
    );
    const resteered = steered !== undefined && destination?.hospital !== lostHospital;
    return {
      resteered,
      kept: !resteered && this.#of("mission.kept/1", mission).length > 0,
      accepted: resteered && ready,
      declined: answers.filter(({ fact }) => fact.answer === "cannot").length,
    };
  }

  /** In the order of each log; a crew has one. */
  #of<K extends KindName & `mission.${string}`>(kind: K, mission: string) {
    return this.named(kind).filter(
      ({ fact }) => "mission" in fact && refKey(fact.mission as FactRef) === mission,
    );
  }
}

export type MissionEnd = {
  readonly resteered: boolean;
  readonly kept: boolean;
  readonly accepted: boolean;
  /** Hospitals that said they cannot take it. */
  readonly declined: number;
};
