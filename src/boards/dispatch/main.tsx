import { render } from "preact";
import type { BoardPush, BoardRegion } from "../../site/views/board-view.ts";
import { insist, insistPart } from "../shell/insist.ts";
import { type Language, languageOf, searchWith } from "../shell/language.ts";
import { anchorNowMs, attemptFailed, attemptStarted, mustReopen, shownMoment } from "../shell/link.ts";
import { discarded } from "../shell/outbox.ts";
import { storedShift } from "../shell/shift.ts";
import { placesOf } from "../shell/sight.ts";
import { steadyClock } from "../shell/steady-clock.ts";
import { drawSteadily } from "../shell/steady-draw.ts";
import { firstQuery, listen } from "../shell/stream.ts";
import { applyTheme, storedTheme } from "../shell/theme.ts";
import type { alarmAt } from "./alarm.ts";
import { App, shownOf } from "./app.tsx";
import type { Tools } from "./desk/tools.tsx";
import type { Hand } from "./hand.ts";
import { german, type Speech } from "./speech.ts";
import { type Actions, type BoardState, newState, pushed, speakerOf } from "./state.ts";
import type { Whole } from "./whole.ts";

const steadyMs = steadyClock();
const site = location.pathname.split("/")[2] ?? "";
const api = (path: string) => `/api/${encodeURIComponent(site)}/${path}`;
const root = document.getElementById("board");

/** What the first rows need of the region comes with them; what they do not need is loaded after them. */
const named = Promise.withResolvers<BoardRegion>();
const rowsDrawn = Promise.withResolvers<void>();

/** A board that has its rows so long, and not yet what sounds, says that it is mute. */
const muteAfterMs = 5_000;

/** Which desk of the room speaks, 0 until it has a number; names come with the shift. */
let desk = 0;
let listenTo: ReturnType<typeof alarmAt> = () => {};
let state = newState(steadyMs(), storedShift(site));
/** What `?wall` or `?print` shows in the board's place. */
let whole: Whole | null = null;

function change(next: BoardState): void {
  state = next;
  draw();
}

function draw(): void {
  if (root === null) return;
  drawSteadily(() => render(<App {...{ state, steadyMs: steadyMs(), desk, whole, actions }} />, root));
  if (state.places !== null && state.rows !== null) rowsDrawn.resolve();
}

const loadLists = () => import("./lists.ts");
const loadAlarm = () => import("./alarm.ts");
const loadTools = () => import("./desk/tools.tsx");

let handGiven: Promise<Hand> | null = null;

/** What a desk writes with; what is given before it is there waits for it. A wall or a sheet of paper has none. */
function hand(): Promise<Hand> {
  const sit = (number: number) => {
    desk = number;
    draw();
  };
  handGiven ??= rowsDrawn.promise
    .then(() => insistPart(loadLists))
    .then(({ lists }) => lists.handAt({ state: () => state, change, api, site, steadyMs, nowMs }, sit));
  return handGiven;
}

const actions: Actions = {
  give: (order) => void hand().then(({ give }) => give(order)),
  sendAgain: (post, order) => void hand().then(({ write }) => write(post, order)),
  discard: (request) => change({ ...state, outbox: discarded(state.outbox, request) }),
  speak: (language) => void speak(language),
  begin: async (role, name) => (await hand()).begin(role, name),
  leave: async () => (await hand()).leave(),
  filter: (part) => change({ ...state, filter: { ...state.filter, ...part } }),
  open: (panel) => change({ ...state, panel }),
};

function nowMs(): number {
  return anchorNowMs(state.link, steadyMs()) ?? 0;
}

/** Stays on the page: what somebody has chosen and not confirmed yet is kept. */
async function speak(language: Language): Promise<void> {
  const speech = language === "en" ? await english() : german;
  history.replaceState(null, "", location.pathname + searchWith(location.search, language) + location.hash);
  change({ ...state, speech });
}

