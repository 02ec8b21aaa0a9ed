import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import { type Role, rolesOf } from "../../region/choices.ts";
import type { OwnRow } from "../../site/views/board-view.ts";
import { isOnShift, type Shift } from "../shell/shift.ts";
import { timeText } from "../shell/sight.ts";
import { takeFocus } from "../shell/take-focus.ts";
import { Radios } from "./radios.tsx";
import type { Sight } from "./speech.ts";
import type { Actions } from "./state.ts";
import { personName, roleName } from "./words.ts";

export type ShiftPanelProps = {
  readonly shift: Shift | null;
  readonly own: OwnRow;
  /** What the next shift takes over. */
  readonly handover: string;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** Who speaks at this board; without anybody, or after twelve hours, it asks for role and name. */
export function ShiftPanel(props: ShiftPanelProps): JSX.Element {
  const { shift, own, sight, handover } = props;
  const { texts } = sight;
  const [isChanging, setChanging] = useState(false);
  const [hasBegun, setBegun] = useState(false);
  const isOn = isOnShift(shift, sight.nowMs);
  if (isOn && !isChanging) {
    const since = timeText(sight, shift.sinceMs);
    const until = timeText(sight, shift.shiftEndsMs);
    return (
      <section class="shift">
        <p class="buttons">
          <b tabIndex={-1} ref={hasBegun ? takeFocus : null}>
            {texts.onShift(personName(shift.by, own, sight), since, until)}
          </b>
          <button type="button" onClick={() => setChanging(true)}>
            {texts.changeShift}
          </button>
        </p>
      </section>
    );
  }
  return (
    <section class="shift asking" aria-labelledby="shift">
      <h2 id="shift">{texts.shiftStart}</h2>
      <p>{shift === null || isOn ? texts.shiftWhy : texts.shiftAgain}</p>
      <p>{handover}</p>
      <ShiftForm
        {...props}
        done={() => {
          setBegun(true);
          setChanging(false);
        }}
      />
      {isOn && (
        <button type="button" onClick={() => setChanging(false)}>
          {texts.back}
        </button>
      )}
    </section>
  );
}

function ShiftForm({ sight, actions, done }: ShiftPanelProps & { readonly done: () => void }): JSX.Element {
  const { texts, language } = sight;
  const [role, setRole] = useState<Role | null>(null);
  const [name, setName] = useState("");
  const [fault, setFault] = useState("");
  const [isSending, setSending] = useState(false);
  const isReady = role !== null && name.trim() !== "" && !sight.gone && !isSending;
  const submit = async () => {
    if (role === null) return;
    setSending(true);
    try {
      const answer = await actions.begin(role, name);
      if (answer.ok) done();
      else setFault(answer.sentence[language]);
    } catch {
      setFault(texts.shiftLost);
    }
    setSending(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void submit();
      }}
    >
      <Radios
        legend={texts.role}
        options={rolesOf.hospital.map((one) => [one, roleName(one, sight)])}
        chosen={role}
        choose={setRole}
      />
      <p class="choices">
        <label>
          {texts.name}{" "}
          <input
            class="name"
            autocomplete="off"
            maxLength={60}
            value={name}
            onInput={({ currentTarget }: TargetedEvent<HTMLInputElement>) => setName(currentTarget.value)}
          />
        </label>
      </p>
      <p class="buttons">
        <button type="submit" class="main-button" disabled={!isReady}>
          {texts.begin}
        </button>
        <span role="alert">{fault}</span>
      </p>
      <small>{texts.shiftKept}</small>
    </form>
  );
}
