import "./map.css";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { BoardNeed, BoardRegion, MissionRow } from "../../site/views/board-view.ts";
import { DrawnWhen } from "../shell/drawn-when.ts";
import { MarkDrawing, toneOf } from "../shell/mark.tsx";
import { ageSince, nameOf } from "../shell/sight.ts";
import { type Shown, shownForNeed } from "./hospital-words.ts";
import type { Known } from "./hospitals.tsx";
import {
  type Direction,
  isPlaced,
  neighbourOf,
  type Place,
  type Sheet,
  type Spot,
  sheetAround,
} from "./map-plane.ts";
import {
  markRadiusEm,
  nameEm,
  nameLineEm,
  type PlacedMark,
  type PlacedName,
  type Scene,
  sceneOf,
  vehicleRadiusEm,
} from "./map-scene.ts";
import { mapTexts } from "./map-texts.ts";
import type { Sight } from "./sight.ts";

export type MapProps = {
  readonly hospitals: readonly Known[];
  readonly missions: readonly MissionRow[];
  readonly need: Pick<BoardNeed, "required">;
  readonly sight: Sight;
  /** On a wall: fills the height that there is, leads nowhere, takes no focus. */
  readonly isStill?: boolean;
};

/** What the map is drawn in: its width and height (null: as it comes out) and the height of its text, in px. */
type Paper = {
  readonly width: number;
  readonly height: number | null;
  readonly emPx: number;
  readonly widthOf: (text: string) => number;
};

/** The region with each hospital in one sign for the need. One stop of the tabulator; arrows walk from mark to mark. */
export function HospitalMap(props: MapProps): JSX.Element {
  const { sight, isStill = false } = props;
  const frame = useRef<HTMLDivElement>(null);
  const paper = usePaper(frame, isStill);
  return (
    <div ref={frame} class="chart">
      {paper !== null && sight.places.region.hospitals.some(isPlaced) && <Chart {...props} paper={paper} />}
      {!isStill && (
        <p id="map-help" class="facts">
          {mapTexts[sight.language].help}{" "}
          <a
            href={`${sight.places.region.site}/roads?language=${sight.language}`}
            target="_blank"
            rel="noreferrer"
          >
            {mapTexts[sight.language].minutes}
          </a>
        </p>
      )}
    </div>
  );
}

