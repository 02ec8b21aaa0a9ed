import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type AgeGroup, ageGroups } from "../../region/choices.ts";
import type { NeedId } from "../../region/vocabulary.ts";
import { isByPhysician } from "../../region/voice-weight.ts";
import type { HospitalBoardView } from "../../site/views/board-site-view.ts";
import type { PatientFlag } from "../../site/views/patient-flags.ts";
import { patientText } from "../shell/fact-words.ts";
import { Confirm } from "./confirm.tsx";
import { Radios } from "./radios.tsx";
import type { Sight } from "./speech.ts";
import type { Actions } from "./state.ts";
import { Choice } from "./state-form.tsx";
import { type TransferAsk, transferFlags, transferOrder } from "./transfers-orders.ts";
import { transferTexts } from "./transfers-texts.ts";

type FormProps = {
  readonly view: HospitalBoardView;
  readonly sight: Sight;
  readonly actions: Actions;
  /** Who is on shift. */
  readonly by: string;
  /** Something was confirmed. */
  readonly done: () => void;
  readonly back: () => void;
};

type Draft = {
  readonly need: NeedId | null;
  readonly urgency: number | null;
  readonly ageGroup: AgeGroup | null;
  readonly flags: readonly PatientFlag[];
};

const blank: Draft = { need: null, urgency: null, ageGroup: null, flags: [] };

/** One form, then the sentence that the control centre will see. */
export function TransferForm({ view, sight, actions, by, done, back }: FormProps): JSX.Element {
  const texts = transferTexts[sight.language];
  const [draft, setDraft] = useState(blank);
  const [step, setStep] = useState<"fill" | "missing" | "confirm">("fill");
  const ask = askOf(draft);
  if (step === "confirm" && ask !== null) {
    const isPhysician = isByPhysician(by, null);
    return (
      <Confirm
        sentence={texts.confirmAsk(`${sight.say.urgency(ask.urgency)}, ${patientText(ask, sight)}`)}
        note={sight.texts.centreSees}
        button={texts.confirmAskButton}
        sight={sight}
        confirm={() => [actions.give([transferOrder(ask)]), done()]}
        back={() => setStep("fill")}
      >
        <p class="facts">{isPhysician ? texts.agrees : texts.unagreed}</p>
        {isTwin(ask, view) && <p class="warned">{texts.twin}</p>}
      </Confirm>
    );
  }
  const check = (event: Event) => {
    event.preventDefault();
    setStep(ask === null ? "missing" : "confirm");
  };
  return (
    <form onSubmit={check}>
      <p>{texts.why}</p>
      <Fields draft={draft} sight={sight} change={(part) => setDraft({ ...draft, ...part })} />
      <p class="buttons">
        <button type="submit" class="main-button" disabled={!sight.canWrite}>
          {texts.check}
        </button>
        <button type="button" onClick={back}>
          {sight.texts.back}
        </button>
        <span role="alert">{step === "missing" && ask === null ? texts.missing : ""}</span>
      </p>
    </form>
  );
}

type FieldsProps = {
  readonly draft: Draft;
  readonly sight: Sight;
  readonly change: (part: Partial<Draft>) => void;
};

function Fields({ draft, sight, change }: FieldsProps): JSX.Element {
  const texts = transferTexts[sight.language];
  const ages = Object.keys(ageGroups) as AgeGroup[];
  return (
    <>
      <p class="choices">
        <Choice
          label={texts.need}
          value={draft.need ?? ""}
          // The options are the region's needs, and an empty one.
          set={(value) => change({ need: value === "" ? null : (value as NeedId) })}
        >
          {[
            ["", texts.choose],
            ...sight.places.region.needs.map(({ need, name }) => [need, name[sight.language]] as const),
          ]}
        </Choice>
      </p>
      <Radios
        legend={texts.urgency}
        options={[1, 2, 3].map((urgency) => [urgency, sight.say.urgency(urgency)])}
        chosen={draft.urgency}
        choose={(urgency) => change({ urgency })}
      />
      <Radios
        legend={texts.age}
        options={ages.map((age) => [age, ageGroups[age][sight.language]])}
        chosen={draft.ageGroup}
        choose={(ageGroup) => change({ ageGroup })}
      />
      <p class="choices">
        {transferFlags.map((flag) => (
          <label key={flag} class="line">
            <input
              type="checkbox"
              checked={draft.flags.includes(flag)}
              onChange={({ currentTarget: { checked } }) =>
                change({
                  flags: transferFlags.filter((one) => (one === flag ? checked : draft.flags.includes(one))),
                })
              }
            />
            <span>{flag === "doctor" ? texts.doctor : sight.say.flags[flag]}</span>
          </label>
        ))}
      </p>
    </>
  );
}

/** Null: something is still to be said. */
function askOf({ need, urgency, ageGroup, flags }: Draft): TransferAsk | null {
  if (need === null || urgency === null || ageGroup === null) return null;
  return { need, urgency, ageGroup, flags };
}

function isTwin({ need, ageGroup }: TransferAsk, { transfers }: HospitalBoardView): boolean {
  return transfers.some((row) => row.state === "open" && row.need === need && row.ageGroup === ageGroup);
}
