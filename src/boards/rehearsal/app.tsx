import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { linkState } from "../shell/link.ts";
import { Mark } from "../shell/mark.tsx";
import { applyTheme, nextTheme, storedTheme } from "../shell/theme.ts";
import { Boards } from "./boards.tsx";
import { NightPanel } from "./night.tsx";
import { People } from "./people.tsx";
import { Processes } from "./processes.tsx";
import { type Actions, type PageState, type Sight, sightOf, textsOf } from "./state.ts";
import { WalkPanel } from "./walk.tsx";
import { Ways } from "./ways.tsx";

export type AppProps = {
  readonly state: PageState;
  readonly steadyMs: number;
  readonly actions: Actions;
};

/** The page of a rehearsal: the walk through the night, and what can be broken. */
export function App({ state, steadyMs, actions }: AppProps): JSX.Element {
  const texts = textsOf(state.language);
  const sight = sightOf(state, steadyMs, actions);
  useEffect(() => {
    document.documentElement.lang = state.language;
  }, [state.language]);
  const title = [...stepTitle(sight), texts.rehearsal, texts.title, sight?.view.regionName, "Holdfast"]
    .filter((part) => part !== undefined)
    .join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (sight === null) {
    return (
      <main class="loading">
        <h1>Holdfast</h1>
        <p role="status">
          {linkState(state.link, steadyMs) === "gone" ? texts.goneFromStart : texts.loading}
        </p>
      </main>
    );
  }
  return (
    <div class={sight.gone ? "board old" : "board"}>
      <div class="top">
        <Header sight={sight} />
        <Bars sight={sight} />
      </div>
      <main>
        <div class="lead">
          <WalkPanel sight={sight} />
          <NightPanel sight={sight} />
        </div>
        <Boards sight={sight} />
        <Processes sight={sight} />
        <Ways sight={sight} />
        <People sight={sight} />
      </main>
      <NoticeLine state={state} />
    </div>
  );
}

/** The tab of a browser says that the step before which the newcomer stands is done. */
function stepTitle(sight: Sight | null): readonly string[] {
  const at = sight?.view.walk.findIndex(({ step }) => step === sight.view.walkAt) ?? -1;
  const isDone = sight?.view.walk[at]?.state === "done";
  return sight !== null && isDone ? [`✓ ${sight.texts.stepNumber(at + 1)}`] : [];
}

function Header({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view, clock, actions, language } = sight;
  const [theme, setTheme] = useState(storedTheme);
  const other = language === "de" ? "en" : "de";
  const turn = () => {
    const next = nextTheme(theme);
    applyTheme(next);
    setTheme(next);
  };
  return (
    <header class="header rehearsing">
      <p class="rehearsal">{texts.rehearsal}</p>
      <div class="who">
        <h1 class="site-name">{texts.heading(view.regionName)}</h1>
        <p class="place-name">{texts.explained}</p>
      </div>
      <div class="time">
        <p class="clock">
          <span class="unseen">{texts.clock} </span>
          {clock.second(sight.nowMs)}
        </p>
        <p class="as-of">{texts.asOf(clock.second(sight.heardMs))}</p>
      </div>
      <div class="switches">
        <button type="button" class="switch" onClick={turn}>
          {texts.theme[theme]}
        </button>
        <button type="button" class="switch" lang={other} onClick={() => actions.speak(other)}>
          {texts.otherLanguage}
        </button>
      </div>
    </header>
  );
}

function Bars({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view, gone, clock, heardMs, language } = sight;
  const text = gone
    ? texts.goneSince(clock.second(heardMs))
    : view.failure !== null
      ? texts.failed(view.failure[language])
      : view.phase === "starting"
        ? texts.starting
        : null;
  const tone = gone || view.phase === "failed" ? "alarm" : "warning";
  return (
    <div class="bars" role="alert">
      {text !== null && (
        <p class={`bar bar-${tone}`} data-bar={gone ? "gone" : view.phase}>
          <Mark shape={tone === "alarm" ? "silent" : "late"} />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}

/** What became of the last order; stays in sight. */
function NoticeLine({ state }: { readonly state: PageState }): JSX.Element {
  const { notice, language } = state;
  const texts = textsOf(language);
  const words = { sending: texts.sending, done: texts.carriedOut, unreached: texts.unreached };
  const text =
    notice === null
      ? ""
      : notice.state === "refused"
        ? texts.refused(notice.sentence[language])
        : words[notice.state];
  return (
    <p class="notice" role="status" data-notice={notice?.state ?? "none"}>
      {text}
    </p>
  );
}