/** Measured before the first drawing, and again when the column or the size of its text changes. */
function usePaper(frame: { readonly current: HTMLElement | null }, isStill: boolean): Paper | null {
  const [paper, setPaper] = useState<Paper | null>(null);
  useLayoutEffect(() => {
    const { current } = frame;
    if (current === null) return undefined;
    const measure = () => setPaper((known) => sameOr(known, paperOf(current, isStill)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return paper;
}

/** Below a map of given height: the line that counts who found no room. */
const countLineEm = 1.2;

function paperOf(frame: HTMLElement, isStill: boolean): Paper {
  const { fontSize, fontFamily } = getComputedStyle(frame);
  const emPx = Number.parseFloat(fontSize);
  const context = document.createElement("canvas").getContext("2d");
  if (context !== null) context.font = `700 ${nameEm * emPx}px ${fontFamily}`;
  // Where a browser has no canvas, letters of a wide face.
  const widthOf = (text: string) => context?.measureText(text).width ?? text.length * nameEm * emPx * 0.7;
  const height = isStill ? Math.max(emPx, frame.clientHeight - countLineEm * emPx) : null;
  return { width: frame.clientWidth, height, emPx, widthOf };
}

function sameOr(known: Paper | null, next: Paper): Paper {
  const isSame = known?.width === next.width && known.height === next.height && known.emPx === next.emPx;
  return isSame ? known : next;
}

type Placed = PlacedMark & { readonly known: Known; readonly shown: Shown; readonly name: PlacedName | null };

function Chart({
  hospitals: all,
  missions,
  need,
  sight,
  paper,
  isStill = false,
}: MapProps & { readonly paper: Paper }) {
  const { region } = sight.places;
  const sheet = useMemo(
    () => sheetAround(region.hospitals.filter(isPlaced), paper.width, paper.height),
    [region, paper],
  );
  const ground = <DrawnWhen of={[region, sheet]} draw={() => <Ground region={region} sheet={sheet} />} />;
  const hospitals = all.filter(isKnownPlace);
  const shown = hospitals.map(({ hospital, row }) => shownForNeed(hospital, need, row, sight));
  const scene = useScene({ hospitals, missions, shown, sheet, paper, region });
  const placed = hospitals.flatMap((known, i): Placed[] => {
    const [place, how] = [scene.hospitals[i], shown[i]];
    return place === undefined || how === undefined ? [] : [{ ...place, known, shown: how }];
  });
  const { current, walk } = useWalk(placed);
  return (
    <>
      <nav
        aria-labelledby="map"
        aria-describedby={isStill ? undefined : "map-help"}
        onKeyDown={isStill ? undefined : walk}
      >
        <svg class="sheet" viewBox={`0 0 ${sheet.width} ${sheet.height}`}>
          <title>{sight.texts.map}</title>
          {ground}
          <Towns scene={scene} emPx={paper.emPx} />
          <Leads placed={placed} vehicles={scene.vehicles} />
          {missions.map((row, i) => (
            <MissionMark key={row.mission} {...{ row, sight, placed, paper }} place={scene.vehicles[i]} />
          ))}
          {placed.map((place) => (
            <HospitalMark
              key={place.known.hospital.hospital}
              {...{ place, sight, isStill }}
              emPx={paper.emPx}
              isStop={place.known.hospital.hospital === current}
            />
          ))}
          <Names placed={placed} emPx={paper.emPx} />
        </svg>
      </nav>
      {scene.unnamed.length > 0 && (
        <p class="unnamed">
          {mapTexts[sight.language].unnamed(scene.unnamed.length, isStill ? [] : scene.unnamed)}
        </p>
      )}
    </>
  );
}

type KnownPlace = Known & { readonly hospital: Place };

/** Where hospitals stand comes after their rows. */
function isKnownPlace(known: Known): known is KnownPlace {
  return isPlaced(known.hospital);
}

type SceneProps = Pick<MapProps, "missions"> & {
  readonly hospitals: readonly KnownPlace[];
  readonly shown: readonly Shown[];
  readonly sheet: Sheet;
  readonly paper: Paper;
  readonly region: BoardRegion;
};

/** Made anew only when something stands elsewhere or reads otherwise: the board is drawn four times a second. */
function useScene({ hospitals, missions, shown, sheet, paper, region }: SceneProps): Scene {
  const said = JSON.stringify([
    hospitals.map(({ hospital }, i) => [hospital.hospital, shown[i]?.shape, shown[i]?.word]),
    missions.map(({ position }) => [position.latE3, position.lonE3]),
  ]);
  return useMemo(() => {
    const spotOf = ({ latE3, lonE3 }: Place) => sheet.spot(latE3, lonE3);
    return sceneOf({
      sheet,
      hospitals: hospitals.map(({ hospital }, i) => ({
        key: hospital.hospital,
        spot: spotOf(hospital),
        shape: shown[i]?.shape ?? "unconfirmed",
        name: hospital.spokenName,
        word: shown[i]?.word ?? "",
      })),
      vehicles: missions.map(({ position }) => spotOf(position)),
      towns: region.towns.map((town) => ({ name: town.name, ...spotOf(town) })),
      emPx: paper.emPx,
      widthOf: paper.widthOf,
    });
  }, [said, sheet, paper]);
}

const directions: { readonly [key: string]: Direction } = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

function useWalk(placed: readonly Placed[]) {
  const [walked, setWalked] = useState<string | null>(null);
  const current = walked ?? placed[0]?.known.hospital.hospital ?? null;
  const walk = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const direction = directions[event.key];
    const spots = placed.map(({ spot, known }) => ({ ...spot, id: known.hospital.hospital }));
    const from = spots.find(({ id }) => id === current);
    if (direction === undefined || from === undefined) return;
    event.preventDefault();
    const to = neighbourOf(spots, from, direction);
    if (to === null) return;
    setWalked(to.id);
    event.currentTarget.querySelector<SVGElement>(`[data-mark="${to.id}"]`)?.focus();
  };
  return { current, walk };
}

type GroundProps = { readonly region: BoardRegion; readonly sheet: Sheet };

/** What does not change: the river and the motorways. */
function Ground({ region, sheet }: GroundProps): JSX.Element {
  const line = (points: BoardRegion["river"]) =>
    points
      .map(([latE3, lonE3]) => sheet.spot(latE3, lonE3))
      .map(({ x, y }) => `${x.toFixed(0)},${y.toFixed(0)}`)
      .join(" ");
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <g aria-hidden="true">
      <polyline class="river" points={line(region.river)} />
      {region.motorways.map((points) => (
        <polyline key={points} class="motorway" points={line(points)} />
      ))}
    </g>
  );
}

function Towns({ scene, emPx }: { readonly scene: Scene; readonly emPx: number }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <g aria-hidden="true" font-size={nameEm * emPx}>
      {scene.towns.map(({ name, box }) => (
        <text key={name} class="town" x={(box.x0 + box.x1) / 2} y={(box.y0 + box.y1) / 2}>
          {name}
        </text>
      ))}
    </g>
  );
}

/** Nearer than this to its true place a mark needs no line. */
const ledFromPx = 2;

/** From every mark that was pushed aside to its true place, and from names to their marks; under all marks. */
function Leads(props: {
  readonly placed: readonly Placed[];
  readonly vehicles: Scene["vehicles"];
}): JSX.Element {
  const pushed = [...props.placed, ...props.vehicles].filter(
    ({ at, spot }) => Math.hypot(at.x - spot.x, at.y - spot.y) > ledFromPx,
  );
  const named = props.placed.flatMap(({ spot, name }) =>
    name === null || name.lineTo === null ? [] : [{ spot, to: name.lineTo }],
  );
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <g aria-hidden="true">
      {pushed.map(({ at, spot }, i) => (
        <g key={i} class="pushed">
          <LeadLine from={at} to={spot} />
          <circle class="true-place" cx={at.x} cy={at.y} r="2" />
        </g>
      ))}
      {named.map(({ spot, to }, i) => (
        <LeadLine key={i} from={spot} to={to} />
      ))}
    </g>
  );
}

