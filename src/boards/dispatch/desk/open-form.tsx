import type { JSX, Ref } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import { type AgeGroup, ageGroups } from "../../../region/choices.ts";
import type { Pzc } from "../../../region/pzc.ts";
import type { NeedId } from "../../../region/vocabulary.ts";
import { type PatientFlag, patientFlags } from "../../../site/views/patient-flags.ts";
import { nameOf, needName, timeText } from "../../shell/sight.ts";
import { takeFocus } from "../../shell/take-focus.ts";
import { Select } from "../select.tsx";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { OneOf, Tick } from "./choices.tsx";
import { Confirm } from "./confirm.tsx";
import { openedOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import type { Place } from "./where-to-panel.tsx";

type Urgency = "1" | "2" | "3";

type Draft = {
  readonly vehicle: Name | null;
  readonly urgency: Urgency | null;
  readonly ageGroup: AgeGroup | null;
  readonly flags: readonly PatientFlag[];
  /** A mission of the same scene, by its id; null: none is. */
  readonly mate: string | null;
};

const blank: Draft = { vehicle: null, urgency: null, ageGroup: null, flags: [], mate: null };

/** What the form says of the patient so far, as the anchor's `where-to` asks for it. */
export type Told = { readonly urgency?: string; readonly age?: string; readonly flags?: string };
export const nothingTold: Told = {};

function toldOf({ urgency, ageGroup, flags }: Draft, from: Name | null): Told {
  const told = flagsFor(from).filter((flag) => flags.includes(flag));
  return {
    ...(urgency === null ? {} : { urgency }),
    ...(ageGroup === null ? {} : { age: ageGroup }),
    ...(told.length === 0 ? {} : { flags: told.join(",") }),
  };
}

function draftBy(pzc: Pzc | null): Draft {
  if (pzc === null) return blank;
  // Its last digit is 1 to 3.
  return { ...blank, ageGroup: pzc.ageGroup, urgency: `${pzc.urgency}` as Urgency };
}

export type OpenFormProps = {
  readonly need: NeedId;
  readonly place: Place;
  /** The hospital that sends the patient; null: an emergency. */
  readonly from: Name | null;
  /** What the form says so far: the proposals above are for that. */
  readonly tell: (told: Told) => void;
  /** What the code says that was entered; null: none was. */
  readonly pzc: Pzc | null;
  /** A helicopter may fly: one tick beside the form counts for the proposals and for the mission. */
  readonly isFlown: boolean;
  readonly sight: Sight;
  readonly actions: Actions;
  readonly done: () => void;
};

/** A mission for a crew that asked and has none yet, confirmed once in words. */
export function OpenForm(props: OpenFormProps): JSX.Element {
  const { need, place, from, pzc, isFlown, tell, sight, actions, done } = props;
  const texts = deskTexts(sight);
  const [draft, setDraft] = useState<Draft>(() => draftBy(pzc));
  const [step, setStep] = useState<"fill" | "missing" | "confirm">("fill");
  const { vehicle, urgency, ageGroup } = draft;
  const told = flagsFor(from).filter((flag) => draft.flags.includes(flag));
  const flags = isFlown ? [...told, "flown" as const] : told;
  useEffect(() => tell(toldOf(draft, from)), [draft, from]);
  const isWhole = vehicle !== null && urgency !== null && ageGroup !== null;
  if (step === "confirm" && isWhole) {
    const mate = from === null ? sight.room.missions.get(draft.mate ?? "") : undefined;
    const scene = mate === undefined ? null : (mate.scene ?? mate.ref);
    const mission = {
      vehicle,
      need,
      urgency: Number(urgency),
      ageGroup,
      flags,
      scene,
      pzc: pzc?.text ?? null,
      from,
    };
    const said = [sight.say.urgency(Number(urgency)), ageGroups[ageGroup][sight.language]];
    const mates = mate === undefined ? [] : [texts.mates(nameOf(sight, mate.vehicle))];
    const sent = from === null ? [] : [sight.say.transferFrom(nameOf(sight, from))];
    const patient = [...sent, ...said, ...flags.map((flag) => sight.say.flags[flag]), ...mates].join(", ");
    const at = timeText(sight, sight.nowMs);
    return (
      <Confirm
        sentence={texts.confirmOpen(nameOf(sight, vehicle), needName(sight, need), place.name, patient, at)}
        button={texts.confirmOpenButton(nameOf(sight, vehicle))}
        sight={sight}
        confirm={() => [actions.give(openedOrder(mission, place, sight.nowMs)), done()]}
        back={() => setStep("fill")}
      />
    );
  }
  const check = (event: Event) => {
    event.preventDefault();
    setStep(isWhole ? "confirm" : "missing");
  };
  return (
    <form onSubmit={check} class="report">
      <Fields {...{ draft, from, sight }} change={(part) => setDraft({ ...draft, ...part })} />
      <p class="buttons">
        <button type="submit" class="main-button" disabled={!sight.canWrite}>
          {texts.check}
        </button>
        <button type="button" onClick={done}>
          {texts.back}
        </button>
        <span role="alert">{step === "missing" && !isWhole ? texts.missingForMission : ""}</span>
      </p>
    </form>
  );
}

type FieldsProps = {
  readonly draft: Draft;
  readonly from: Name | null;
  readonly change: (part: Partial<Draft>) => void;
  readonly sight: Sight;
};

function Fields({ draft, from, change, sight }: FieldsProps): JSX.Element {
  const texts = deskTexts(sight);
  const urgencyOf = (urgency: number) => ({ de: sight.say.urgency(urgency), en: sight.say.urgency(urgency) });
  return (
    <>
      <VehicleSelect
        self={takeFocus}
        {...{ vehicle: draft.vehicle, sight }}
        choose={(vehicle) => change({ vehicle })}
      />
      {from === null && <Scene {...{ draft, change, sight }} />}
      <OneOf
        label={texts.urgency}
        choices={{ "1": urgencyOf(1), "2": urgencyOf(2), "3": urgencyOf(3) }}
        chosen={draft.urgency}
        sight={sight}
        choose={(urgency) => change({ urgency })}
      />
      <OneOf
        label={texts.age}
        choices={ageGroups}
        chosen={draft.ageGroup}
        sight={sight}
        choose={(ageGroup) => change({ ageGroup })}
      />
      <p class="buttons">
        {flagsFor(from).map((flag) => (
          <Tick
            key={flag}
            label={sight.say.flags[flag]}
            checked={draft.flags.includes(flag)}
            set={(isSet) =>
              change({
                flags: patientFlags.filter((one) => (one === flag ? isSet : draft.flags.includes(one))),
              })
            }
          />
        ))}
      </p>
    </>
  );
}

/** Whoever lies in a hospital is not driven to be stabilised. That somebody may fly is ticked beside the form. */
function flagsFor(from: Name | null): readonly PatientFlag[] {
  return patientFlags.filter(
    (flag) => flag !== "flown" && (from === null || (flag !== "cpr" && flag !== "danger")),
  );
}

/** Where a hospital stands. */
export function placeOf(from: Name | null, { places }: Sight): Place | null {
  const { spokenName: name, latE3, lonE3 } = places.hospitals.get(from ?? "") ?? {};
  return name === undefined || latE3 === undefined || lonE3 === undefined ? null : { name, latE3, lonE3 };
}

/** Another patient of a scene has a mission of their own, and names one that is there already; too many go by a plan. */
function Scene({ draft, change, sight }: Omit<FieldsProps, "from">): JSX.Element {
  const texts = deskTexts(sight);
  const { massCasualty } = sight.places.region;
  return (
    <>
      <Select
        label={texts.sceneOf}
        none={texts.noScene}
        options={[...sight.room.missions.values()].map(({ mission, vehicle, need }) => [
          mission,
          `${nameOf(sight, vehicle)}, ${needName(sight, need)}`,
        ])}
        value={draft.mate}
        choose={(mate) => change({ mate })}
      />
      {massCasualty && <p class="facts">{texts.massCasualty(massCasualty[sight.language])}</p>}
    </>
  );
}

/** Which free vehicle drives. */
export function VehicleSelect(props: {
  readonly vehicle: Name | null;
  readonly choose: (vehicle: Name | null) => void;
  readonly sight: Sight;
  readonly self?: Ref<HTMLSelectElement>;
}): JSX.Element {
  const { vehicle, choose, sight, self = null } = props;
  const texts = deskTexts(sight);
  const free = freeVehicles(sight);
  return (
    <Select
      label={texts.vehicle}
      none={free.length === 0 ? texts.noneFree : texts.choose}
      options={free.map((one) => [one, nameOf(sight, one)])}
      value={vehicle}
      {...{ choose, self }}
    />
  );
}

/** One that drives already has its mission. */
function freeVehicles({ places, room }: Sight): readonly Name[] {
  const driving = new Set([...room.missions.values()].map(({ vehicle }) => vehicle));
  const { vehicles = [], names = {} } = places.region;
  const order = new Intl.Collator("de", { numeric: true }).compare;
  return vehicles
    .filter((vehicle) => !driving.has(vehicle))
    .toSorted((a, b) => order(names[a] ?? a, names[b] ?? b));
}
