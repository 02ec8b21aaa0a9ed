import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ageGroups } from "../../../region/choices.ts";
import { type Pzc, readPzc } from "../../../region/pzc.ts";
import { needName } from "../../shell/sight.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

/** A patient assignment code sets need, age and urgency; all three can be chosen otherwise afterwards. */
export function PzcField(props: {
  readonly sight: Sight;
  readonly read: (pzc: Pzc | null) => void;
}): JSX.Element {
  const { sight, read } = props;
  const texts = deskTexts(sight);
  const needs = sight.places.region.pzc ?? {};
  const [typed, setTyped] = useState("");
  return (
    <>
      <label class="need">
        PZC
        <input
          class="field"
          inputMode="numeric"
          maxLength={10}
          size={10}
          value={typed}
          onInput={({ currentTarget: { value } }) => {
            setTyped(value);
            read(readPzc(value, needs));
          }}
        />
      </label>
      <p class="facts" aria-live="polite">
        {typed === "" ? texts.pzc : saidBy(readPzc(typed, needs), sight)}
      </p>
    </>
  );
}

function saidBy(pzc: Pzc | null, sight: Sight): string {
  const texts = deskTexts(sight);
  if (pzc === null) return texts.pzc;
  const need = pzc.need === null ? texts.pzcUnknown(pzc.code) : needName(sight, pzc.need);
  return [need, ageGroups[pzc.ageGroup][sight.language], sight.say.urgency(pzc.urgency)].join(", ");
}