function LeadLine({ from, to }: { readonly from: Spot; readonly to: Spot }): JSX.Element {
  return <line class="lead" x1={from.x} y1={from.y} x2={to.x} y2={to.y} />;
}

type HospitalMarkProps = {
  readonly place: Placed;
  readonly sight: Sight;
  readonly emPx: number;
  readonly isStop: boolean;
  readonly isStill: boolean;
};

function HospitalMark({ place, sight, emPx, isStop, isStill }: HospitalMarkProps): JSX.Element {
  const { spot, shown } = place;
  const { hospital, row } = place.known;
  const inbound = row.inbound > 0 ? `, ${sight.texts.inbound(row.inbound)}` : "";
  const label = `${hospital.spokenName}: ${[shown.word, ...shown.notes].join(", ")}${inbound}`;
  const common = {
    class: `place tone-${toneOf(shown.shape)}`,
    "data-shape": shown.shape,
    "aria-label": label,
  };
  const scale = (markRadiusEm * emPx * 1.46) / 16;
  const sign = (
    <>
      <title>{label}</title>
      <circle class="plate" r={markRadiusEm * emPx} />
      <g transform={`scale(${scale}) translate(-8 -8)`}>
        <MarkDrawing shape={shown.shape} />
      </g>
    </>
  );
  return (
    <g transform={`translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`}>
      {isStill ? (
        // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group in a drawing takes no input
        <g {...common} role="img" data-mark={hospital.hospital}>
          {sign}
        </g>
      ) : (
        <a
          {...common}
          href={`#hospital-${hospital.hospital}`}
          data-mark={hospital.hospital}
          tabIndex={isStop ? 0 : -1}
        >
          {sign}
        </a>
      )}
    </g>
  );
}

/** Every hospital that is not open by its name; above all marks, so that none hides a name. */
function Names({ placed, emPx }: { readonly placed: readonly Placed[]; readonly emPx: number }): JSX.Element {
  const lineHeight = nameEm * nameLineEm * emPx;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <g aria-hidden="true" font-size={nameEm * emPx}>
      {placed.map(({ known, shown, name }) => {
        if (name === null) return null;
        const { box, lines } = name;
        const x = (box.x0 + box.x1) / 2;
        const y = (box.y0 + box.y1) / 2 - ((lines.length - 1) * lineHeight) / 2;
        const id = known.hospital.hospital;
        return (
          <text key={id} class={`named tone-${toneOf(shown.shape)}`} data-named={id}>
            {lines.map((line, i) => (
              <tspan
                key={line}
                class={line === shown.word ? "named-word" : undefined}
                x={x.toFixed(1)}
                y={(y + i * lineHeight).toFixed(1)}
              >
                {line}
              </tspan>
            ))}
          </text>
        );
      })}
    </g>
  );
}

type MissionMarkProps = {
  readonly row: MissionRow;
  readonly place: PlacedMark | undefined;
  readonly placed: readonly Placed[];
  readonly sight: Sight;
  readonly paper: Paper;
};

/** Where a vehicle was last, with a line to where its crew drives; one that waits for a decision has a bar in its sign. */
function MissionMark({ row, place, placed, sight, paper }: MissionMarkProps): JSX.Element | null {
  if (place === undefined) return null;
  const at = place.spot;
  const target = row.destination?.hospital;
  const to = placed.find(({ known }) => known.hospital.hospital === target)?.spot;
  const waiting = row.decide !== null && !sight.gone && sight.cutOffSinceMs === null;
  const r = vehicleRadiusEm * paper.emPx;
  const label = mapTexts[sight.language].mission(
    nameOf(sight, row.vehicle),
    ageSince(sight, row.position.saidMs),
  );
  return (
    <g class="mission-mark">
      <title>{label}</title>
      {to !== undefined && (
        <line class={waiting ? "way way-waiting" : "way"} x1={at.x} y1={at.y} x2={to.x} y2={to.y} />
      )}
      <g transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`} data-vehicle={row.vehicle}>
        <path class={waiting ? "vehicle vehicle-waiting" : "vehicle"} d={`M0 ${-r}L${r} 0 0 ${r} ${-r} 0z`} />
        {waiting && <path class="vehicle-sign" d={`M0 ${-r * 0.55}V${r * 0.15}M0 ${r * 0.35}V${r * 0.55}`} />}
      </g>
    </g>
  );
}
