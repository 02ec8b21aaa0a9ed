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
  missionEnd(mission: string, { hospital: lost, lostMs, centres }: Loss): MissionEnd {
    const destination = this.#of("mission.destination/1", mission).at(-1)?.fact;
    const steerings = this.#of("mission.steered/1", mission).filter(
      ({ stored, fact }) => fact.at >= lostMs && fact.hospital !== lost && centres.has(stored.site),
    );
    const resteered = steerings.some(
      ({ stored, fact }) =>
        fact.hospital === destination?.hospital &&
        destination.over.some((ref) => isDeepStrictEqual(ref, [stored.log, stored.index])),
    );
    const kept = this.#of("mission.kept/1", mission).some(
      ({ stored, fact }) =>
        fact.hospital === lost &&
        fact.at >= lostMs &&
        centres.has(stored.site) &&
        fact.by.startsWith("dispatcher#"),
    );
    const firstNew = steerings[0]?.fact.hospital;
    return {
      resteered,
      kept: !resteered && destination?.hospital === lost && kept,
      accepted: resteered && this.#answers(mission, destination?.hospital).at(-1) === "ready",
      declinedFirst: this.#answers(mission, firstNew)[0] === "cannot",
    };
  }

  /** What this hospital answered when it was asked itself for this mission, in its order. */
  #answers(mission: string, hospital: Name | undefined): readonly ("ready" | "cannot")[] {
    const requests = this.#of("mission.asked/1", mission).filter(({ fact }) => fact.hospital === hospital);
    const asked = new Set(requests.map(({ stored }) => refKey([stored.log, stored.index])));
    return this.#of("mission.answered/1", mission)
      .filter(({ stored, fact }) => stored.site === hospital && asked.has(refKey(fact.asked)))
      .map(({ fact }) => fact.answer);
  }

  /** In the order of their moments by the one clock of this machine; those of one moment as their log has them. */
  #of<K extends KindName & `mission.${string}`>(kind: K, mission: string) {
    return this.named(kind)
      .filter(({ fact }) => "mission" in fact && refKey(fact.mission as FactRef) === mission)
      .toSorted((a, b) => a.stored.entry.at - b.stored.entry.at || a.stored.index - b.stored.index);
  }
}

export type Loss = {
  readonly hospital: Name;
  /** UTC ms; what was said before has nothing to do with it. */
  readonly lostMs: number;
  /** Only a control centre steers and keeps. */
  readonly centres: ReadonlySet<Name>;
};

export type MissionEnd = {
  /** A control centre chose another hospital after the loss, and the crew's last word is that it drives there for that. */
  readonly resteered: boolean;
  /** A dispatcher said after the loss, with a reason, that the lost hospital stays the destination, and it stayed so. */
  readonly kept: boolean;
  /** The hospital it was steered to said, last, that it is ready: an answer to a request made of itself. */
  readonly accepted: boolean;
  /** The first hospital it was steered to after the loss first said that it cannot. */
  readonly declinedFirst: boolean;
};
