import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { roles, rolesOf } from "../../../region/choices.ts";
import { isOnShift, type Shift } from "../../shell/shift.ts";
import { useId } from "../../shell/use-id.ts";
import { personText } from "../person.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { Handover } from "./handover.tsx";
import { deskTexts } from "./speech.ts";

export type ShiftPanelProps = {
  readonly shift: Shift | null;
  /** What this desk is called while nobody gave a name: `Platz 1`. */
  readonly desk: string;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** Who takes over here, and what: the tasks, and the states about to run out. */
export function ShiftPanel({ shift, desk, sight, actions }: ShiftPanelProps): JSX.Element {
  const texts = deskTexts(sight);
  const isOn = isOnShift(shift, sight.nowMs);
  return (
    <div class="panel-columns">
      <div>
        <h3>{texts.shiftStart}</h3>
        {!isOn && <p class="warned">{shift === null ? texts.shiftUnnamed(desk) : texts.shiftAgain}</p>}
        <p class="facts">{texts.shiftWhy}</p>
        {isOn && (
          <p class="facts">{texts.relieves(personText(shift.by, sight.room.people, sight.language))}</p>
        )}
        <ShiftForm button={isOn ? texts.takeOver : texts.begin} sight={sight} actions={actions} />
        {isOn && <SignOff sight={sight} actions={actions} />}
      </div>
      <Handover sight={sight} actions={actions} />
    </div>
  );
}

/** Nobody comes: what this person has taken shows as without an owner from then on. */
function SignOff({ sight, actions }: Pick<ShiftPanelProps, "sight" | "actions">): JSX.Element {
  const texts = deskTexts(sight);
  const [fault, setFault] = useState("");
  const leave = () => actions.leave().catch(() => setFault(texts.shiftLost));
  return (
    <p class="buttons">
      <button type="button" disabled={!sight.canWrite} onClick={() => void leave()}>
        {texts.signOff}
      </button>
      <span role="alert">{fault}</span>
    </p>
  );
}

type FormProps = Pick<ShiftPanelProps, "sight" | "actions"> & { readonly button: string };

function ShiftForm({ button, sight, actions }: FormProps): JSX.Element {
  const texts = deskTexts(sight);
  const { language } = sight;
  const id = useId();
  const [role, setRole] = useState<string>(rolesOf["control-centre"][0] ?? "");
  const [name, setName] = useState("");
  const [fault, setFault] = useState("");
  const [isSending, setSending] = useState(false);
  const isReady = name.trim() !== "" && sight.canWrite && !isSending;
  const begin = async () => {
    setSending(true);
    try {
      const answer = await actions.begin(role, name);
      setFault(answer.ok ? "" : answer.sentence[language]);
      if (answer.ok) setName("");
    } catch {
      setFault(texts.shiftLost);
    }
    setSending(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void begin();
      }}
    >
      <fieldset class="one-of">
        <legend>{texts.role}</legend>
        {rolesOf["control-centre"].map((one) => (
          <label key={one} class="line">
            <input type="radio" name={id} checked={role === one} onChange={() => setRole(one)} />
            <span>{roles[one][language]}</span>
          </label>
        ))}
      </fieldset>
      <p class="buttons">
        <label>
          {texts.name}{" "}
          <input
            class="field"
            autocomplete="off"
            maxLength={60}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <button type="submit" class="main-button" disabled={!isReady}>
          {button}
        </button>
        <span role="alert">{fault}</span>
      </p>
    </form>
  );
}
