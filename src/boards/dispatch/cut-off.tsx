import "./cut-off.css";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { capabilities } from "../../region/vocabulary.ts";
import type { Position } from "../../roads/plane.ts";
import type { BoardNeed, MissionRow } from "../../site/views/board-view.ts";
import { Mark } from "../shell/mark.tsx";
import { minutesFrom, type OwnMinutes } from "../shell/own-minutes.ts";
import { nameOf, timeText } from "../shell/sight.ts";
import { useMinutes } from "../shell/use-minutes.ts";
import { cutOffTexts } from "./cut-off-texts.ts";
import { columnsOf, shownCell } from "./hospital-words.ts";
import type { Known } from "./hospitals.tsx";
import { NeedSelect } from "./need-select.tsx";
import { Phone } from "./phone.tsx";
import { Select } from "./select.tsx";
import type { Sight } from "./sight.ts";
import type { Actions } from "./state.ts";

type CutOffProps = {
  readonly hospitals: readonly Known[];
  readonly missions: readonly MissionRow[];
  readonly need: BoardNeed;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** What a centre that hears nobody knows and does not know, and what is to be done, in large letters. */
export function CutOffHead(props: {
  readonly sinceMs: number;
  readonly isWhole: boolean;
  readonly showWhole: (isWhole: boolean) => void;
  readonly sight: Sight;
}): JSX.Element {
  const { sinceMs, isWhole, showWhole, sight } = props;
  const texts = cutOffTexts[sight.language];
  return (
    <section class="cut-off-head" aria-labelledby="cut-off">
      <h2 id="cut-off">
        <Mark shape="old" /> {texts.title(timeText(sight, sinceMs))}
      </h2>
      <p>{texts.meaning}</p>
      <p>{texts.todo}</p>
      <p class="buttons">
        <button type="button" class="main-button" onClick={() => print()}>
          {sight.texts.print}
        </button>
        <button type="button" onClick={() => showWhole(!isWhole)}>
          {isWhole ? texts.plain : texts.whole}
        </button>
      </p>
    </section>
  );
}

/** Every hospital with its number, the minutes to it, and what was last known of it: to be called one after another. */
export function CutOff({ hospitals, missions, need, sight, actions }: CutOffProps): JSX.Element {
  const { places, language } = sight;
  const texts = cutOffTexts[language];
  const [from, setFrom] = useState<string | null>(null);
  const minutes = useMinutes(places.region);
  const position = positionOf(from, missions, sight);
  const file = minutes?.file ?? null;
  const own = file === null || position === null ? null : minutesFrom(places.region, file, position);
  return (
    <section class="cut-off" aria-labelledby="cut-off-list">
      <h2 id="cut-off-list">{texts.phones}</h2>
      <p class="buttons">
        <NeedSelect {...{ need, sight, actions }} />
        <Select
          label={texts.from}
          none={texts.noPlace}
          options={[
            ...missions.map(({ mission, vehicle }) => [mission, nameOf(sight, vehicle)] as const),
            ...places.region.towns.map(({ name }) => [name, name] as const),
          ]}
          value={from}
          choose={setFrom}
        />
        {own !== null && <span class="facts">{own.source[language]}</span>}
        {position !== null && own === null && <span class="facts">{texts.noMinutes}</span>}
      </p>
      <ul class="cut-off-rows">
        {nearestFirst(hospitals, own).map((known) => (
          <CutOffLine key={known.hospital.hospital} {...{ known, need, own, sight }} />
        ))}
      </ul>
    </section>
  );
}

type LineProps = {
  readonly known: Known;
  readonly need: BoardNeed;
  readonly own: OwnMinutes | null;
  readonly sight: Sight;
};

function CutOffLine({ known, need, own, sight }: LineProps): JSX.Element {
  const { hospital, row } = known;
  const min = own?.near.find((one) => one.hospital === hospital.hospital)?.min;
  const phones = [hospital.phone, ...(hospital.morePhones ?? [])];
  return (
    <li data-cut-off={hospital.hospital}>
      <h3>
        {hospital.spokenName} <small>{hospital.town}</small>
        {own !== null && <span class="cut-off-min">{min === undefined ? "?" : `${min} min`}</span>}
      </h3>
      <p class="cut-off-phones">
        {phones.map((phone) => (
          <Phone key={phone} number={phone} />
        ))}
        {hospital.radioGroup !== undefined && (
          <span>{sight.room.tools?.radioText(hospital.radioGroup, sight)}</span>
        )}
      </p>
      {columnsOf(need).map(({ capability }) => {
        const { shape, word, notes } = shownCell(hospital, capability, row, sight);
        return (
          <p key={capability}>
            <Mark shape={shape} /> {capabilities[capability][sight.language]}: {[word, ...notes].join(" · ")}
          </p>
        );
      })}
    </li>
  );
}

/** Of a running mission or a town; null: none is chosen. */
function positionOf(
  from: string | null,
  missions: readonly MissionRow[],
  { places }: Sight,
): Position | null {
  const mission = missions.find((row) => row.mission === from);
  if (mission !== undefined) return mission.position;
  return places.region.towns.find(({ name }) => name === from) ?? null;
}

/** By minutes where a place is chosen, else by town. */
function nearestFirst(hospitals: readonly Known[], own: OwnMinutes | null): readonly Known[] {
  if (own === null) return hospitals;
  const rank = new Map(own.near.map(({ hospital }, i) => [hospital, i]));
  const rankOf = ({ hospital }: Known) => rank.get(hospital.hospital) ?? own.near.length;
  return [...hospitals].sort((a, b) => rankOf(a) - rankOf(b));
}
