import { render } from "preact";
import type { HospitalBoardView, SitePush } from "../../site/views/board-site-view.ts";
import type { BoardPost, BoardRegion } from "../../site/views/board-view.ts";
import { insist, insistPart } from "../shell/insist.ts";
import { type Language, languageOf, searchWith } from "../shell/language.ts";
import {
  anchorNowMs,
  attemptFailed,
  attemptStarted,
  linkState,
  mustReopen,
  shownMoment,
} from "../shell/link.ts";
import { current, discarded, sending, withState } from "../shell/outbox.ts";
import { relieving } from "../shell/relief.ts";
import { factSender, newRequestId } from "../shell/sender.ts";
import { type ShiftAnswer, startShift, storedShift, storeShift } from "../shell/shift.ts";
import { placesOf } from "../shell/sight.ts";
import { boardSound } from "../shell/sound.ts";
import { soundTeller } from "../shell/sound-word.ts";
import { steadyClock } from "../shell/steady-clock.ts";
import { drawSteadily } from "../shell/steady-draw.ts";
import { firstQuery, listen } from "../shell/stream.ts";
import { applyTheme, storedTheme } from "../shell/theme.ts";
import { App } from "./app.tsx";
import { type Order, postOf } from "./orders.ts";
import { german, type Speech } from "./speech.ts";
import { type Actions, type BoardState, callsOf, newState, pushed, soundOf } from "./state.ts";

/** Whose word it is that this board cannot be heard while nobody is on shift. */
const boardItself = "registration#1";

const steadyMs = steadyClock();
const site = location.pathname.split("/")[2] ?? "";
const api = (path: string) => `/api/${encodeURIComponent(site)}/${path}`;
const root = document.getElementById("board");

/** What the first rows need of the region comes with them; what they do not need is loaded after them. */
const named = Promise.withResolvers<BoardRegion>();
const rowsDrawn = Promise.withResolvers<void>();

let state = newState(steadyMs(), storedShift(site));
const nowMs = () => anchorNowMs(state.link, steadyMs()) ?? 0;
const send = factSender(api("facts"), steadyMs, nowMs);
const tellSound = soundTeller(send, api("board/left"));

const sound = boardSound(() => {
  change({ ...state, soundHeldBack: sound.isHeldBack() });
  saySound();
});

function change(next: BoardState): void {
  state = next;
  ring();
  draw();
}

function ring(): void {
  const now = soundOf(state, nowMs());
  Object.assign(document.documentElement.dataset, {
    rings: String(now !== "off"),
    loud: String(now === "loud"),
  });
  sound.ring(now !== "off", now === "loud");
}

function draw(): void {
  if (root === null) return;
  drawSteadily(() => render(<App {...{ state, steadyMs: steadyMs(), actions }} />, root));
  if (state.places !== null && state.view !== null) rowsDrawn.resolve();
}

/** Calls that nobody has seen yet. */
function unseen(): readonly string[] {
  return state.view === null ? [] : callsOf(state.view).filter((call) => !state.seen.has(call));
}

const actions: Actions = {
  give: (orders) => {
    for (const order of orders) write(postOf(order, newRequestId(), state.shift?.by ?? boardItself), order);
  },
  sendAgain: write,
  discard: (request) => change({ ...state, outbox: discarded(state.outbox, request) }),
  speak: (language) => void speak(language),
  begin,
  see: (call) => {
    if (unseen().includes(call)) change({ ...state, seen: new Set([...state.seen, call]) });
  },
  allowSound: sound.allow,
};

async function begin(role: string, name: string): Promise<ShiftAnswer> {
  const answer = await startShift(api("shift"), role, name, relieving(state.shift, nowMs()));
  if (answer.ok) {
    storeShift(site, answer.shift);
    change({ ...state, shift: answer.shift });
  }
  return answer;
}

/** Stays on the page: what somebody has typed and not confirmed yet is kept. */
async function speak(language: Language): Promise<void> {
  const speech = language === "en" ? await english() : german;
  history.replaceState(null, "", location.pathname + searchWith(location.search, language) + location.hash);
  change({ ...state, speech });
}

async function english(): Promise<Speech> {
  return (await insistPart(() => import("./texts-en.ts"))).english;
}

function write(post: BoardPost, order: Order): void {
  change({ ...state, outbox: sending(current(state.outbox, nowMs()), post, order) });
  void send(post).then((reached) =>
    change({ ...state, outbox: withState(state.outbox, post.request, reached) }),
  );
}

/** The centre is told whether this board can be heard, after the first rows. */
function saySound(): void {
  if (state.places === null || state.view === null || linkState(state.link, steadyMs()) !== "live") return;
  tellSound(state.soundHeldBack, state.shift?.by ?? boardItself, steadyMs());
}

/** Places and what else can wait comes after the rows; names come with them. */
async function loadRegion(): Promise<BoardRegion> {
  const response = await fetch(api("region"));
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  // Of another build it may have another shape: then a bar says so (build.ts).
  return (await response.json()) as BoardRegion;
}

async function start(): Promise<void> {
  const spoken = languageOf(location.search) === "en" ? speak("en") : null;
  const first = await named.promise;
  await spoken;
  change({ ...state, places: placesOf(first), soundHeldBack: sound.isHeldBack() });
  await rowsDrawn.promise;
  const rest = insist(loadRegion).then((region) => change({ ...state, places: placesOf(region) }));
  // Fetched while the anchor is there, so that the language can be changed when it is gone.
  const ready = english()
    // Behind all other styles, which it overrules.
    .then(() => insistPart(() => import("../shell/print.css")))
    .then(() => rest);
  await (await insistPart(() => import("../shell/kept.ts"))).keepBoard(ready);
}

applyTheme(storedTheme());
listen({
  url: () => api(state.places === null ? `board/events?${firstQuery()}` : "board/events"),
  onPush: (push: SitePush<HospitalBoardView>, agoMs) => {
    if (push.type === "all" && push.region !== undefined) named.resolve(push.region);
    change({ ...pushed(state, push, steadyMs() - agoMs), soundHeldBack: sound.isHeldBack() });
    saySound();
  },
  onFailed: () => change({ ...state, link: attemptFailed(state.link) }),
  mustReopen: () => mustReopen(state.link, steadyMs()),
  onReopen: () => change({ ...state, link: attemptStarted(state.link, steadyMs()) }),
  moment: () => shownMoment(state.link, steadyMs()),
  onMoment: () => {
    ring();
    draw();
  },
});
// After the click, not before it: a bar that goes must not move what is being pressed.
for (const touch of ["click", "keyup"]) addEventListener(touch, sound.allow);
void start();
draw();
