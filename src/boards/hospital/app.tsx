import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { HospitalBoardView } from "../../site/views/board-site-view.ts";
import { barsOf } from "../shell/bar-list.ts";
import { Bars } from "../shell/bars.tsx";
import { Header } from "../shell/header.tsx";
import { Loading } from "../shell/loading.tsx";
import { Mark } from "../shell/mark.tsx";
import { current } from "../shell/outbox.ts";
import { isOnShift } from "../shell/shift.ts";
import { Capabilities } from "./capabilities.tsx";
import { asksOf } from "./orders.ts";
import { type Sight, sightOf } from "./speech.ts";
import { type Actions, type BoardState, callsOf, momentOf } from "./state.ts";
import { wardPart } from "./ward-part.ts";
import { personName } from "./words.ts";

const Now = wardPart((ward) => ward.Now);

export type AppProps = {
  readonly state: BoardState;
  readonly steadyMs: number;
  readonly actions: Actions;
};

/** The board of a hospital: what it is asked, who comes, what it can take. */
export function App({ state, steadyMs, actions }: AppProps): JSX.Element {
  const { speech, places, view, link, shift } = state;
  useEffect(() => {
    document.documentElement.lang = speech.language;
  }, [speech]);
  const moment = momentOf(state, steadyMs);
  if (places === null || view === null || link.heard === null || moment === null) {
    return <Loading say={speech.say} link={link} steadyMs={steadyMs} />;
  }
  const sight = sightOf(places, speech, moment);
  const heardMs = link.heard.anchorMs;
  const isOn = isOnShift(shift, moment.nowMs);
  const speaker = isOn ? personName(shift.by, view.own, sight) : sight.texts.nobody;
  return (
    <div class={moment.gone || moment.cutOffSinceMs !== null ? "board old" : "board"}>
      <Title view={view} sight={sight} />
      <div class="top">
        <Header sight={sight} heardMs={heardMs} speaker={speaker} speak={actions.speak} />
        <Bars bars={barsOf(view.own, heardMs, sight)} />
        {state.soundHeldBack && <SoundBar sight={sight} actions={actions} />}
      </div>
      <Sections state={state} view={view} sight={sight} actions={actions} />
    </div>
  );
}

type SectionsProps = Pick<AppProps, "state" | "actions"> & {
  readonly view: HospitalBoardView;
  readonly sight: Sight;
};

function Sections({ state, view, sight, actions }: SectionsProps): JSX.Element {
  const part = { view, outbox: current(state.outbox, sight.nowMs), sight, actions };
  const open = view.requests.filter((row) => row.state === "open");
  const unseen = callsOf(view).filter((call) => !state.seen.has(call));
  const handover = sight.texts.openTasks(open.length, asksOf(view.capabilities).length);
  return (
    <>
      <main tabIndex={-1}>
        <div class="now">
          <Now {...part} {...{ handover, unseen }} shift={state.shift} />
        </div>
        <Capabilities {...part} />
      </main>
      <footer>
        <p>{sight.places.region.attribution[sight.language]}</p>
      </footer>
    </>
  );
}

function SoundBar({ sight, actions }: { readonly sight: Sight; readonly actions: Actions }): JSX.Element {
  return (
    <div class="bar bar-warning" data-bar="sound">
      <Mark shape="silent" />
      <span>{sight.texts.soundHeld}</span>
      <button type="button" onClick={actions.allowSound}>
        {sight.texts.soundOn}
      </button>
    </div>
  );
}

/** The tab of a browser says how many requests wait. */
function Title({ view, sight }: { readonly view: HospitalBoardView; readonly sight: Sight }): null {
  const { region } = sight.places;
  const count = view.requests.filter(({ state }) => state === "open").length;
  const parts = [region.rehearsal ? sight.say.rehearsal : "", region.siteName, "Holdfast"];
  const title = `${count > 0 ? `(${count}) ` : ""}${parts.filter((part) => part !== "").join(" · ")}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
