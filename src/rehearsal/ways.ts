import type { Standing, WayRow } from "../site/views/rehearsal-view.ts";
import { dialingPairs, type RehearsalPlan } from "./plan.ts";
import { type Cut, LinkProxy } from "./proxy.ts";
import { doorOf } from "./setup.ts";

/** One dialing direction of a way. */
type Door = { readonly from: string; readonly to: string; readonly proxy: LinkProxy };

type Way = { readonly row: WayRow; readonly doors: readonly Door[] };

/**
 * The ways of a rehearsal that can be made to stand still: all of the two hospitals with processes of their own, and
 * those between control centres. From the many others to the centres there is no proxy: hundreds of connections would
 * pass through one process.
 */
export function waysWithDoors(plan: RehearsalPlan): readonly (readonly [from: string, to: string])[] {
  const sizes = new Map(plan.processes.map(({ id, hosted }) => [id, hosted.length]));
  const centres = new Set(plan.sites.filter(({ type }) => type === "control-centre").map(({ site }) => site));
  return dialingPairs(plan).filter(([from, to]) => sizes.get(from) === 1 || !centres.has(to));
}

export class Ways {
  readonly #ways = new Map<string, Way>();

  /**
   * Listens at every door.
   * @param portOf port of a process, and of a door of {@link doorOf}
   */
  async open(plan: RehearsalPlan, portOf: (id: string) => number): Promise<void> {
    for (const [from, to] of waysWithDoors(plan)) {
      const proxy = new LinkProxy(portOf(to));
      await proxy.listen(portOf(doorOf(from, to)));
      this.#add({ from, to, proxy });
    }
  }

  rows(): readonly WayRow[] {
    return [...this.#ways.values()].map(({ row }) => row);
  }

  /** False: there is no such way. What stood still before and is not named now flows again. */
  stand(id: string, standing: Standing): boolean {
    const way = this.#ways.get(id);
    if (way === undefined) return false;
    for (const { from, proxy } of way.doors) proxy.pause(cutOf(standing, from === way.row.first));
    this.#ways.set(id, { ...way, row: { ...way.row, standing } });
    return true;
  }

  restore(id: string): boolean {
    const way = this.#ways.get(id);
    if (way === undefined) return false;
    for (const { proxy } of way.doors) proxy.restore();
    this.#ways.set(id, { ...way, row: { ...way.row, standing: null } });
    return true;
  }

  restoreAll(): void {
    for (const id of this.#ways.keys()) this.restore(id);
  }

  close(): void {
    for (const { doors } of this.#ways.values()) for (const { proxy } of doors) proxy.close();
  }

  #add(door: Door): void {
    const { from, to } = door;
    const back = this.#ways.get(wayOf(to, from));
    if (back !== undefined) {
      this.#ways.set(back.row.id, { ...back, doors: [...back.doors, door] });
      return;
    }
    const id = wayOf(from, to);
    this.#ways.set(id, { row: { id, first: from, second: to, standing: null }, doors: [door] });
  }
}

function wayOf(first: string, second: string): string {
  return `${first}~${second}`;
}

function cutOf(standing: Standing, isFirstDialer: boolean): Cut {
  if (standing === "both") return "both";
  return (standing === "from-first") === isFirstDialer ? "from-dialer" : "from-listener";
}
