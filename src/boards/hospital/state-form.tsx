import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import { type State, type StatusReason, states, statusReasons } from "../../region/choices.ts";
import type { CapabilityRow } from "../../site/views/board-site-view.ts";
import { nextFullHours } from "../shell/full-hours.ts";
import { Mark } from "../shell/mark.tsx";
import { takeFocus } from "../shell/take-focus.ts";
import { Confirm } from "./confirm.tsx";
import type { StateChoice } from "./orders.ts";
import type { Sight } from "./speech.ts";
import { capabilityName } from "./words.ts";

/** *Closed* is one of two, one tap each: the last ones. */
const offered = ["open", "limited", "cannot", "full"] as const satisfies readonly State[];
/** How many full hours ahead a word can be given; a shift's length at most. */
const untilHours = 12;

export type StateFormProps = {
  readonly row: CapabilityRow;
  readonly sight: Sight;
  readonly isBusy: boolean;
  readonly choose: (choice: StateChoice) => void;
};

/** One tap for the state; then the sentence that others will see, with reason and time. */
export function StateForm({ row, sight, isBusy, choose }: StateFormProps): JSX.Element {
  const [state, setState] = useState<State | null>(null);
  const [left, setLeft] = useState<State | null>(null);
  const name = capabilityName(row, sight);
  if (state !== null) {
    const confirm = (choice: StateChoice) => {
      setLeft(null);
      setState(null);
      choose(choice);
    };
    const back = () => {
      setLeft(state);
      setState(null);
    };
    return <StateConfirm {...{ name, state, sight, confirm, back }} />;
  }
  return (
    <p class="states">
      {offered.map((one) => (
        <button
          key={one}
          ref={one === left ? takeFocus : null}
          type="button"
          class={`state tone-${one}`}
          disabled={!sight.canWrite || isBusy}
          onClick={() => setState(one)}
        >
          <Mark shape={one} /> <span class="unseen">{name}: </span>
          {states[one][sight.language]}
        </button>
      ))}
    </p>
  );
}

type StateConfirmProps = {
  readonly name: string;
  readonly state: State;
  readonly sight: Sight;
  readonly confirm: (choice: StateChoice) => void;
  readonly back: () => void;
};

function StateConfirm({ name, state, sight, confirm, back }: StateConfirmProps): JSX.Element {
  const { texts, language } = sight;
  const [reason, setReason] = useState("");
  const [untilMs, setUntil] = useState<number | null>(null);
  const hours = nextFullHours(sight, untilHours);
  // An hour that has come meanwhile is no end any more.
  const until = hours.find(({ ms }) => ms === untilMs)?.ms ?? null;
  const word = states[state][language];
  const choice = (): StateChoice => ({
    state,
    // The options are the keys of the list of reasons, and an empty one.
    reason: reason === "" ? null : (reason as StatusReason),
    untilMs: until,
  });
  const endsByItself = state === "open" || state === "limited";
  return (
    <Confirm
      sentence={texts.confirmState(name, word)}
      note={texts.everyoneSees}
      button={texts.confirmThat(word)}
      sight={sight}
      confirm={() => confirm(choice())}
      back={back}
    >
      <p class="choices">
        {state !== "open" && (
          <Choice label={texts.reason} value={reason} set={setReason}>
            {[
              ["", texts.noReason],
              ...Object.entries(statusReasons).map(([id, words]) => [id, words[language]] as const),
            ]}
          </Choice>
        )}
        <Choice
          label={texts.until}
          value={`${until ?? ""}`}
          set={(value) => setUntil(value === "" ? null : Number(value))}
        >
          {[
            ["", endsByItself ? texts.untilRunsOut : texts.untilFurther],
            ...hours.map(({ ms, text }) => [`${ms}`, text] as const),
          ]}
        </Choice>
      </p>
    </Confirm>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly children: readonly (readonly [value: string, text: string] | readonly string[])[];
};

/** One of a closed list, each with its text. */
export function Choice({ label, value, set, children }: ChoiceProps): JSX.Element {
  const onChange = ({ currentTarget }: TargetedEvent<HTMLSelectElement>) => set(currentTarget.value);
  return (
    <label>
      {label}{" "}
      <select value={value} onChange={onChange}>
        {children.map(([id = "", text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
