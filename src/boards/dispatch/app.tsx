import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { HospitalRow } from "../../site/board-view.ts";
import { barsOf } from "../shell/bar-list.ts";
import { Bars } from "../shell/bars.tsx";
import { Header } from "../shell/header.tsx";
import { linkState } from "../shell/link.ts";
import { current } from "../shell/outbox.ts";
import type { Rows } from "../shell/rows.ts";
import { Decisions } from "./decisions.tsx";
import { unheardRow } from "./hospital-words.ts";
import { Hospitals } from "./hospitals.tsx";
import { Legend } from "./legend.tsx";
import { compareDeciding, compareRunning, isDeciding } from "./mission-words.ts";
import { Missions } from "./missions.tsx";
import { type Sight, sightOf } from "./sight.ts";
import type { Speech } from "./speech.ts";
import { type Actions, type BoardState, momentOf } from "./state.ts";

export type AppProps = {
  readonly state: BoardState;
  readonly steadyMs: number;
  readonly desk: number;
  readonly actions: Actions;
};

/** The board of a control centre: what must be decided, what drives, what hospitals can take. */
export function App(props: AppProps): JSX.Element {
  const { state, steadyMs } = props;
  const { speech, places, rows, link } = state;
  useEffect(() => {
    document.documentElement.lang = speech.language;
  }, [speech]);
  const moment = momentOf(state, steadyMs);
  if (places === null || rows === null || link.heard === null || moment === null) {
    return <Loading speech={speech} isGone={linkState(link, steadyMs) === "gone"} />;
  }
  const sight = sightOf(places, speech, moment);
  const heardMs = link.heard.anchorMs;
  return (
    <div class={moment.gone || moment.cutOffSinceMs !== null ? "board old" : "board"}>
      <Title rows={rows} sight={sight} />
      <div class="top">
        <Header
          sight={sight}
          heardMs={heardMs}
          speaker={sight.texts.desk(props.desk)}
          speak={props.actions.speak}
        />
        <Bars bars={barsOf(rows.own, heardMs, sight)} />
      </div>
      <Sections {...props} rows={rows} sight={sight} />
    </div>
  );
}

function Sections({
  state,
  actions,
  rows,
  sight,
}: AppProps & { readonly rows: Rows; readonly sight: Sight }) {
  const missions = [...rows.missions.values()].sort(compareRunning);
  const { region } = sight.places;
  const hospitals = region.hospitals.map((hospital) => ({
    hospital,
    row: rows.hospitals.get(hospital.hospital) ?? (unheardRow(hospital) satisfies HospitalRow),
  }));
  return (
    <>
      <main>
        <Decisions
          deciding={missions.filter(isDeciding).sort(compareDeciding)}
          outbox={current(state.outbox, sight.nowMs)}
          sight={sight}
          actions={actions}
        />
        <Missions missions={missions} rows={rows.hospitals} sight={sight} />
        <Hospitals hospitals={hospitals} missions={missions} sight={sight} />
      </main>
      <footer>
        <Legend sight={sight} />
        <p>{sight.texts.estimate}</p>
        <p>{region.attribution[sight.language]}</p>
      </footer>
    </>
  );
}

/** The tab of a browser says how many decisions wait. */
function Title({ rows, sight }: { readonly rows: Rows; readonly sight: Sight }): null {
  const { region } = sight.places;
  const count = [...rows.missions.values()].filter(isDeciding).length;
  const parts = [region.rehearsal ? sight.say.rehearsal : "", region.siteName, "Holdfast"];
  const title = `${count > 0 ? `(${count}) ` : ""}${parts.filter((part) => part !== "").join(" · ")}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}

function Loading({ speech, isGone }: { readonly speech: Speech; readonly isGone: boolean }) {
  const { say } = speech;
  return (
    <main class="loading">
      <h1>Holdfast</h1>
      <p role="status">{isGone ? say.goneFromStart : say.loading}</p>
      {isGone && <p>{say.loadingNote}</p>}
    </main>
  );
}
