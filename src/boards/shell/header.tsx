import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Language } from "./language.ts";
import type { BoardSight } from "./sight.ts";
import { applyTheme, nextTheme, storedTheme } from "./theme.ts";

export type HeaderProps = {
  readonly sight: BoardSight;
  /** The anchor's clock in its last message, UTC ms. */
  readonly heardMs: number;
  /** Who speaks at this board. */
  readonly speaker: string;
  readonly speak: (language: Language) => void;
};

/** Who and where we are, whether this is a rehearsal, what time it is and how old the board. */
export function Header({ sight, heardMs, speaker, speak }: HeaderProps): JSX.Element {
  const { say, places } = sight;
  const { region, clock } = places;
  const other = sight.language === "de" ? "en" : "de";
  return (
    <header class={region.rehearsal ? "header rehearsing" : "header"}>
      {region.rehearsal && <p class="rehearsal">{say.rehearsal}</p>}
      <div class="who">
        <h1 class="site-name">{region.siteName}</h1>
        <p class="place-name">
          {region.name} · {speaker}
        </p>
      </div>
      <div class="time">
        <p class="clock">
          <span class="unseen">{say.clock} </span>
          {clock.second(sight.nowMs)}
        </p>
        <p class="as-of">
          {say.asOf(clock.second(heardMs))}
          <span class="zone"> · {region.zone}</span>
        </p>
      </div>
      <div class="switches">
        <ThemeSwitch sight={sight} />
        <button type="button" class="switch" lang={other} onClick={() => speak(other)}>
          {say.otherLanguage}
        </button>
      </div>
    </header>
  );
}

function ThemeSwitch({ sight }: { readonly sight: BoardSight }): JSX.Element {
  const [theme, setTheme] = useState(storedTheme);
  const turn = () => {
    const next = nextTheme(theme);
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button type="button" class="switch" onClick={turn}>
      {sight.say.theme[theme]}
    </button>
  );
}
