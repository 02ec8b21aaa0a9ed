import { render } from "preact";
import type { OrderAnswer, RehearsalOrder, RehearsalPush } from "../../site/views/rehearsal-view.ts";
import { type Language, languageOf, searchWith } from "../shell/language.ts";
import { attemptFailed, attemptStarted, mustReopen, newLink, shownMoment } from "../shell/link.ts";
import { steadyClock } from "../shell/steady-clock.ts";
import { listen } from "../shell/stream.ts";
import { applyTheme, storedTheme } from "../shell/theme.ts";
import { App } from "./app.tsx";
import { type Actions, type Notice, type PageState, pushed } from "./state.ts";

/** Starting over takes longest: everything is founded anew. */
const answerWithinMs = 60_000;

const steadyMs = steadyClock();
const root = document.getElementById("board");

let state: PageState = {
  language: languageOf(location.search),
  view: null,
  link: newLink(steadyMs()),
  notice: null,
};

function change(next: PageState): void {
  state = next;
  draw();
}

function draw(): void {
  if (root !== null) render(<App {...{ state, steadyMs: steadyMs(), actions }} />, root);
}

const actions: Actions = {
  order: (order) => {
    change({ ...state, notice: { state: "sending" } });
    void give(order).then((notice) => change({ ...state, notice }));
  },
  speak,
};

async function give(order: RehearsalOrder): Promise<Notice> {
  try {
    const response = await fetch("/api/orders", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    // The page came from the same process: its answers have the shape that its version gives them.
    const answer = (await response.json()) as OrderAnswer;
    return answer.ok ? { state: "done" } : { state: "refused", sentence: answer.sentence };
  } catch {
    return { state: "unreached" };
  }
}

function speak(language: Language): void {
  history.replaceState(null, "", location.pathname + searchWith(location.search, language) + location.hash);
  change({ ...state, language });
}

applyTheme(storedTheme());
listen({
  url: () => "/api/events",
  onPush: (push: RehearsalPush) => change(pushed(state, push, steadyMs())),
  onFailed: () => change({ ...state, link: attemptFailed(state.link) }),
  mustReopen: () => mustReopen(state.link, steadyMs()),
  onReopen: () => change({ ...state, link: attemptStarted(state.link, steadyMs()) }),
  moment: () => shownMoment(state.link, steadyMs()),
  onMoment: draw,
});
draw();
