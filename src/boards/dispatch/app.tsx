import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BoardHospital, BoardNeed, HospitalRow, MissionRow } from "../../site/views/board-view.ts";
import { type Bar, barsOf } from "../shell/bar-list.ts";
import { Bars } from "../shell/bars.tsx";
import { Header } from "../shell/header.tsx";
import { later } from "../shell/later.tsx";
import { Loading } from "../shell/loading.tsx";
import { current } from "../shell/outbox.ts";
import type { Rows } from "../shell/rows.ts";
import { isOnShift } from "../shell/shift.ts";
import type { Places } from "../shell/sight.ts";
import { unheardRow } from "./hospital-words.ts";
import { Hospitals, type Known } from "./hospitals.tsx";
import { compareDeciding, inRunningOrder, isWaiting } from "./mission-order.ts";
import { type Room, type Sight, sightOf } from "./sight.ts";
import { type Actions, type BoardState, type Filter, momentOf, speakerOf } from "./state.ts";
import type { Whole, WholeProps } from "./whole.ts";

const Decisions = later(async () => (await import("./lists.ts")).lists.Decisions);
const Neighbours = later(async () => (await import("./neighbours.tsx")).Neighbours);
const Missions = later(async () => (await import("./lists.ts")).lists.Missions);

export type AppProps = {
  readonly state: BoardState;
  readonly steadyMs: number;
  readonly desk: number;
  /** Drawn in the board's place: the wall, sheets of paper. */
  readonly whole: Whole | null;
  readonly actions: Actions;
};

/** The board of a control centre: what must be decided, what drives, what hospitals can take. */
export function App(props: AppProps): JSX.Element {
  const { state, steadyMs } = props;
  const { speech } = state;
  useEffect(() => {
    document.documentElement.lang = speech.language;
  }, [speech]);
  const shown = shownOf(props);
  if (shown === null || (props.whole !== null && shown.rows.partial)) {
    return <Loading say={speech.say} link={state.link} steadyMs={steadyMs} />;
  }
  const { rows, sight, heardMs } = shown;
  if (props.whole !== null) {
    return (
      <>
        <Title rows={rows} sight={sight} />
        <props.whole {...shown} />
      </>
    );
  }
  return (
    <div class={sight.gone || sight.cutOffSinceMs !== null ? "board old" : "board"}>
      <Title rows={rows} sight={sight} />
      <Board {...props} rows={rows} sight={sight} heardMs={heardMs} />
    </div>
  );
}

/** What a board is drawn from in this moment; null until the anchor has said everything once. */
export function shownOf({
  state,
  steadyMs,
  desk,
}: Pick<AppProps, "state" | "steadyMs" | "desk">): WholeProps | null {
  const { speech, places, rows, link } = state;
  const moment = momentOf(state, steadyMs);
  if (places === null || rows === null || link.heard === null || moment === null) return null;
  const sight = sightOf(places, speech, moment, roomOf(state, rows, desk, moment.nowMs));
  return { rows, sight, heardMs: link.heard.anchorMs };
}

type BoardProps = AppProps & { readonly rows: Rows; readonly sight: Sight; readonly heardMs: number };

function Board(props: BoardProps): JSX.Element {
  const { state, actions, rows, sight, heardMs } = props;
  const { shift, panel, filter } = state;
  const { tools } = sight.room;
  const { region, needs } = sight.places;
  const desk = sight.texts.desk(props.desk);
  const soundBar: Bar = { id: "sound", tone: "warning", text: sight.texts.soundHeldBack };
  const need = needs.get(filter.need ?? "") ?? region.needs[0];
  const all = {
    missions: inRunningOrder(rows.missions.values()),
    hospitals: knownHospitals(sight.places, rows),
  };
  const left =
    tools === null || need === undefined
      ? { ...all, hiddenHospitals: 0, hiddenMissions: 0 }
      : tools.filtered(all, filter, need, sight);
  const isNamed = isOnShift(shift, sight.nowMs) && tools !== null;
  const speaker = isNamed ? tools.personText(shift.by, sight.room.people, sight.language) : desk;
  return (
    <>
      <div class="top">
        <Header sight={sight} heardMs={heardMs} speaker={speaker} speak={actions.speak} />
        <Bars bars={[...barsOf(rows.own, heardMs, sight), ...(state.soundHeldBack ? [soundBar] : [])]} />
        {tools !== null && <tools.FilterBar {...{ filter, sight, actions }} result={left} />}
      </div>
      <div class="desk-bar">
        {tools !== null && <tools.DeskBar {...{ panel, shift, desk, sight, actions }} />}
      </div>
      {tools !== null && <tools.Tray sight={sight} actions={actions} />}
      <Sections {...{ all, left, need, filter, rows, sight, actions }} />
    </>
  );
}

