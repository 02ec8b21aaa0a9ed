import "./wall.css";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { minuteMs } from "../../basics/time.ts";
import { capabilities } from "../../region/vocabulary.ts";
import type { BoardNeed } from "../../site/views/board-view.ts";
import { type Bar, barsOf } from "../shell/bar-list.ts";
import { Bars } from "../shell/bars.tsx";
import { isOtherBuild } from "../shell/build.ts";
import { Mark, toneOf } from "../shell/mark.tsx";
import { timeText } from "../shell/sight.ts";
import { unheardRow } from "./hospital-words.ts";
import { HospitalMap } from "./map.tsx";
import type { Sight } from "./sight.ts";
import { useFitted, useTurning } from "./wall-fit.ts";
import { cutOffList, type WallEntry, type WallLists, wallLists } from "./wall-lists.ts";
import { wallTexts } from "./wall-texts.ts";
import type { WholeProps } from "./whole.ts";

const barsMax = 3;

/**
 * The board of a control room's wall: nothing to press. What is not as it should be comes first, in full or counted;
 * nothing on it is smaller than 24 px.
 */
export function Wall({ rows, sight, heardMs }: WholeProps): JSX.Element {
  const isOld = sight.gone || sight.cutOffSinceMs !== null;
  const lists = wallLists(rows, sight);
  const unknown = sight.cutOffSinceMs === null ? [] : cutOffList(rows, sight);
  const root = useRef<HTMLDivElement>(null);
  const from = useTurning(root, unknown.length);
  useFitted(root, JSON.stringify([lists, unknown, from, isOld, sight.language]), wallTexts[sight.language]);
  useReloading(isOtherBuild());
  const panel = (list: keyof WallLists) => <Panel list={list} entries={lists[list]} sight={sight} />;
  return (
    <div ref={root} class={isOld ? "wall old" : "wall"}>
      <WallHead sight={sight} heardMs={heardMs} />
      <Bars bars={fewBars(barsOf(rows.own, heardMs, sight).map(unpressed), sight)} />
      <main class={sight.cutOffSinceMs === null ? "wall-main" : "wall-main wall-cut-off"}>
        {sight.cutOffSinceMs === null ? (
          <>
            <div class="wall-column">
              {panel("silent")}
              {panel("decisions")}
              {lists.forced.length > 0 && panel("forced")}
              {panel("overdue")}
              {panel("noSound")}
            </div>
            <div class="wall-column">
              {panel("closed")}
              {panel("unconfirmed")}
              {panel("voices")}
            </div>
            <WallMap rows={rows} sight={sight} />
          </>
        ) : (
          <>
            {panel("decisions")}
            {panel("voices")}
            <UnknownPanel entries={unknown} from={from} sinceMs={sight.cutOffSinceMs} sight={sight} />
          </>
        )}
      </main>
      <footer class="wall-foot">{sight.places.region.attribution[sight.language]}</footer>
    </div>
  );
}

function unpressed({ id, tone, text }: Bar): Bar {
  return { id, tone, text };
}

/** Nobody presses anything here. Not at once: a page that is kept may still be the old one. */
function useReloading(isOther: boolean): void {
  useEffect(() => {
    if (!isOther) return undefined;
    const timer = setTimeout(() => location.reload(), minuteMs);
    return () => clearTimeout(timer);
  }, [isOther]);
}

/** The lists need their room: the gravest, and how many more there are. */
function fewBars(bars: readonly Bar[], sight: Sight): readonly Bar[] {
  if (bars.length <= barsMax) return bars;
  const shown = bars.slice(0, barsMax - 1);
  const text = wallTexts[sight.language].moreBars(bars.length - shown.length);
  return [...shown, { id: "more", tone: "warning", text }];
}

function WallHead({ sight, heardMs }: Pick<WholeProps, "sight" | "heardMs">): JSX.Element {
  const { say, places, nowMs } = sight;
  const { region, clock } = places;
  return (
    <header class="wall-head">
      {region.rehearsal && <p class="rehearsal">{say.rehearsal}</p>}
      <div class="wall-who">
        <h1>{region.siteName}</h1>
        <p>
          {region.name} · <b class="wall-as-of">{say.asOf(clock.second(heardMs))}</b> · {region.zone}
        </p>
      </div>
      <p class="wall-clock">
        <span class="unseen">{say.clock} </span>
        {clock.second(nowMs)}
      </p>
    </header>
  );
}

type PanelProps = {
  readonly list: keyof WallLists;
  readonly entries: readonly WallEntry[];
  readonly sight: Sight;
};

/** One kind of exception with its number, whether it is shown in full or not; without any, the number alone. */
function Panel({ list, entries, sight }: PanelProps): JSX.Element {
  const texts = wallTexts[sight.language];
  const id = `wall-${list}`;
  const isOld = sight.gone || sight.cutOffSinceMs !== null;
  const title = isOld ? texts.lastly(texts[list]) : texts[list];
  const some = entries.length === 0 ? "" : isOld ? " wall-some" : ` wall-some wall-some-${list}`;
  return (
    <section class={`wall-panel${some}`} aria-labelledby={id} data-list={list}>
      <h2 id={id}>
        {title}: <b data-count={entries.length}>{entries.length}</b>
      </h2>
      <WallRows entries={entries} />
    </section>
  );
}

type UnknownProps = {
  readonly entries: readonly WallEntry[];
  readonly from: number;
  readonly sinceMs: number;
  readonly sight: Sight;
};

/** Whom to call while we are cut off, in place of the map, which knows nothing now; it turns its pages. */
function UnknownPanel({ entries, from, sinceMs, sight }: UnknownProps): JSX.Element {
  const title = wallTexts[sight.language].unknown(timeText(sight, sinceMs));
  return (
    <section
      class="wall-panel wall-some wall-unknown"
      aria-labelledby="wall-unknown"
      {...{ "data-list": "unknown", "data-from": from, "data-count": entries.length }}
    >
      <h2 id="wall-unknown">
        {title}: <b>{entries.length}</b>
      </h2>
      <WallRows entries={entries.slice(from)} />
    </section>
  );
}

function WallRows({ entries }: { readonly entries: readonly WallEntry[] }): JSX.Element {
  return (
    <>
      <ul class="wall-rows">
        {entries.map((entry) => (
          <li key={entry.key} class={`wall-row tone-${toneOf(entry.shape)}`} data-shape={entry.shape}>
            <b class="word">
              <Mark shape={entry.shape} /> {entry.title}
            </b>{" "}
            <span>{entry.notes.join(" · ")}</span>
          </li>
        ))}
      </ul>
      <p class="wall-more" hidden />
    </>
  );
}

function WallMap({ rows, sight }: Pick<WholeProps, "rows" | "sight">): JSX.Element {
  const { region } = sight.places;
  const texts = wallTexts[sight.language];
  const missions = [...rows.missions.values()];
  const hospitals = region.hospitals.map((hospital) => {
    return { hospital, row: rows.hospitals.get(hospital.hospital) ?? unheardRow(hospital) };
  });
  return (
    <section class="wall-map" aria-labelledby="map">
      <h2 id="map">
        {emergency.name[sight.language]} · {texts.missions(missions.length)}
      </h2>
      <HospitalMap {...{ hospitals, missions, sight }} need={emergency} isStill />
    </section>
  );
}

/** What a wall shows without anybody choosing: whether the door is open. */
const emergency: Pick<BoardNeed, "name" | "required"> = {
  name: capabilities["emergency-department"],
  required: [["emergency-department"]],
};
