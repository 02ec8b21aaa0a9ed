import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CrewBoardView } from "../../site/views/board-site-view.ts";
import { type Bar, barsOf } from "../shell/bar-list.ts";
import { Bars } from "../shell/bars.tsx";
import { Header } from "../shell/header.tsx";
import { anchorNowMs, linkState, loadingPercent } from "../shell/link.ts";
import { Loading } from "../shell/loading.tsx";
import { isOnShift } from "../shell/shift.ts";
import { cabPart } from "./cab-part.ts";
import { Mission } from "./mission.tsx";
import { shownSlips } from "./orders.ts";
import { personText } from "./person.ts";
import type { Sight } from "./speech.ts";
import type { Actions, BoardState } from "./state.ts";

const ShiftForm = cabPart((cab) => cab.ShiftForm);
const Alone = cabPart((cab) => cab.Alone);
const Minutes = cabPart((cab) => cab.MinutesPanel);
const Slips = cabPart((cab) => cab.Slips);

export type AppProps = {
  readonly state: BoardState;
  readonly steadyMs: number;
  readonly actions: Actions;
};

/** The board of an ambulance's crew: the patient, where to, and who knows it. */
export function App({ state, steadyMs, actions }: AppProps): JSX.Element {
  const { speech, places, view, link } = state;
  useEffect(() => {
    document.documentElement.lang = speech.language;
  }, [speech]);
  const nowMs = anchorNowMs(link, steadyMs);
  const gone = linkState(link, steadyMs) === "gone";
  const loading = loadingPercent(link, steadyMs);
  if (places !== null && view === null && gone && loading === null) {
    const alone = { nowMs: Date.now(), gone, loading, cutOffSinceMs: null, canWrite: false };
    return <Alone sight={{ ...speech, places, ...alone }} />;
  }
  if (places === null || view === null || link.heard === null || nowMs === null) {
    return <Loading say={speech.say} link={link} steadyMs={steadyMs} />;
  }
  const { cutOffSinceMs, storing } = view.own;
  const canRecord = !gone && storing;
  const sight: Sight = { ...speech, places, nowMs, gone, loading, cutOffSinceMs, canWrite: canRecord };
  return <Board {...{ state, view, sight, actions, heardMs: link.heard.anchorMs }} />;
}

type BoardProps = {
  readonly state: BoardState;
  readonly view: CrewBoardView;
  readonly sight: Sight;
  readonly actions: Actions;
  readonly heardMs: number;
};

function Board({ state, view, sight, actions, heardMs }: BoardProps): JSX.Element {
  const { shift } = state;
  const { texts } = sight;
  const asks = !isOnShift(shift, sight.nowMs);
  // Nobody signs in before the patient is helped: with a mission the form comes last.
  const isUnderWay = view.missions.length > 0;
  const isOld = sight.gone || sight.cutOffSinceMs !== null;
  const speaker = asks ? texts.nobody : personText(shift.by, view.own.people, sight);
  const sound: readonly Bar[] = state.soundHeld
    ? [{ id: "sound", tone: "warning", text: texts.soundHeld }]
    : [];
  return (
    <div class={isOld ? "board old" : "board"}>
      <Title sight={sight} />
      <div class="top">
        <Header sight={sight} heardMs={heardMs} speaker={speaker} speak={actions.speak} />
        <Bars bars={[...barsOf(view.own, heardMs, sight), ...sound]} />
      </div>
      <main tabIndex={-1}>
        {asks && !isUnderWay && <Shift {...{ state, sight, actions }} />}
        {asks && <p class="warned">{texts.unsigned}</p>}
        <Slips
          slips={shownSlips(state.outbox, view.own, sight.nowMs)}
          own={view.own}
          sight={sight}
          actions={actions}
        />
        {view.missions.map((row) => (
          <Mission key={row.mission} row={row} outbox={state.outbox} sight={sight} give={actions.give} />
        ))}
        {view.missions.length === 0 && (
          <section class="calm">
            <p class="place">{texts.noMission}</p>
            <p class="facts">{texts.noMissionNote}</p>
          </section>
        )}
        <Minutes sight={sight} position={view.missions[0]?.position ?? null} />
        {(!asks || isUnderWay) && <Shift {...{ state, sight, actions }} />}
      </main>
      <footer>{sight.places.region.attribution[sight.language]}</footer>
    </div>
  );
}

type ShiftProps = Pick<BoardProps, "state" | "sight" | "actions">;

/** Asked at the start and again after twelve hours; meanwhile one button for whoever takes over. */
function Shift({ state, sight, actions }: ShiftProps): JSX.Element {
  const [isChanging, setChanging] = useState(false);
  const { shift } = state;
  const { texts } = sight;
  const isOver = shift !== null && !isOnShift(shift, sight.nowMs);
  if (shift !== null && !isOver && !isChanging) {
    return (
      <button type="button" class="change" onClick={() => setChanging(true)}>
        {texts.change}
      </button>
    );
  }
  const begin: Actions["begin"] = async (role, name) => {
    const refusal = await actions.begin(role, name);
    if (refusal !== null) return refusal;
    setChanging(false);
    document.querySelector("main")?.focus();
    return null;
  };
  const title = isOver ? texts.shiftAgain : texts.shift;
  return <ShiftForm sight={sight} title={title} begin={begin} />;
}

function Title({ sight }: { readonly sight: Sight }): null {
  const { region } = sight.places;
  const parts = [region.rehearsal ? sight.say.rehearsal : "", region.siteName, "Holdfast"];
  const title = parts.filter(Boolean).join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
