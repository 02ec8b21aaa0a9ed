import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import type { Pzc } from "../../../region/pzc.ts";
import type { NeedId } from "../../../region/vocabulary.ts";
import type { WhereTo } from "../../../site/views/board-view.ts";
import { needName } from "../../shell/sight.ts";
import { needOptions } from "../need-select.tsx";
import { Select } from "../select.tsx";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { AdviceText } from "./advice-text.tsx";
import { Ways } from "./call-note.tsx";
import { Tick } from "./choices.tsx";
import { Doubts } from "./doubts-note.tsx";
import { nothingTold, OpenForm, placeOf, type Told } from "./open-form.tsx";
import { PlaceFinder } from "./place-finder.tsx";
import { PzcField } from "./pzc-field.tsx";
import { deskTexts } from "./speech.ts";
import { useWhereTo } from "./use-where-to.ts";

type PanelProps = { readonly sight: Sight; readonly actions: Actions };

/** A place somebody named: a town, or a cell of the map by its coordinates. */
export type Place = { readonly name: string; readonly latE3: number; readonly lonE3: number };

/** A crew asks on the radio where to: need and place, and the anchor's lines to read out. Writes nothing. */
export function WhereToPanel({ sight, actions }: PanelProps): JSX.Element {
  const texts = deskTexts(sight);
  const [need, setNeed] = useState<NeedId | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const [pzc, setPzc] = useState<Pzc | null>(null);
  const [isFlown, setFlown] = useState(false);
  const [isOpening, setOpening] = useState(false);
  const [from, setFrom] = useState<Name | null>(null);
  const [told, tell] = useState<Told>(nothingTold);
  // Who lies in a hospital sets out from there.
  const start = placeOf(from, sight) ?? place;
  const takePzc = (read: Pzc | null) => {
    setPzc(read);
    if (read !== null && read.need !== null) setNeed(read.need);
  };
  return (
    <div class="panel-columns">
      <div>
        <PzcField sight={sight} read={takePzc} />
        <Select
          label={sight.texts.need}
          none={texts.choose}
          options={needOptions(sight)}
          value={need}
          choose={setNeed}
        />
        {/* A transfer begins at the hospital that sends the patient. */}
        <Select
          label={texts.transfer}
          none={texts.noTransfer}
          options={sight.places.region.hospitals.map(({ hospital, spokenName }) => [hospital, spokenName])}
          value={from}
          choose={setFrom}
        />
        {from === null && <PlaceFinder sight={sight} choose={setPlace} />}
        <Tick label={texts.flown} checked={isFlown} set={setFlown} />
      </div>
      <div aria-live="polite">
        {need === null || start === null ? (
          <p class="empty">{texts.whereToAsk}</p>
        ) : (
          <Answer {...{ need, from, isFlown, sight }} place={start} told={isOpening ? told : nothingTold} />
        )}
        {need !== null && start !== null && !isOpening && (
          <p class="buttons">
            <button type="button" disabled={!sight.canWrite} onClick={() => setOpening(true)}>
              {texts.openMission}
            </button>
          </p>
        )}
        {need !== null && start !== null && isOpening && (
          <OpenForm
            key={pzc?.text}
            {...{ need, from, pzc, isFlown, tell, sight, actions }}
            place={start}
            done={() => setOpening(false)}
          />
        )}
      </div>
    </div>
  );
}

type AnswerProps = {
  readonly need: NeedId;
  readonly place: Place;
  /** The hospital that sends the patient; null: an emergency. */
  readonly from: Name | null;
  readonly told: Told;
  /** A helicopter may fly. */
  readonly isFlown: boolean;
  readonly sight: Sight;
};

function Answer({ need, place, from, told, isFlown, sight }: AnswerProps): JSX.Element {
  const texts = deskTexts(sight);
  const { latE3, lonE3 } = place;
  const flown = isFlown ? { flown: "yes" } : {};
  const sent = from === null ? {} : { from };
  const query = { need, latE3: `${latE3}`, lonE3: `${lonE3}`, ...sent, ...flown, ...told };
  const { step, answer } = useWhereTo(sight.places.region.site, query);
  if (answer === null) {
    return <p class="facts">{step === "lost" ? texts.adviceLost : texts.adviceLoading}</p>;
  }
  return (
    <>
      <h3>{texts.whereToFor(needName(sight, need), place.name)}</h3>
      {answer.spoken !== null && (
        <p>
          {texts.readOut} <q>{answer.spoken.readOut[sight.language]}</q>
        </p>
      )}
      <Lines answer={answer} need={need} sight={sight} />
      <p class="facts">{texts.whereToCounts(answer.spoken?.policy)}</p>
    </>
  );
}

/** In the order of advice, each with what is not as it should be there. */
function Lines({
  answer,
  need,
  sight,
}: {
  readonly answer: WhereTo;
  readonly need: NeedId;
  readonly sight: Sight;
}): JSX.Element {
  if (answer.lines.length === 0) return <p>{sight.texts.noLines}</p>;
  return (
    <>
      {answer.forced && <p class="warned">{sight.texts.forced}</p>}
      <ol class="read-out">
        {answer.lines.map((line) => (
          <li key={line.hospital} data-line={line.hospital}>
            <AdviceText {...{ line, need, sight }} /> <Ways hospital={line.hospital} sight={sight} />
          </li>
        ))}
      </ol>
      {answer.lines.slice(0, 1).map(({ hospital }) => (
        <Doubts key={hospital} {...{ hospital, sight }} patient={{ need, request: { step: "none" } }} />
      ))}
    </>
  );
}
