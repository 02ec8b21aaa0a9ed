import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { capabilities } from "../../region/vocabulary.ts";
import type { BoardHospital, BoardNeed, HospitalRow, MissionRow } from "../../site/board-view.ts";
import { insist } from "../shell/insist.ts";
import { Mark, type MarkShape, toneOf } from "../shell/mark.tsx";
import { type Column, columnsOf, isFresh, shownCell, shownContact } from "./hospital-words.ts";
import type { HospitalMap } from "./map.tsx";
import type { Sight } from "./sight.ts";

/** A hospital with what the anchor last said of it. */
export type Known = { readonly hospital: BoardHospital; readonly row: HospitalRow };

export type HospitalsProps = {
  readonly hospitals: readonly Known[];
  readonly missions: readonly MissionRow[];
  readonly sight: Sight;
};

/** What hospitals can take, for one need: as a map and as a table. */
export function Hospitals({ hospitals, missions, sight }: HospitalsProps): JSX.Element {
  const { texts, places, language } = sight;
  const { needs } = places.region;
  const [chosen, setChosen] = useState(needs[0]?.need ?? "");
  const Sheet = useMap();
  const need = places.needs.get(chosen);
  const sorted = useMemo(() => [...hospitals].sort(byTown), [hospitals.length, places]).map(({ hospital }) =>
    hospitals.find((known) => known.hospital === hospital),
  );
  const rows = sorted.filter((known) => known !== undefined);
  if (need === undefined || rows.length === 0) return <p class="empty">{texts.noHospitals}</p>;
  return (
    <>
      <section class="hospitals" aria-labelledby="hospitals">
        <h2 id="hospitals">{texts.hospitals}</h2>
        <label class="need">
          {texts.need}
          <select
            value={chosen}
            onChange={({ currentTarget }) => setChosen(currentTarget.value as typeof chosen)}
          >
            {needs.map(({ need: id, name }) => (
              <option key={id} value={id}>
                {name[language]}
              </option>
            ))}
          </select>
        </label>
        <HospitalTable rows={rows} need={need} sight={sight} />
      </section>
      <section class="map" aria-labelledby="map">
        <h2 id="map">
          {texts.map}: {need.name[language]}
        </h2>
        {Sheet !== null && <Sheet hospitals={rows} missions={missions} need={need} sight={sight} />}
      </section>
    </>
  );
}

/** The map's code comes after the rows: they are what is needed first. */
function useMap(): typeof HospitalMap | null {
  const [map, setMap] = useState<{ readonly drawn: typeof HospitalMap } | null>(null);
  useEffect(() => {
    void insist(() => import("./map.tsx")).then(({ HospitalMap: drawn }) => setMap({ drawn }));
  }, []);
  return map?.drawn ?? null;
}

function byTown(a: Known, b: Known): number {
  const order = new Intl.Collator("de").compare;
  return order(a.hospital.town, b.hospital.town) || order(a.hospital.spokenName, b.hospital.spokenName);
}

type TableProps = { readonly rows: readonly Known[]; readonly need: BoardNeed; readonly sight: Sight };

function HospitalTable({ rows, need, sight }: TableProps): JSX.Element {
  const { texts, language } = sight;
  const columns = columnsOf(need);
  return (
    <table aria-labelledby="hospitals">
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
        {rows.map((known) => (
          <HospitalLine key={known.hospital.hospital} {...{ known, columns, sight }} />
        ))}
      </tbody>
    </table>
  );
}

type LineProps = { readonly known: Known; readonly columns: readonly Column[]; readonly sight: Sight };

/** Ages are shown in minutes: between pushes a row is drawn anew only now and then. */
const redrawEveryMs = 5_000;

function HospitalLine({ known, columns, sight }: LineProps): JSX.Element {
  const { gone, cutOffSinceMs, language, nowMs } = sight;
  const moment = Math.floor(nowMs / redrawEveryMs);
  const shape = columns.map(({ capability }) => capability).join(" ");
  return useMemo(
    () => drawnLine({ known, columns, sight }),
    [known.row, shape, gone, cutOffSinceMs, language, moment],
  );
}

function drawnLine({ known, columns, sight }: LineProps): JSX.Element {
  const { hospital, row } = known;
  const { texts, language } = sight;
  const contact = shownContact(row.contact, sight);
  return (
    <tr
      id={`hospital-${hospital.hospital}`}
      data-hospital={hospital.hospital}
      class={isFresh(row.contact, sight) ? "hospital" : "hospital not-fresh"}
    >
      <th scope="row" class="hospital-name">
        {hospital.spokenName}
        <small>
          {hospital.town} ·{" "}
          <a class="phone" href={`tel:${hospital.phone.replaceAll(" ", "")}`}>
            {hospital.phone}
          </a>
        </small>
        {row.inbound > 0 && <small class="inbound">{texts.inbound(row.inbound)}</small>}
      </th>
      <Cell label={texts.contact} shown={contact} />
      {columns.map(({ capability }) => {
        const cell = shownCell(hospital, capability, row, sight);
        const label = capabilities[capability][language];
        return <Cell key={capability} label={label} shown={cell} />;
      })}
    </tr>
  );
}

type Cellular = {
  readonly label: string;
  readonly shown: { readonly shape: MarkShape; readonly word: string; readonly notes: readonly string[] };
};

/** Sign and word; below, smaller, its age, source and whatever else is to be known. */
function Cell({ label, shown }: Cellular): JSX.Element {
  const { shape, word, notes } = shown;
  const tone = toneOf(shape);
  const certainty = shape === "old" ? "word-old" : tone === "soft" ? "" : "word-certain";
  return (
    <td data-label={label} data-shape={shape} class={`tone-${tone}`}>
      <span class={`word ${certainty}`}>
        <Mark shape={shape} /> {word}
      </span>
      {notes.map((note) => (
        <small key={note}>{note}</small>
      ))}
    </td>
  );
}
