import { systemClock } from "../anchor/clock.ts";
import { assert, present } from "../basics/assert.ts";
import type { RegionData } from "../region/region-data.ts";
import { dialingPairs, type RehearsalPlan } from "./plan.ts";
import { freePorts } from "./ports.ts";
import { Processes } from "./processes.ts";
import { type Cut, LinkProxy } from "./proxy.ts";
import { doorOf, setUpRehearsal } from "./setup.ts";

export type StageOptions = {
  readonly root: string;
  /** An empty folder. */
  readonly dir: string;
  readonly plan: RehearsalPlan;
  readonly data: RegionData;
  readonly regionData: string;
  readonly openRunsOutMs: number;
  /** Processes that {@link Stage.cutOff} and {@link Stage.standStill} may be called for. */
  readonly cutOff: readonly string[];
};

/** The region's processes, with a proxy on every way from or to one that the script cuts off. */
export class Stage {
  readonly processes: Processes;
  readonly ports: ReadonlyMap<string, number>;
  /** Processes that ended although the script did not end them. */
  readonly died: string[] = [];
  readonly #links: ReadonlyMap<string, LinkProxy>;

  private constructor(
    options: StageOptions,
    ports: ReadonlyMap<string, number>,
    links: Map<string, LinkProxy>,
  ) {
    this.ports = ports;
    this.#links = links;
    const { dir, root } = options;
    this.processes = new Processes({ dir, root, onDied: (id, how) => this.died.push(`${id} (${how})`) });
  }

  static async build(options: StageOptions): Promise<Stage> {
    const { plan, data } = options;
    const ports = await freePorts(plan.processes.map(({ id }) => id));
    const links = new Map<string, LinkProxy>();
    const doors = new Map<string, number>();
    for (const [from, to] of dialingPairs(plan)) {
      if (!options.cutOff.includes(from) && !options.cutOff.includes(to)) continue;
      const link = new LinkProxy(present(ports.get(to), "each process has a port"));
      links.set(doorOf(from, to), link);
      doors.set(doorOf(from, to), await link.listen());
    }
    const { timeZone: zone, name } = data.region;
    const policy = { openRunsOutMs: options.openRunsOutMs };
    const done = setUpRehearsal({ ...options, ports, doors, zone, name, policy, clock: systemClock });
    assert(done.ok, done.ok ? "set up" : done.error);
    return new Stage(options, ports, links);
  }

  async start(): Promise<void> {
    await Promise.all([...this.ports.keys()].map((id) => this.processes.start(id)));
  }

  /** Everything, or only what this process sends, vanishes on its way. */
  cutOff(process: string, what: "both" | "what-it-sends"): void {
    for (const { link, dials } of this.#linksOf(process)) {
      const oneWay: Cut = dials ? "from-dialer" : "from-listener";
      link.cut(what === "both" ? "both" : oneWay);
    }
  }

  /** Nothing moves on any of its ways, and nothing is lost. */
  standStill(process: string): void {
    for (const { link } of this.#linksOf(process)) link.pause();
  }

  restoreAll(): void {
    for (const link of this.#links.values()) link.restore();
  }

  #linksOf(process: string): readonly { readonly link: LinkProxy; readonly dials: boolean }[] {
    return [...this.#links].flatMap(([door, link]) => {
      const [from, to] = door.split(">");
      return from === process || to === process ? [{ link, dials: from === process }] : [];
    });
  }

  /** Ends every process and every way, whatever happened before. */
  async end(): Promise<void> {
    await this.processes.stopAll();
    for (const link of this.#links.values()) link.close();
  }
}
