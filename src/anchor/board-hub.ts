import { secondMs } from "../basics/time.ts";
import type { BoardPush, BoardView, CentreRow, HospitalRow } from "../site/board-view.ts";
import type { Clock } from "./clock.ts";

/** One open board. `closed` is asked before each push, since a network tells late that nobody listens. */
export type Subscriber = { readonly push: (message: BoardPush) => void };

export type HubPorts = {
  readonly clock: Clock;
  readonly view: () => BoardView;
};

/** What changes within this time is one push: a burst of facts must not become a burst of layouts. */
const pushEveryMs = 20;

type Rows = Map<string, string>;

/** Gives the boards of one site what changed, row by row, and a sign of life every second. */
export class BoardHub {
  readonly #ports: HubPorts;
  readonly #subscribers = new Set<Subscriber>();
  #shown: Shown | null = null;
  #timer: NodeJS.Timeout | null = null;
  #alive: NodeJS.Timeout | null = null;

  constructor(ports: HubPorts) {
    this.#ports = ports;
  }

  subscribe(subscriber: Subscriber): () => void {
    this.#alive ??= setInterval(() => this.#sayAlive(), secondMs);
    // Others get what changed since the last push; then all boards of this hub show the same.
    this.#pushChanges();
    this.#subscribers.add(subscriber);
    const view = this.#ports.view();
    this.#shown = rowsOf(view);
    subscriber.push({ type: "all", nowMs: this.#ports.clock().wallMs, view });
    return () => this.#unsubscribe(subscriber);
  }

  /** Something has changed; the boards are told within {@link pushEveryMs}. */
  changed(): void {
    if (this.#subscribers.size === 0 || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#pushChanges();
    }, pushEveryMs);
  }

  stop(): void {
    for (const subscriber of [...this.#subscribers]) this.#unsubscribe(subscriber);
  }

  #unsubscribe(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size > 0) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#alive !== null) clearInterval(this.#alive);
    this.#timer = null;
    this.#alive = null;
    this.#shown = null;
  }

  #sayAlive(): void {
    // What ends by itself (an *open* that runs out) changes a row without any event.
    this.#pushChanges();
    this.#push({ type: "alive", nowMs: this.#ports.clock().wallMs });
  }

  #pushChanges(): void {
    const before = this.#shown;
    if (before === null) return;
    const view = this.#ports.view();
    const after = rowsOf(view);
    this.#shown = after;
    const hospitals = view.hospitals.filter((row) => isNew(before.hospitals, after.hospitals, row.hospital));
    const missions = view.missions.filter((row) => isNew(before.missions, after.missions, row.mission));
    const gone = [...before.missions.keys()].filter((mission) => !after.missions.has(mission));
    const own = before.own === after.own ? {} : { own: view.own };
    const centre = changedMembers(view.centre, before.centre, after.centre);
    if (hospitals.length + missions.length + gone.length === 0 && before.own === after.own && !centre) return;
    const changed = { ...own, hospitals, missions, gone, ...(centre && { centreChanges: centre }) };
    this.#push({ type: "rows", nowMs: this.#ports.clock().wallMs, ...changed });
  }

  #push(message: BoardPush): void {
    for (const subscriber of this.#subscribers) subscriber.push(message);
  }
}

type Shown = {
  readonly own: string;
  readonly hospitals: Rows;
  readonly missions: Rows;
  /** Each member of the centre's row. */
  readonly centre: Rows;
};

function rowsOf(view: BoardView): Shown {
  return {
    own: JSON.stringify(view.own),
    hospitals: new Map(view.hospitals.map((row) => [row.hospital, textOf(row)])),
    missions: new Map(view.missions.map((row) => [row.mission, JSON.stringify(row)])),
    centre: new Map(Object.entries(view.centre ?? {}).map(([member, row]) => [member, JSON.stringify(row)])),
  };
}

/** Undefined where none has. */
function changedMembers(
  centre: CentreRow | undefined,
  before: Rows,
  after: Rows,
): Partial<CentreRow> | undefined {
  const changed = Object.entries(centre ?? {}).filter(([member]) => isNew(before, after, member));
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

const texts = new WeakMap<HospitalRow, string>();

/** A hospital's row is the same object as long as it says the same. */
function textOf(row: HospitalRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = JSON.stringify(row);
  texts.set(row, text);
  return text;
}

function isNew(before: Rows, after: Rows, key: string): boolean {
  return before.get(key) !== after.get(key);
}
