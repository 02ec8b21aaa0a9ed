import { heardBuild } from "./build.ts";
import { type AnyPush, parsePush } from "./rows.ts";

/** How often the board looks at its own clock: silence shows, and a new try starts, at most this much late. */
export const tickMs = 250;

export type StreamPorts<Push extends AnyPush> = {
  readonly url: () => string;
  /** `agoMs`: it came that long ago, before the board's code. */
  readonly onPush: (push: Push, agoMs: number) => void;
  readonly onFailed: () => void;
  /** Asked on each tick: whether to give this connection up for a new one. */
  readonly mustReopen: () => boolean;
  readonly onReopen: () => void;
  /** What the board shows of this moment: its clock's second, whether the anchor is there. */
  readonly moment: () => string;
  /** Another moment than at the last tick. */
  readonly onMoment: () => void;
};

/** Listens to the anchor, for ever: the browser's own reconnecting never notices a half-open socket. */
export function listen<Push extends AnyPush>(ports: StreamPorts<Push>): void {
  let source = opened(ports) ?? open(ports);
  let shown = "";
  const tick = () => {
    if (ports.mustReopen()) {
      source.close();
      ports.onReopen();
      source = open(ports);
    }
    const moment = ports.moment();
    if (moment === shown) return;
    shown = moment;
    ports.onMoment();
  };
  setInterval(tick, tickMs);
  // A page in the background is ticked rarely; it must be true in the moment it is seen.
  document.addEventListener("visibilitychange", tick);
}

/** What the page itself has opened and heard (early.ts). */
type Early = {
  readonly id: string;
  readonly source: EventSource;
  readonly heard: readonly { readonly data: string; readonly atMs: number }[];
  /** Null: not made yet. */
  readonly sound: AudioContext | null;
};

/** Set by early.ts where the page has it, and by nobody else. */
export function earlyOf(): Early | undefined {
  return (globalThis as { readonly early?: Early }).early;
}

/** How this page calls the stream in which it gets its first rows. */
export function firstQuery(): string {
  return `first=${earlyOf()?.id ?? ""}`;
}

/** Null: the page opened nothing, or what it opened has failed. */
function opened<Push extends AnyPush>(ports: StreamPorts<Push>): EventSource | null {
  const early = earlyOf();
  if (early === undefined || early.source.readyState === EventSource.CLOSED) return null;
  const source = heardBy(early.source, ports);
  for (const { data, atMs } of early.heard) take(ports, data, performance.now() - atMs);
  return source;
}

function open<Push extends AnyPush>(ports: StreamPorts<Push>): EventSource {
  return heardBy(new EventSource(ports.url()), ports);
}

function heardBy<Push extends AnyPush>(source: EventSource, ports: StreamPorts<Push>): EventSource {
  source.onmessage = ({ data }) => take(ports, String(data), 0);
  source.onerror = () => {
    source.close();
    ports.onFailed();
  };
  return source;
}

function take<Push extends AnyPush>({ onPush }: StreamPorts<Push>, data: string, agoMs: number): void {
  const push = parsePush<Push>(data);
  if (push === null) return;
  if (push.build !== undefined) heardBuild(push.build);
  onPush(push, agoMs);
}