async function english(): Promise<Speech> {
  return (await insistPart(() => import("./texts-en.ts"))).english;
}

/** Places and what else can wait comes after the rows; names come with them. */
async function loadRegion(): Promise<BoardRegion> {
  const response = await fetch(api("region"));
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  // Of another build it may have another shape: then a bar says so (build.ts).
  return (await response.json()) as BoardRegion;
}

/** Over the stream that is open; where the anchor does not know it, over a new one. */
async function askWhole(): Promise<void> {
  const { ok } = await fetch(api(`board/whole?${firstQuery()}`));
  if (!ok) change({ ...state, link: attemptFailed(state.link) });
}

/** What comes after the rows; the wall and paper, which name many files, are in it too. */
async function later(): Promise<Tools> {
  return (await insistPart(loadTools)).tools;
}

/** A wall or a sheet of paper has no hands: it does not ask who is there, nor does it sound. */
async function equip(): Promise<void> {
  const tools = await later();
  tools.preparePaper(() => (state.rows?.partial ? null : shownOf({ state, steadyMs: steadyMs(), desk })));
  if (whole !== null) return;
  change({ ...state, tools });
  // The desk gets its number before anybody writes.
  await hand();
}

/** What calls comes by itself, and a board that is still without it says that it is mute. */
async function sound(): Promise<void> {
  const heldBack = (soundHeldBack: boolean) => {
    if (soundHeldBack !== state.soundHeldBack) change({ ...state, soundHeldBack });
  };
  const mute = setTimeout(() => heldBack(true), muteAfterMs);
  const { alarmAt } = await insistPart(loadAlarm);
  clearTimeout(mute);
  // Before the desk has a number its board speaks for the first one.
  const speaker = () => speakerOf(state.shift, desk || 1, nowMs());
  listenTo = alarmAt({ heldBack, api, speaker, steadyMs, nowMs });
  if (state.rows !== null) listenTo(state.rows, nowMs());
}

/** Comes before what is less urgent; where it does not come, that does not wait for it. */
async function tried(load: () => Promise<unknown>): Promise<void> {
  await load().catch(() => undefined);
}

async function start(): Promise<void> {
  const spoken = languageOf(location.search) === "en" ? speak("en") : null;
  if (/[?&](wall|print)\b/.test(location.search)) whole = await (await later()).wholeOf(location.search);
  // A wall and paper show all there is at once; a board its rows first.
  const first = await (whole === null ? named.promise : insist(loadRegion));
  await spoken;
  change({ ...state, places: placesOf(first) });
  await rowsDrawn.promise;
  if (whole === null) void sound();
  // What must be decided comes with its code before everything else.
  await Promise.all([insist(askWhole), whole === null && tried(loadLists)]);
  const tools = tried(loadTools);
  // Before anything can be confirmed the board knows what every need requires: words of confirmation say what is missing.
  const rest = whole === null ? await insist(loadRegion) : first;
  change({ ...state, places: placesOf(rest) });
  const ready = equip();
  await tools;
  // Fetched while the anchor is there, so that the language can be changed when it is gone.
  const all = Promise.all([ready, english()]);
  await (await insistPart(() => import("../shell/kept.ts"))).keepBoard(all);
}

applyTheme(storedTheme());
listen({
  url: () => api(state.places === null ? `board/events?${firstQuery()}` : "board/events"),
  onPush: (push: BoardPush, agoMs) => {
    if (push.type === "all" && push.region !== undefined) named.resolve(push.region);
    change(pushed(state, push, steadyMs() - agoMs));
    if (state.rows !== null) listenTo(state.rows, nowMs());
  },
  onFailed: () => change({ ...state, link: attemptFailed(state.link) }),
  mustReopen: () => mustReopen(state.link, steadyMs()),
  onReopen: () => change({ ...state, link: attemptStarted(state.link, steadyMs()) }),
  moment: () => shownMoment(state.link, steadyMs()),
  onMoment: draw,
});
void start();
draw();
