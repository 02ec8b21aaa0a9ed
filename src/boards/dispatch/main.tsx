import { render } from "preact";
import type { BoardPost, BoardPush, BoardRegion } from "../../site/board-view.ts";
import { insist, pause } from "../shell/insist.ts";
import { type Language, languageOf, searchWith } from "../shell/language.ts";
import { anchorNowMs, attemptFailed, attemptStarted, mustReopen, shownMoment } from "../shell/link.ts";
import { current, discarded, sending, withState } from "../shell/outbox.ts";
import { newRequestId, postFact, send } from "../shell/sender.ts";
import { type ShiftAnswer, startShift, storedShift, storeShift } from "../shell/shift.ts";
import { placesOf } from "../shell/sight.ts";
import { steadyClock } from "../shell/steady-clock.ts";
import { listen } from "../shell/stream.ts";
import { applyTheme, storedTheme } from "../shell/theme.ts";
import { App, shownOf } from "./app.tsx";
import type { Tools } from "./desk/tools.tsx";
import { followingOrder, type Order, postOf } from "./orders.ts";
import { german, type Speech } from "./speech.ts";
import { type Actions, type BoardState, newState, pushed, speakerOf } from "./state.ts";
import type { Whole } from "./whole.ts";

/** People get numbers from 100 on: a desk without a name is never taken for one of them. */
const deskMax = 99;

const steadyMs = steadyClock();
const site = location.pathname.split("/")[2] ?? "";
const api = (path: string) => `/api/${encodeURIComponent(site)}/${path}`;
const root = document.getElementById("board");
const deskAsked = Number(new URLSearchParams(location.search).get("desk"));
/** Which desk of the room speaks; names come with the shift. */
const desk = Number.isInteger(deskAsked) && deskAsked > 0 && deskAsked <= deskMax ? deskAsked : 1;

/** What the first rows do not need is loaded after them. */
const rowsDrawn = Promise.withResolvers<void>();

let listenTo: ReturnType<Tools["deskSound"]> = () => {};
let state = newState(steadyMs(), storedShift(site));
/** What `?wall` or `?print` shows in the board's place. */
let whole: Whole | null = null;

function change(next: BoardState): void {
  state = next;
  draw();
}

function draw(): void {
  if (root === null) return;
  render(<App {...{ state, steadyMs: steadyMs(), desk, whole, actions }} />, root);
  if (state.places !== null && state.rows !== null) rowsDrawn.resolve();
}

const actions: Actions = {
  give: (order) => write(postOf(order, newRequestId(), speakerOf(state.shift, desk, nowMs())), order),
  sendAgain: write,
  discard: (request) => change({ ...state, outbox: discarded(state.outbox, request) }),
  speak: (language) => void speak(language),
  begin,
  filter: (part) => change({ ...state, filter: { ...state.filter, ...part } }),
  open: (panel) => change({ ...state, panel }),
};

function nowMs(): number {
  return anchorNowMs(state.link, steadyMs()) ?? 0;
}

async function begin(role: string, name: string): Promise<ShiftAnswer> {
  const answer = await startShift(api("shift"), role, name);
  if (answer.ok) {
    storeShift(site, answer.shift);
    change({ ...state, shift: answer.shift });
  }
  return answer;
}

/** Stays on the page: what somebody has chosen and not confirmed yet is kept. */
async function speak(language: Language): Promise<void> {
  const speech = language === "en" ? await english() : german;
  history.replaceState(null, "", location.pathname + searchWith(location.search, language) + location.hash);
  change({ ...state, speech });
}

async function english(): Promise<Speech> {
  return (await insist(() => import("./texts-en.ts"))).english;
}

const ports = {
  post: (fact: BoardPost) => postFact(api("facts"), fact),
  wait: pause,
  steadyMs,
  anchorNowMs: nowMs,
};

function write(post: BoardPost, order: Order): void {
  change({ ...state, outbox: sending(current(state.outbox, nowMs()), post, order) });
  void send(ports, post).then((reached) => {
    change({ ...state, outbox: withState(state.outbox, post.request, reached) });
    const next = reached.step === "written" ? followingOrder(order, reached.ref) : null;
    if (next !== null) actions.give(next);
  });
}

/** Whether this board can be heard: other centres see it too. */
async function saySound(sound: "on" | "held-back"): Promise<boolean> {
  const by = speakerOf(state.shift, desk, nowMs());
  const post = { request: newRequestId(), kind: "board.sound/1", by, body: { sound } };
  return (await send(ports, post)).step === "written";
}

/** Names come once, without them rows mean nothing; places and what else can wait comes after the rows. */
async function loadRegion(part: "region/first" | "region"): Promise<BoardRegion> {
  const response = await fetch(api(part));
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  // The page came from the same anchor: the region has the shape that its version gives it.
  return (await response.json()) as BoardRegion;
}

async function loadTools(): Promise<void> {
  const { tools } = await insist(() => import("./desk/tools.tsx"));
  change({ ...state, tools });
  const heldBack = (soundHeldBack: boolean) => {
    if (soundHeldBack !== state.soundHeldBack) change({ ...state, soundHeldBack });
  };
  listenTo = tools.deskSound({ heldBack, say: saySound });
  if (state.rows !== null) listenTo(state.rows.missions);
}

/** The wall and paper name many files, which a board's first bytes have no room for. */
function later() {
  return insist(() => import("./whole.ts"));
}

async function start(): Promise<void> {
  const spoken = languageOf(location.search) === "en" ? speak("en") : null;
  if (/[?&](wall|print)\b/.test(location.search)) whole = await (await later()).wholeOf(location.search);
  // A wall and paper show all there is at once; a board its rows first.
  const first = await insist(() => loadRegion(whole === null ? "region/first" : "region"));
  await spoken;
  change({ ...state, places: placesOf(first) });
  await rowsDrawn.promise;
  const rest = whole === null ? insist(() => loadRegion("region")) : Promise.resolve(first);
  // A wall or a sheet of paper has no hands: it neither sounds nor asks who is there.
  if (whole === null) await loadTools();
  // Fetched while the anchor is there, so that the language can be changed when it is gone.
  await english();
  change({ ...state, places: placesOf(await rest) });
  await (await later()).preparePaper(() => shownOf({ state, steadyMs: steadyMs(), desk }));
}

applyTheme(storedTheme());
listen({
  url: api("board/events"),
  onPush: (push: BoardPush) => {
    change(pushed(state, push, steadyMs()));
    if (state.rows !== null) listenTo(state.rows.missions);
  },
  onFailed: () => change({ ...state, link: attemptFailed(state.link) }),
  mustReopen: () => mustReopen(state.link, steadyMs()),
  onReopen: () => change({ ...state, link: attemptStarted(state.link, steadyMs()) }),
  moment: () => shownMoment(state.link, steadyMs()),
  onMoment: draw,
});
void start();
draw();
