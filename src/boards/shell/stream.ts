import { type AnyPush, parsePush } from "./rows.ts";

/** How often the board looks at its own clock: silence shows, and a new try starts, at most this much late. */
export const tickMs = 250;

export type StreamPorts<Push extends AnyPush> = {
  readonly url: string;
  readonly onPush: (push: Push) => void;
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
  let source = open(ports);
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

function open<Push extends AnyPush>({ url, onPush, onFailed }: StreamPorts<Push>): EventSource {
  const source = new EventSource(url);
  source.onmessage = ({ data }) => {
    const push = parsePush<Push>(String(data));
    if (push !== null) onPush(push);
  };
  source.onerror = () => {
    source.close();
    onFailed();
  };
  return source;
}
