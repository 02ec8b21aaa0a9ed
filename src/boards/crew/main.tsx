import { render } from "preact";
import type { Role } from "../../region/choices.ts";
import type { Words } from "../../region/words.ts";
import type { CrewBoardView, SitePush } from "../../site/views/board-site-view.ts";
import type { BoardPost, BoardRegion } from "../../site/views/board-view.ts";
import { insist, insistPart } from "../shell/insist.ts";
import { type Language, languageOf, searchWith } from "../shell/language.ts";
import {
  anchorNowMs,
  attemptFailed,
  attemptStarted,
  heardPush,
  linkState,
  mustReopen,
  newLink,
  shownMoment,
} from "../shell/link.ts";
import { current, discarded, sending, withState } from "../shell/outbox.ts";
import { relieving } from "../shell/relief.ts";
import { factSender, newRequestId } from "../shell/sender.ts";
import { isOnShift, startShift, storedShift, storeShift } from "../shell/shift.ts";
import { placesOf } from "../shell/sight.ts";
import { applySitePush, crewRowKeys } from "../shell/site-push.ts";
import { boardSound } from "../shell/sound.ts";
import { soundTeller } from "../shell/sound-word.ts";
import { steadyClock } from "../shell/steady-clock.ts";
import { drawSteadily } from "../shell/steady-draw.ts";
import { firstQuery, listen } from "../shell/stream.ts";
import { applyTheme, storedTheme } from "../shell/theme.ts";
import { App } from "./app.tsx";
import { type Order, postOf } from "./orders.ts";
import { german, type Speech } from "./speech.ts";
import { type Actions, type BoardState, callsOf } from "./state.ts";

const steadyMs = steadyClock();
const site = location.pathname.split("/")[2] ?? "";
const api = (path: string) => `/api/${encodeURIComponent(site)}/${path}`;
const root = document.getElementById("board");

/** What the first rows need of the region comes with them; what they do not need is loaded after them. */
const named = Promise.withResolvers<BoardRegion>();
const rowsDrawn = Promise.withResolvers<void>();

let state: BoardState = {
  speech: german,
  places: null,
  view: null,
  link: newLink(steadyMs()),
  outbox: [],
  shift: storedShift(site),
  soundHeld: true,
};
const sound = boardSound(() => {
  change({ ...state, soundHeld: sound.isHeldBack() });
  tellSound();
});

function change(next: BoardState): void {
  state = next;
  draw();
}

function draw(): void {
  if (root !== null) drawSteadily(() => render(<App {...{ state, steadyMs: steadyMs(), actions }} />, root));
  if (state.places !== null && state.view !== null) rowsDrawn.resolve();
}

/** Nobody waits for a name in order to drive; people get numbers from 100 on. */
const nobodyNamed = "paramedic#1";

const nowMs = () => anchorNowMs(state.link, steadyMs()) ?? 0;

/** A shift that is over speaks no more: what is said then is nobody's by name. */
function speaker(): string {
  return isOnShift(state.shift, nowMs()) ? state.shift.by : nobodyNamed;
}

const actions: Actions = {
  give: (order) => write(postOf(order, newRequestId(), speaker(), nowMs()), order),
  // A place is as old by now as it is: the same word, under the same request id.
  sendAgain: ({ request, by }, order) => write(postOf(order, request, by, nowMs()), order),
  discard: (request) => change({ ...state, outbox: discarded(state.outbox, request) }),
  speak: (language) => void speak(language),
  begin,
};

/** Stays on the page: what somebody has typed and not confirmed yet is kept. */
async function speak(language: Language): Promise<void> {
  const speech = language === "en" ? await english() : german;
  history.replaceState(null, "", location.pathname + searchWith(location.search, language) + location.hash);
  change({ ...state, speech });
}

async function english(): Promise<Speech> {
  return (await insistPart(() => import("./texts-en.ts"))).english;
}

const send = factSender(api("facts"), steadyMs, nowMs);

