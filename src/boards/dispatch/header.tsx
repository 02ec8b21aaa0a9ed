import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { searchWith } from "../shell/language.ts";
import { applyTheme, nextTheme, storedTheme } from "../shell/theme.ts";
import type { Sight } from "./sight.ts";

export type HeaderProps = {
  readonly sight: Sight;
  /** The anchor's clock in its last message, UTC ms. */
  readonly heardMs: number;
  readonly desk: number;
  readonly redraw: () => void;
};

/** Who and where we are, whether this is a rehearsal, what time it is and how old the board. */
export function Header({ sight, heardMs, desk, redraw }: HeaderProps): JSX.Element {
  const { say, texts, places } = sight;
  const { region, clock } = places;
  return (
    <header class={region.rehearsal ? "header rehearsing" : "header"}>
      {region.rehearsal && <p class="rehearsal">{say.rehearsal}</p>}
      <div class="who">
        <h1>{region.siteName}</h1>
        <p>
          {region.name} · {texts.desk(desk)}
        </p>
      </div>
      <div class="time">
        <p class="clock">
          <span class="unseen">{say.clock} </span>
          {clock.second(sight.nowMs)}
        </p>
        <p class="as-of">
          {say.asOf(clock.second(heardMs))} · {region.zone}
        </p>
      </div>
      <div class="switches">
        <ThemeSwitch sight={sight} />
        <button
          type="button"
          lang={sight.language === "de" ? "en" : "de"}
          onClick={() => otherLanguage(sight, redraw)}
        >
          {say.otherLanguage}
        </button>
      </div>
    </header>
  );
}

function ThemeSwitch({ sight }: { readonly sight: Sight }): JSX.Element {
  const [theme, setTheme] = useState(storedTheme);
  const turn = () => {
    const next = nextTheme(theme);
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button type="button" onClick={turn}>
      {sight.say.theme[theme]}
    </button>
  );
}

/** Stays on the page: what somebody has chosen and not confirmed yet is kept. */
function otherLanguage({ language }: Sight, redraw: () => void): void {
  const search = searchWith(location.search, language === "de" ? "en" : "de");
  history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
  redraw();
}
