import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import { type KeptReason, keptReasons } from "../../../region/desk-choices.ts";
import { nameOf } from "../../shell/sight.ts";
import type { Choice } from "../choice.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

type KeepFormProps = {
  readonly hospital: Name;
  readonly sight: Sight;
  readonly choose: (choice: Choice) => void;
};

/** Staying with the destination, for a named reason. */
export function KeepForm({ hospital, sight, choose }: KeepFormProps): JSX.Element {
  const texts = deskTexts(sight);
  const [reason, setReason] = useState<KeptReason | null>(null);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (reason !== null) choose({ what: "kept", hospital, reason });
  };
  // The options are the keys of the list of reasons, and an empty one.
  const onChange = ({ currentTarget }: TargetedEvent<HTMLSelectElement>) =>
    setReason(currentTarget.value === "" ? null : (currentTarget.value as KeptReason));
  return (
    <details class="keep">
      <summary>{texts.keep(nameOf(sight, hospital))}</summary>
      <form onSubmit={onSubmit}>
        <select aria-label={texts.keepReason} value={reason ?? ""} onChange={onChange}>
          <option value="">{texts.keepReason}</option>
          {Object.entries(keptReasons).map(([id, words]) => (
            <option key={id} value={id}>
              {words[sight.language]}
            </option>
          ))}
        </select>
        <button type="submit" disabled={!sight.canWrite || reason === null}>
          {texts.keepButton}
        </button>
      </form>
    </details>
  );
}