type Lists = { readonly hospitals: readonly Known[]; readonly missions: readonly MissionRow[] };

type SectionsProps = {
  readonly all: Lists;
  readonly left: Lists;
  readonly need: BoardNeed | undefined;
  readonly filter: Filter;
  readonly rows: Rows;
  readonly sight: Sight;
  readonly actions: Actions;
};

function Sections({ all, left, need, filter, rows, sight, actions }: SectionsProps): JSX.Element {
  const { texts, places, room, language, cutOffSinceMs } = sight;
  const [isWhole, showWhole] = useState(false);
  const tools = cutOffSinceMs === null ? null : room.tools;
  return (
    <>
      <main tabIndex={-1}>
        <div class="now">
          {tools !== null && cutOffSinceMs !== null && (
            <tools.CutOffHead sinceMs={cutOffSinceMs} {...{ isWhole, showWhole, sight }} />
          )}
          {!rows.partial && (
            <Decisions
              waiting={all.missions.filter(isWaiting).sort(compareDeciding)}
              outbox={room.outbox}
              sight={sight}
              actions={actions}
            />
          )}
          {room.tools !== null && <room.tools.Calls sight={sight} actions={actions} />}
        </div>
        {!rows.partial && (
          <Missions missions={left.missions} rows={rows.hospitals} {...{ filter, sight, actions }} />
        )}
        {need === undefined || all.hospitals.length === 0 ? (
          <p class="empty">{texts.noHospitals}</p>
        ) : tools !== null && !isWhole ? (
          <tools.CutOff {...all} {...{ need, sight, actions }} />
        ) : (
          <Hospitals {...all} shown={left.hospitals} {...{ need, filter, sight, actions }} />
        )}
        {room.tools !== null && rows.own.neighbours && need !== undefined && (
          <Neighbours {...{ need, sight }} />
        )}
      </main>
      <footer>
        <button type="button" class="switch" onClick={() => print()}>
          {texts.print}
        </button>
        {room.tools !== null && <room.tools.Legend sight={sight} />}
        <p>{places.region.attribution[language]}</p>
      </footer>
    </>
  );
}

const sortedOf = new WeakMap<Places, readonly BoardHospital[]>();

/** By town: an order that does not change while the board is open. */
function knownHospitals(places: Places, rows: Rows): readonly Known[] {
  const order = new Intl.Collator("de").compare;
  const sorted =
    sortedOf.get(places) ??
    [...places.region.hospitals].sort((a, b) => order(a.town, b.town) || order(a.spokenName, b.spokenName));
  sortedOf.set(places, sorted);
  return sorted.map((hospital) => ({
    hospital,
    row: rows.hospitals.get(hospital.hospital) ?? (unheardRow(hospital) satisfies HospitalRow),
  }));
}

function roomOf(state: BoardState, rows: Rows, desk: number, nowMs: number): Room {
  const { outbox, shift } = state;
  // What works on missions waits for them.
  const tools = rows.partial ? null : state.tools;
  const { own, centre, missions, hospitals } = rows;
  const by = speakerOf(shift, desk, nowMs);
  const deskBy = speakerOf(null, desk, nowMs);
  return {
    by,
    deskBy,
    people: own.people ?? [],
    centre,
    missions,
    hospitals,
    centres: own.centres,
    outbox: current(outbox, nowMs),
    tools,
  };
}

/** The tab of a browser says how many decisions wait. */
function Title({ rows, sight }: { readonly rows: Rows; readonly sight: Sight }): null {
  const { region } = sight.places;
  const count = [...rows.missions.values()].filter(isWaiting).length;
  const parts = [region.rehearsal ? sight.say.rehearsal : "", region.siteName, "Holdfast"];
  const title = `${count > 0 ? `(${count}) ` : ""}${parts.filter((part) => part !== "").join(" · ")}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
