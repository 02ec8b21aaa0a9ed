import "./neighbours.css";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { capabilities } from "../../region/vocabulary.ts";
import type { BoardNeed } from "../../site/views/board-view.ts";
import type { BoardNeighbour, BoardNeighbours, NeighbourHospital } from "../../site/views/neighbour-view.ts";
import { ageSince, timeText } from "../shell/sight.ts";
import { type Column, columnsOf } from "./hospital-words.ts";
import { Cell } from "./hospitals.tsx";
import { broughtCell } from "./neighbour-words.ts";
import { neighboursTexts } from "./neighbours-texts.ts";
import { Phone } from "./phone.tsx";
import type { Sight } from "./sight.ts";

/** What is brought changes seldom. */
const lookEveryMs = 10_000;
const answerWithinMs = 10_000;

type Props = { readonly need: BoardNeed; readonly sight: Sight };

/** Hospitals of other regions for the chosen need: read, never steered to. Every word of theirs is drawn as old. */
export function Neighbours({ need, sight }: Props): JSX.Element {
  const texts = neighboursTexts[sight.language];
  const { regions, isGone } = useNeighbours(sight.places.region.site);
  return (
    <section class="neighbours" aria-labelledby="neighbours">
      <h2 id="neighbours">{texts.title}</h2>
      <p>{texts.note}</p>
      {isGone && <p role="status">{texts.gone}</p>}
      {regions === null && !isGone && <p class="empty">{texts.loading}</p>}
      {regions?.map((one) => (
        <Region key={one.region} {...{ one, need, sight }} />
      ))}
    </section>
  );
}

function useNeighbours(site: string) {
  const [known, setKnown] = useState<{
    readonly regions: readonly BoardNeighbour[] | null;
    readonly isGone: boolean;
  }>({ regions: null, isGone: false });
  useEffect(() => {
    const look = (): void => {
      fetchNeighbours(site).then(
        ({ regions }) => setKnown({ regions, isGone: false }),
        () => setKnown(({ regions }) => ({ regions, isGone: true })),
      );
    };
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [site]);
  return known;
}

async function fetchNeighbours(site: string): Promise<BoardNeighbours> {
  const response = await fetch(`/api/${site}/neighbours`, { signal: AbortSignal.timeout(answerWithinMs) });
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  // Of another build it may have another shape: then a bar says so (build.ts).
  return (await response.json()) as BoardNeighbours;
}

function Region({ one, need, sight }: Props & { readonly one: BoardNeighbour }): JSX.Element {
  const texts = neighboursTexts[sight.language];
  const order = new Intl.Collator("de").compare;
  const hospitals = one.hospitals.toSorted(
    (a, b) => order(a.town ?? "", b.town ?? "") || order(a.name, b.name),
  );
  const columns = columnsOf(need);
  const name = one.name === one.region ? one.name : `${one.name} (${one.region})`;
  return (
    <div data-region={one.region}>
      <h3>{name}</h3>
      {one.ended && <p>{texts.ended}</p>}
      <p>{standing(one, sight)}</p>
      {one.omitted > 0 && <p>{texts.omitted(one.omitted)}</p>}
      {hospitals.length > 0 && (
        <table aria-label={name}>
          <thead>
            <tr class="columns">
              <th scope="col">{sight.texts.hospital}</th>
              {columns.map(({ capability, demand }) => (
                <th scope="col" key={capability}>
                  {capabilities[capability][sight.language]} <small>{sight.texts[demand]}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hospitals.map((hospital) => (
              <Line key={hospital.hospital} {...{ hospital, columns, sight }} region={name} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** How what is held of a region stands, in a sentence. */
function standing({ state, hospitals, newestMs }: BoardNeighbour, sight: Sight): string {
  const texts = neighboursTexts[sight.language];
  if (state !== "read") return state === "reading" ? texts.reading : texts.notOpen;
  if (hospitals.length === 0) return texts.none;
  return newestMs === null ? texts.noWord : texts.newest(ageSince(sight, newestMs));
}

type LineProps = {
  readonly hospital: NeighbourHospital;
  readonly columns: readonly Column[];
  readonly sight: Sight;
  readonly region: string;
};

function Line({ hospital, columns, sight, region }: LineProps): JSX.Element {
  const { name, town, phone, has, lostSinceMs, cells } = hospital;
  const place = town === null ? region : `${town} · ${region}`;
  const known = { hospital: hospital.hospital, spokenName: name, town: place, phone: phone ?? "", has };
  return (
    <tr data-neighbour={hospital.hospital} class="hospital not-fresh">
      <th scope="row" class="hospital-name">
        {name}
        <small>
          {place}
          {phone !== null && (
            <>
              {" · "}
              <Phone number={phone} />
            </>
          )}
        </small>
        {lostSinceMs !== null && (
          <small>{neighboursTexts[sight.language].lost(timeText(sight, lostSinceMs))}</small>
        )}
      </th>
      {columns.map(({ capability }) => {
        const label = capabilities[capability][sight.language];
        const shown = broughtCell(known, capability, cells, sight);
        return <Cell key={capability} {...{ capability, label, shown }} />;
      })}
    </tr>
  );
}
