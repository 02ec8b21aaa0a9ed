import { render } from "preact";
import type { BoardPost, BoardRegion } from "../../site/board-view.ts";
import { languageOf } from "../shell/language.ts";
import { anchorNowMs, attemptFailed, attemptStarted, mustReopen } from "../shell/link.ts";
import { discarded, sending, withState } from "../shell/outbox.ts";
import { newRequestId, postFact, send } from "../shell/sender.ts";
import { steadyClock } from "../shell/steady-clock.ts";
import { listen } from "../shell/stream.ts";
import { applyTheme, storedTheme } from "../shell/theme.ts";
import { App } from "./app.tsx";
import { followingOrder, type Order, postOf } from "./orders.ts";
import { placesOf } from "./sight.ts";
import { type Actions, type BoardState, newState, pushed } from "./state.ts";

const regionAgainAfterMs = 2_000;
const deskMax = 999_999;

const steadyMs = steadyClock();
const site = location.pathname.split("/")[2] ?? "";
const api = (path: string) => `/api/${encodeURIComponent(site)}/${path}`;
const root = document.getElementById("board");
const deskAsked = Number(new URLSearchParams(location.search).get("desk"));
/** Which desk of the room speaks; names come with the shift. */
const desk = Number.isInteger(deskAsked) && deskAsked > 0 && deskAsked <= deskMax ? deskAsked : 1;

let state = newState(steadyMs());

function change(next: BoardState): void {
  state = next;
  draw();
}

function draw(): void {
  if (root === null) return;
  const language = languageOf(location.search);
  render(<App {...{ state, steadyMs: steadyMs(), language, desk, actions, redraw: draw }} />, root);
}

const actions: Actions = {
  give: (order) => write(postOf(order, newRequestId(), desk), order),
  sendAgain: write,
  discard: (request) => change({ ...state, outbox: discarded(state.outbox, request) }),
};

function write(post: BoardPost, order: Order): void {
  change({ ...state, outbox: sending(state.outbox, post, order) });
  const ports = {
    post: (fact: BoardPost) => postFact(api("facts"), fact),
    wait: pause,
    steadyMs,
    anchorNowMs: () => anchorNowMs(state.link, steadyMs()) ?? 0,
  };
  void send(ports, post).then((reached) => {
    change({ ...state, outbox: withState(state.outbox, post.request, reached) });
    const next = reached.step === "written" ? followingOrder(order, reached.ref) : null;
    if (next !== null) actions.give(next);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Names and places come once; without them rows mean nothing, so this is tried until it works. */
async function loadRegion(): Promise<void> {
  for (;;) {
    try {
      const response = await fetch(api("region"));
      if (response.ok) {
        // The page came from the same anchor: the region has the shape that its version gives it.
        const region = (await response.json()) as BoardRegion;
        return change({ ...state, places: placesOf(region) });
      }
    } catch {
      // The anchor is away; the board says so.
    }
    await pause(regionAgainAfterMs);
  }
}

applyTheme(storedTheme());
listen({
  url: api("events"),
  onPush: (push) => change(pushed(state, push, steadyMs())),
  onFailed: () => change({ ...state, link: attemptFailed(state.link) }),
  mustReopen: () => mustReopen(state.link, steadyMs()),
  onReopen: () => change({ ...state, link: attemptStarted(state.link, steadyMs()) }),
  onTick: draw,
});
void loadRegion();
draw();
