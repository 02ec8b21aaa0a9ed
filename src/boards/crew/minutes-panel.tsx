import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type CapabilityId, capabilities, capabilityIds } from "../../region/vocabulary.ts";
import type { Position } from "../../roads/plane.ts";
import type { BoardRegion } from "../../site/views/board-view.ts";
import { nearest } from "../shell/finding.ts";
import { minutesFrom, type OwnMinutes } from "../shell/own-minutes.ts";
import { ageSince, nameOf } from "../shell/sight.ts";
import { useMinutes } from "../shell/use-minutes.ts";
import { Finder } from "./finder.tsx";
import { minutesTexts } from "./minutes-texts.ts";
import type { Sight } from "./speech.ts";

/** As many as the compact table keeps with each capability. */
const nearestWith = 3;

type PanelProps = {
  readonly sight: Sight;
  /** Where the crew said last that it is. */
  readonly position: (Position & { readonly saidMs: number }) | null;
};

type Town = BoardRegion["towns"][number];

/** Minutes to every hospital, computed here: open by itself while the anchor is gone. */
export function MinutesPanel({ sight, position }: PanelProps): JSX.Element {
  const minutes = useMinutes(sight.places.region);
  const [town, setTown] = useState<Town | null>(null);
  const texts = minutesTexts[sight.language];
  const { region } = sight.places;
  const from = town ?? position;
  const file = minutes?.file ?? null;
  const own = file === null || from === null ? null : minutesFrom(region, file, from);
  return (
    <details class="own-minutes" open={sight.gone}>
      <summary class="big">{texts.title}</summary>
      <p>{fromText(town, position, sight)}</p>
      {town !== null && position !== null && (
        <button type="button" class="big" onClick={() => setTown(null)}>
          {texts.ownPlace}
        </button>
      )}
      {minutes?.isRefused === true && <p class="warned">{texts.refused}</p>}
      {own === null ? <p role="status">{texts.none}</p> : <Answer sight={sight} own={own} />}
      <Finder
        label={texts.otherTown}
        items={region.towns}
        textOf={({ name }) => name}
        keyOf={({ name }) => name}
        sight={{ ...sight, canWrite: true }}
        choose={setTown}
      />
    </details>
  );
}

function fromText(town: Town | null, position: PanelProps["position"], sight: Sight): string {
  const texts = minutesTexts[sight.language];
  if (town !== null) return texts.from(town.name);
  if (position === null) return "";
  const near = nearest(sight.places.region.towns, position);
  const age = ageSince(sight, position.saidMs);
  return `${texts.ownPlace}: ${near === null ? age : sight.texts.near(near.name, age)}`;
}

function Answer({ sight, own }: { readonly sight: Sight; readonly own: OwnMinutes }): JSX.Element {
  const texts = minutesTexts[sight.language];
  const [wanted, setWanted] = useState<CapabilityId | null>(null);
  const { places, language } = sight;
  const has = (hospital: string) => wanted !== null && places.hospitals.get(hospital)?.has[wanted] === true;
  const shown =
    wanted === null ? own.near : own.near.filter(({ hospital }) => has(hospital)).slice(0, nearestWith);
  return (
    <>
      <label for="minutes-wanted">{texts.wanted}</label>
      <select
        id="minutes-wanted"
        class="big"
        value={wanted ?? ""}
        onChange={({ currentTarget }) =>
          setWanted(capabilityIds.find((one) => one === currentTarget.value) ?? null)
        }
      >
        <option value="">{texts.everything}</option>
        {capabilityIds.map((one) => (
          <option key={one} value={one}>
            {capabilities[one][language]}
          </option>
        ))}
      </select>
      <p class="warned">{texts.principle}</p>
      {shown.length === 0 && <p>{texts.nobody}</p>}
      <ol>
        {shown.map(({ hospital, min }) => (
          <li key={hospital} class="line-head" data-minutes={hospital}>
            <span>{nameOf(sight, hospital)}</span> <b>{sight.texts.minutes(min)}</b>
          </li>
        ))}
      </ol>
      {wanted === null && own.far.length > 0 && (
        <p class="facts">{texts.farther(own.far.map((hospital) => nameOf(sight, hospital)).join(", "))}</p>
      )}
      <p class="facts">{own.source[language]}</p>
    </>
  );
}