function write(post: BoardPost, order: Order): void {
  change({ ...state, outbox: sending(current(state.outbox, nowMs()), post, order) });
  void send(post).then((reached) =>
    change({ ...state, outbox: withState(state.outbox, post.request, reached) }),
  );
}

const sayHeld = soundTeller(send, api("board/left"));

/** The centre sees "no sound there": told after the first rows. */
function tellSound(): void {
  if (state.places !== null && state.view !== null) sayHeld(state.soundHeld, speaker(), steadyMs());
}

async function begin(role: Role, name: string): Promise<Words | null> {
  const answer = await startShift(api("shift"), role, name, relieving(state.shift, nowMs()));
  if (!answer.ok) return answer.sentence;
  storeShift(site, answer.shift);
  change({ ...state, shift: answer.shift });
  tellSound();
  return null;
}

/** What somebody who touched the board has seen. */
const seen = new Set<string>();

/** A new mission or re-steer sounds until somebody touches the board. */
function ring(): void {
  const rings = state.view !== null && callsOf(state.view).some((call) => !seen.has(call));
  document.documentElement.dataset["rings"] = String(rings);
  sound.ring(rings);
}

function touched({ target }: Event): void {
  sound.allow();
  // Whoever types looks at what they type.
  if (target instanceof HTMLInputElement) return;
  for (const call of state.view === null ? [] : callsOf(state.view)) seen.add(call);
  ring();
}

function pushed(push: SitePush<CrewBoardView>, agoMs: number): void {
  if (push.type === "all" && push.region !== undefined) named.resolve(push.region);
  const view = applySitePush(state.view, push, crewRowKeys);
  change({ ...state, view, link: heardPush(state.link, push, steadyMs() - agoMs) });
  ring();
  tellSound();
}

function kept() {
  return insistPart(() => import("../shell/kept.ts"));
}

/** Places and what else can wait comes after the rows; names come with them. */
async function loadRegion(): Promise<BoardRegion> {
  const response = await fetch(api("region"));
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  await (await kept()).keepAnswer(api("region"), response);
  // Of another build it may have another shape: then a bar says so (build.ts).
  return (await response.json()) as BoardRegion;
}

/** Opened while the anchor is gone: hospitals and towns as they were when it was there last. */
async function openAlone(): Promise<void> {
  if (state.places !== null || linkState(state.link, steadyMs()) !== "gone") return;
  const answer = await (await kept()).keptAnswer(api("region"));
  if (answer !== undefined) named.resolve((await answer.json()) as BoardRegion);
}

async function start(): Promise<void> {
  const spoken = languageOf(location.search) === "en" ? speak("en") : null;
  const first = await named.promise;
  await spoken;
  change({ ...state, places: placesOf(first) });
  await rowsDrawn.promise;
  const rest = insist(loadRegion).then((region) => change({ ...state, places: placesOf(region) }));
  // Fetched while the anchor is there, so that the language can be changed when it is gone.
  const ready = english()
    // Behind all other styles, which it overrules.
    .then(() => insistPart(() => import("../shell/print.css")))
    .then(() => rest);
  await (await kept()).keepBoard(ready);
}

state = { ...state, soundHeld: sound.isHeldBack() };
// Not as a finger goes down: the bar that leaves then would move what is under it before it comes up.
for (const touch of ["click", "keydown"]) addEventListener(touch, touched);
applyTheme(storedTheme());
listen({
  url: () => api(state.places === null ? `board/events?${firstQuery()}` : "board/events"),
  onPush: pushed,
  onFailed: () => change({ ...state, link: attemptFailed(state.link) }),
  mustReopen: () => mustReopen(state.link, steadyMs()),
  onReopen: () => change({ ...state, link: attemptStarted(state.link, steadyMs()) }),
  moment: () => shownMoment(state.link, steadyMs()),
  onMoment: () => {
    draw();
    void openAlone();
  },
});
void start();
draw();
