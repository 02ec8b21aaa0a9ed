import type { JSX } from "preact";
import { Bars } from "../shell/bars.tsx";
import { MinutesPanel } from "./minutes-panel.tsx";
import type { Sight } from "./speech.ts";

/** Opened while the anchor is gone: of missions nothing is known here, the way to every hospital is. */
export function Alone({ sight }: { readonly sight: Sight }): JSX.Element {
  const { say, texts, places } = sight;
  return (
    <div class="board old">
      <div class="top">
        <header class={places.region.rehearsal ? "header rehearsing" : "header"}>
          {places.region.rehearsal && <p class="rehearsal">{say.rehearsal}</p>}
          <h1 class="site-name">{places.region.siteName}</h1>
        </header>
        <Bars bars={[{ id: "gone", tone: "alarm", text: say.goneFromStart }]} />
      </div>
      <main>
        <p class="place">{texts.notKept}</p>
        <MinutesPanel sight={sight} position={null} />
      </main>
      <footer>{places.region.attribution[sight.language]}</footer>
    </div>
  );
}
