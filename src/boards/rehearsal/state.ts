import type { Words } from "../../region/words.ts";
import type { RehearsalOrder, RehearsalPush, RehearsalView } from "../../site/views/rehearsal-view.ts";
import type { Language } from "../shell/language.ts";
import { anchorNowMs, heardMessage, type Link, linkState } from "../shell/link.ts";
import { type ZoneClock, zoneClock } from "../shell/zone-clock.ts";
import { germanRehearsal, type RehearsalTexts } from "./texts.ts";
import { englishRehearsal } from "./texts-en.ts";

/** What became of the last order of this page. */
export type Notice =
  | { readonly state: "sending" | "done" | "unreached" }
  | { readonly state: "refused"; readonly sentence: Words };

export type PageState = {
  readonly language: Language;
  readonly view: RehearsalView | null;
  readonly link: Link;
  readonly notice: Notice | null;
};

export type Actions = {
  readonly order: (order: RehearsalOrder) => void;
  readonly speak: (language: Language) => void;
};

export function pushed(state: PageState, push: RehearsalPush, steadyMs: number): PageState {
  const link = heardMessage(state.link, push.nowMs, steadyMs);
  return { ...state, link, view: push.type === "all" ? push.view : state.view };
}

/** How things stand in the moment of drawing. */
export type Sight = {
  readonly language: Language;
  readonly texts: RehearsalTexts;
  readonly view: RehearsalView;
  readonly clock: ZoneClock;
  /** The rehearsal's clock now, and in its last message; UTC ms. */
  readonly nowMs: number;
  readonly heardMs: number;
  readonly gone: boolean;
  /** The rehearsal is there and takes orders. */
  readonly obeys: boolean;
  readonly actions: Actions;
};

/** Null: nothing was heard of the rehearsal yet. */
export function sightOf(state: PageState, steadyMs: number, actions: Actions): Sight | null {
  const { language, view, link, notice } = state;
  const nowMs = anchorNowMs(link, steadyMs);
  if (view === null || nowMs === null || link.heard === null) return null;
  const gone = linkState(link, steadyMs) === "gone";
  return {
    language,
    texts: textsOf(language),
    view,
    clock: clockOf(view.zone),
    nowMs,
    heardMs: link.heard.anchorMs,
    gone,
    obeys: !gone && view.phase !== "starting" && notice?.state !== "sending",
    actions,
  };
}

export function textsOf(language: Language): RehearsalTexts {
  return language === "en" ? englishRehearsal : germanRehearsal;
}

let known: { readonly zone: string; readonly clock: ZoneClock } | null = null;

function clockOf(zone: string): ZoneClock {
  if (known?.zone !== zone) known = { zone, clock: zoneClock(zone) };
  return known.clock;
}

/** As it stands on boards, an ambulance with its control centre; by its id where it has no name. */
export function siteName({ boards }: RehearsalView, site: string): string {
  const named = (id: string) => boards.find((board) => board.site === id);
  const board = named(site);
  if (board === undefined) return site;
  return board.homeCentre === null ? board.name : `${board.name}, ${named(board.homeCentre)?.name ?? ""}`;
}

/** `3:20 min`, `45 s`. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const rest = seconds % 60;
  return seconds < 60
    ? `${seconds}\u00a0s`
    : `${Math.floor(seconds / 60)}:${String(rest).padStart(2, "0")}\u00a0min`;
}
