import type { JSX, TargetedKeyboardEvent } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { BoardNeed, BoardRegion, MissionRow } from "../../site/board-view.ts";
import { MarkDrawing, toneOf } from "../shell/mark.tsx";
import { ageSince, nameOf } from "../shell/sight.ts";
import { shownForNeed } from "./hospital-words.ts";
import type { Known } from "./hospitals.tsx";
import { type Direction, neighbourOf, roomyLabels, type Sheet, type Spot, sheetAround } from "./map-plane.ts";
import type { Sight } from "./sight.ts";

export type MapProps = {
  readonly hospitals: readonly Known[];
  readonly missions: readonly MissionRow[];
  readonly need: BoardNeed;
  readonly sight: Sight;
};

type HospitalSpot = Spot & { readonly known: Known };

const directions: { readonly [key: string]: Direction } = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
/** Of a town's name on the sheet. */
const townLetterWidth = 11;

/** The region with each hospital in one sign for the need. One stop of the tabulator; arrows walk from mark to mark. */
export function HospitalMap({ hospitals, missions, need, sight }: MapProps): JSX.Element {
  const { region } = sight.places;
  const sheet = useMemo(() => sheetAround(region.hospitals), [region]);
  const ground = useMemo(() => <Ground region={region} sheet={sheet} />, [region, sheet]);
  const spots = hospitals.map((known): HospitalSpot => {
    return { ...sheet.spot(known.hospital.latE3, known.hospital.lonE3), known };
  });
  const { current, walk } = useWalk(spots);
  return (
    <>
      <nav aria-labelledby="map" aria-describedby="map-help" onKeyDown={walk}>
        <svg class="sheet" viewBox={`0 0 ${sheet.width} ${sheet.height}`}>
          <title>{sight.texts.map}</title>
          {ground}
          {missions.map((row) => (
            <MissionMark key={row.mission} row={row} sheet={sheet} sight={sight} />
          ))}
          {spots.map((spot) => (
            <HospitalMark
              key={spot.known.hospital.hospital}
              {...{ spot, need, sight }}
              isStop={spot.known.hospital.hospital === current}
            />
          ))}
          {sight.gone ? null : <SilentNames spots={spots} />}
        </svg>
      </nav>
      <p id="map-help" class="facts">
        {sight.texts.mapHelp}
      </p>
    </>
  );
}

function useWalk(spots: readonly HospitalSpot[]) {
  const [walked, setWalked] = useState<string | null>(null);
  const current = walked ?? spots[0]?.known.hospital.hospital ?? null;
  const walk = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const direction = directions[event.key];
    const from = spots.find(({ known }) => known.hospital.hospital === current);
    if (direction === undefined || from === undefined) return;
    event.preventDefault();
    const to = neighbourOf(spots, from, direction);
    if (to === null) return;
    const { hospital } = to.known.hospital;
    setWalked(hospital);
    event.currentTarget.querySelector<SVGElement>(`[data-mark="${hospital}"]`)?.focus();
  };
  return { current, walk };
}

type GroundProps = { readonly region: BoardRegion; readonly sheet: Sheet };

/** What does not change: the river, the motorways, names of towns where there is room. */
function Ground({ region, sheet }: GroundProps): JSX.Element {
  const line = (points: BoardRegion["river"]) =>
    points
      .map(([latE3, lonE3]) => sheet.spot(latE3, lonE3))
      .map(({ x, y }) => `${x.toFixed(0)},${y.toFixed(0)}`)
      .join(" ");
  const marks = region.hospitals.map(({ latE3, lonE3 }) => sheet.spot(latE3, lonE3));
  const towns = region.towns.map(({ name, latE3, lonE3 }) => ({ name, ...sheet.spot(latE3, lonE3) }));
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <g aria-hidden="true">
      <polyline class="river" points={line(region.river)} />
      {region.motorways.map((points) => (
        <polyline key={points} class="motorway" points={line(points)} />
      ))}
      {roomyLabels(towns, marks, townLetterWidth, sheet).map(({ name, x, y }) => (
        <text key={name} class="town" x={x.toFixed(0)} y={y.toFixed(0)}>
          {name}
        </text>
      ))}
    </g>
  );
}

type HospitalMarkProps = {
  readonly spot: HospitalSpot;
  readonly need: BoardNeed;
  readonly sight: Sight;
  readonly isStop: boolean;
};

function HospitalMark({ spot, need, sight, isStop }: HospitalMarkProps): JSX.Element {
  const { hospital, row } = spot.known;
  const shown = shownForNeed(hospital, need, row, sight);
  const inbound = row.inbound > 0 ? `, ${sight.texts.inbound(row.inbound)}` : "";
  const label = `${hospital.spokenName}: ${[shown.word, ...shown.notes].join(", ")}${inbound}`;
  return (
    <g transform={`translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`}>
      <a
        class={`place tone-${toneOf(shown.shape)}`}
        data-shape={shown.shape}
        href={`#hospital-${hospital.hospital}`}
        data-mark={hospital.hospital}
        tabIndex={isStop ? 0 : -1}
        aria-label={label}
      >
        <title>{label}</title>
        <circle class="plate" r="15" />
        <g transform="translate(-11 -11) scale(1.375)">
          <MarkDrawing shape={shown.shape} />
        </g>
      </a>
    </g>
  );
}

/** Silent hospitals are named; above all marks, so that none hides a name. */
function SilentNames({ spots }: { readonly spots: readonly HospitalSpot[] }): JSX.Element {
  const silent = spots.filter(({ known }) => known.row.contact.verdict === "silent");
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <g aria-hidden="true">
      {silent.map(({ x, y, known }) => (
        <text key={known.hospital.hospital} class="named" x={x + 20} y={y + 8}>
          {known.hospital.spokenName}
        </text>
      ))}
    </g>
  );
}

type MissionMarkProps = { readonly row: MissionRow; readonly sheet: Sheet; readonly sight: Sight };

/** Where a vehicle was last, with a line to where its crew drives. */
function MissionMark({ row, sheet, sight }: MissionMarkProps): JSX.Element {
  const at = sheet.spot(row.position.latE3, row.position.lonE3);
  const destination = row.destination && sight.places.hospitals.get(row.destination.hospital);
  const to = destination ? sheet.spot(destination.latE3, destination.lonE3) : null;
  const waiting = row.decide !== null;
  const label = sight.texts.mapMission(nameOf(sight, row.vehicle), ageSince(sight, row.position.saidMs));
  return (
    <g class="mission-mark">
      <title>{label}</title>
      {to !== null && (
        <line class={waiting ? "way way-waiting" : "way"} x1={at.x} y1={at.y} x2={to.x} y2={to.y} />
      )}
      <path
        class={waiting ? "vehicle vehicle-waiting" : "vehicle"}
        d="M0-11L11 0 0 11-11 0z"
        transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}
      />
    </g>
  );
}
