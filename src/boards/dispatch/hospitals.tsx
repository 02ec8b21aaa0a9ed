import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type CapabilityId, capabilities } from "../../region/vocabulary.ts";
import type { BoardHospital, BoardNeed, HospitalRow, MissionRow } from "../../site/views/board-view.ts";
import { DrawnWhen } from "../shell/drawn-when.ts";
import { useHeldRows } from "../shell/held-rows.ts";
import { Mark, type MarkShape, toneOf } from "../shell/mark.tsx";
import { type Column, columnsOf, isFresh, shownCell, shownContact, soundNotes } from "./hospital-words.ts";
import type { HospitalMap } from "./map.tsx";
import { NeedSelect } from "./need-select.tsx";
import { Phone } from "./phone.tsx";
import type { Sight } from "./sight.ts";
import type { Actions, Filter } from "./state.ts";

/** A hospital with what the anchor last said of it. */
export type Known = { readonly hospital: BoardHospital; readonly row: HospitalRow };

export type HospitalsProps = {
  /** All of them, by town. */
  readonly hospitals: readonly Known[];
  /** Those that the filter leaves in the table. */
  readonly shown: readonly Known[];
  readonly missions: readonly MissionRow[];
  readonly need: BoardNeed;
  readonly filter: Filter;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** What hospitals can take, for one need: as a map and as a table. */
export function Hospitals(props: HospitalsProps): JSX.Element {
  const { hospitals, missions, need, filter, sight, actions } = props;
  const { texts, language, room } = sight;
  // The map's code comes with what else comes after the rows: they are what is needed first.
  const Sheet = room.tools?.HospitalMap;
  return (
    <>
      <section class="hospitals" aria-labelledby="hospitals">
        <h2 id="hospitals">{texts.hospitals}</h2>
        <div class="filters">
          <NeedSelect {...{ need, sight, actions }} />
          {room.tools !== null && <room.tools.FilterControls {...{ filter, sight, actions }} />}
        </div>
        <HospitalTable {...props} />
      </section>
      <section class="map" aria-labelledby="map">
        <h2 id="map">
          {texts.map}: {need.name[language]}
        </h2>
        {Sheet !== undefined && <MapAfterRows Sheet={Sheet} shown={{ hospitals, missions, need, sight }} />}
      </section>
    </>
  );
}

type MapShown = Pick<HospitalsProps, "hospitals" | "missions" | "need" | "sight">;

/**
 * The map takes longer to draw than all rows: a change reaches it in the frame after them, and ages now and then. That
 * nothing here may be trusted any more it shows at once.
 */
function MapAfterRows(props: { readonly Sheet: typeof HospitalMap; readonly shown: MapShown }): JSX.Element {
  const { Sheet, shown } = props;
  const [settled, settle] = useState(shown);
  useEffect(() => {
    if (!sameOnMap(settled, shown)) settle(shown);
  });
  const { sight } = shown;
  const isTrusted = sight.gone === settled.sight.gone && sight.cutOffSinceMs === settled.sight.cutOffSinceMs;
  const drawn = isTrusted ? settled : shown;
  return <DrawnWhen of={[Sheet, drawn]} draw={() => <Sheet {...drawn} />} />;
}

function sameOnMap(a: MapShown, b: MapShown): boolean {
  const marksOf = ({ hospitals, missions, need, sight }: MapShown): readonly unknown[] => [
    ...[sight.gone, sight.cutOffSinceMs, sight.language, sight.places, need, momentOf(sight.nowMs)],
    ...hospitals.map(({ row }) => row),
    ...missions,
  ];
  const other = marksOf(b);
  const one = marksOf(a);
  return one.length === other.length && one.every((mark, i) => mark === other[i]);
}

/** More rows than a screen has: they are drawn a frame before the rest, which on an old machine takes a second. */
const screenful = 16;

function HospitalTable({ hospitals, shown, need, sight, actions }: HospitalsProps): JSX.Element {
  const { texts, language, room } = sight;
  const [rowsMax, drawAll] = useState(screenful);
  useEffect(() => {
    const timer = setTimeout(drawAll, 0, Number.POSITIVE_INFINITY);
    return () => clearTimeout(timer);
  }, []);
  const columns = columnsOf(need);
  const place = useRef<HTMLDivElement>(null);
  const held = useHeldRows<HTMLTableElement>(shown.map(({ hospital }) => hospital.hospital));
  const all = new Map(hospitals.map((known) => [known.hospital.hospital, known]));
  return (
    <>
      {sight.room.tools !== null && <sight.room.tools.FreshNote {...held} sight={sight} />}
      <div class="table-place" ref={place}>
        <table aria-labelledby="hospitals" ref={held.list} {...held.holders}>
          <thead>
            <tr class="columns">
              <th scope="col">{texts.hospital}</th>
              <th scope="col">{texts.contact}</th>
              {columns.map(({ capability, demand }) => (
                <th scope="col" key={capability}>
                  {capabilities[capability][language]} <small>{texts[demand]}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {held.order.slice(0, rowsMax).map((hospital, i) => {
              const known = all.get(hospital);
              const phaseMs = (i / held.order.length) * redrawEveryMs;
              return known === undefined ? null : (
                <HospitalLine key={hospital} {...{ known, columns, sight, phaseMs }} />
              );
            })}
          </tbody>
        </table>
        {room.tools !== null && <room.tools.CellLooks {...{ place, sight, actions }} />}
      </div>
    </>
  );
}

type LineProps = {
  readonly known: Known;
  readonly columns: readonly Column[];
  readonly sight: Sight;
  /** By how much earlier than others it is drawn anew: all at once would hold up a push. */
  readonly phaseMs: number;
};

/** Ages are shown in minutes: between pushes a row is drawn anew only now and then. */
const redrawEveryMs = 5_000;

function momentOf(ms: number): number {
  return Math.floor(ms / redrawEveryMs);
}

function HospitalLine({ known, columns, sight, phaseMs }: LineProps): JSX.Element {
  const { gone, cutOffSinceMs, language, nowMs } = sight;
  const moment = momentOf(nowMs + phaseMs);
  const shape = columns.map(({ capability }) => capability).join(" ");
  const mute = soundNotes(known.hospital.hospital, sight).join();
  return (
    <DrawnWhen
      of={[known.row, shape, mute, gone, cutOffSinceMs, language, moment]}
      draw={() => drawnLine({ known, columns, sight })}
    />
  );
}

function drawnLine({ known, columns, sight }: Omit<LineProps, "phaseMs">): JSX.Element {
  const { hospital, row } = known;
  const { texts, language } = sight;
  const contact = shownContact(row.contact, sight);
  const notes = [...contact.notes, ...soundNotes(hospital.hospital, sight)];
  return (
    <tr
      id={`hospital-${hospital.hospital}`}
      data-hospital={hospital.hospital}
      class={isFresh(row.contact, sight) ? "hospital" : "hospital not-fresh"}
    >
      <th scope="row" class="hospital-name">
        {hospital.spokenName}
        <small>
          {hospital.town} · <Phone number={hospital.phone} />
        </small>
        {row.inbound > 0 && <small class="inbound">{texts.inbound(row.inbound)}</small>}
      </th>
      <Cell label={texts.contact} shown={{ ...contact, notes }} />
      {columns.map(({ capability }) => {
        const cell = shownCell(hospital, capability, row, sight);
        const label = capabilities[capability][language];
        return <Cell key={capability} capability={capability} label={label} shown={cell} />;
      })}
    </tr>
  );
}

type Cellular = {
  /** None for the contact. */
  readonly capability?: CapabilityId;
  readonly label: string;
  readonly shown: { readonly shape: MarkShape; readonly word: string; readonly notes: readonly string[] };
};

/** Sign and word; below, smaller, its age, source and whatever else is to be known. */
export function Cell({ capability, label, shown }: Cellular): JSX.Element {
  const { shape, word, notes } = shown;
  const tone = toneOf(shape);
  const certainty = shape === "old" ? "word-old" : tone === "soft" ? "" : "word-certain";
  return (
    <td data-capability={capability} data-label={label} data-shape={shape} class={`tone-${tone}`}>
      <span class={`word ${certainty}`}>
        <Mark shape={shape} /> {word}
      </span>
      {notes.map((note) => (
        <small key={note}>{note}</small>
      ))}
    </td>
  );
}
