import type { DeviceId } from "../../basics/name.ts";
import { secondMs } from "../../basics/time.ts";
import type { Input } from "../../site/effects.ts";
import { viewEveryMs } from "../../site/limits.ts";
import type { Hosted, House } from "../../site/state.ts";
import type { BoardContext } from "../../site/views/board-rows.ts";
import { loadingPercent } from "../../site/views/loading.ts";
import type { Clock } from "../clock.ts";
import { ViewDrawer } from "./view-drawer.ts";

export type PocketViewsPorts = {
  readonly house: House;
  readonly feed: (input: Input) => void;
  readonly clock: Clock;
  /** What the views are made from that pockets take from this device, of whatever site; names of people are left out. */
  readonly contextOf: (hosted: Hosted) => BoardContext;
  readonly note: (code: string, about: string) => void;
};

/** For so long views are drawn before sockets and disk have their turn. */
const sliceMs = 8;

/**
 * Sees to it that what pockets take is drawn: within {@link viewEveryMs} of a word on it, else every second. With more to
 * draw than there is time for everything takes its turn later, and beats say as of when it is true.
 */
export class PocketViews {
  readonly #ports: PocketViewsPorts;
  readonly #drawers = new Map<DeviceId, ViewDrawer>();
  readonly #everySecond: NodeJS.Timeout;
  #planned: NodeJS.Timeout | null = null;
  #isGoingOn = false;
  #stopped = false;
  #passedMonoMs = Number.NEGATIVE_INFINITY;

  constructor(ports: PocketViewsPorts) {
    this.#ports = ports;
    this.#everySecond = setInterval(() => this.changed(), secondMs);
  }

  /** Something that boards show has changed. */
  changed(): void {
    const { house, clock } = this.#ports;
    if (this.#stopped || house.views.takers === 0 || this.#planned !== null || this.#isGoingOn) return;
    const waitMs = this.#passedMonoMs + viewEveryMs - clock().monoMs;
    this.#planned = setTimeout(
      () => {
        this.#planned = null;
        this.#pass();
      },
      Math.max(0, waitMs),
    );
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#everySecond);
    if (this.#planned !== null) clearTimeout(this.#planned);
  }

  #pass(): void {
    const { house, clock } = this.#ports;
    this.#isGoingOn = false;
    if (this.#stopped || loadingPercent(house) !== null) return;
    const { monoMs } = clock();
    if (monoMs - this.#passedMonoMs >= viewEveryMs) this.#takeTouched(monoMs);
    const goesOn = () => clock().monoMs - monoMs < sliceMs;
    let isMore = false;
    for (const hosted of house.hosted.values())
      if (hosted.given.bySite.size > 0) isMore = this.#drawerOf(hosted).draw(goesOn) || isMore;
    if (isMore) this.#goOn();
    else if (house.views.touched.size > 0) this.changed();
  }

  #goOn(): void {
    this.#isGoingOn = true;
    setImmediate(() => this.#pass());
  }

  #takeTouched(monoMs: number): void {
    const { house } = this.#ports;
    this.#passedMonoMs = monoMs;
    for (const site of house.views.touched)
      for (const hosted of house.hosted.values())
        if (hosted.given.bySite.has(site)) this.#drawerOf(hosted).touch(site);
    house.views.touched.clear();
  }

  #drawerOf(hosted: Hosted): ViewDrawer {
    const known = this.#drawers.get(hosted.id);
    if (known !== undefined) return known;
    const { contextOf, clock, feed, note } = this.#ports;
    const drawer = new ViewDrawer(contextOf(hosted), { clock, feed, note });
    this.#drawers.set(hosted.id, drawer);
    return drawer;
  }
}
