import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Answer, answers, type Channel, channels } from "../../../region/choices.ts";
import { type Voice, voices } from "../../../region/desk-choices.ts";
import { nameOf } from "../../shell/sight.ts";
import { OneOf } from "./choices.tsx";
import { Confirm } from "./confirm.tsx";
import type { MissionToolsProps } from "./mission-tools.tsx";
import { isAsked, spokenOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";

/** What the hospital that was asked says on telephone or radio: it counts like its own answer, and stands beside it. */
export function SpokenForm({
  row,
  sight,
  actions,
  done,
}: MissionToolsProps & { readonly done: () => void }): JSX.Element | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [answeredBy, setVoice] = useState<Voice | null>(null);
  const [channel, setChannel] = useState<Channel>("telephone");
  const [readBack, setReadBack] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const texts = deskTexts(sight);
  if (!isAsked(row)) return null;
  if (isConfirming && answer !== null && answeredBy !== null) {
    const hospital = nameOf(sight, row.request.hospital);
    const word = answers[answer][sight.language];
    const voice = `${voices[answeredBy][sight.language]}, ${readBack ? texts.isReadBack : texts.notReadBack}`;
    return (
      <Confirm
        sentence={texts.confirmSpoken(hospital, word, voice, nameOf(sight, row.vehicle))}
        button={texts.confirmSpokenButton(hospital, word)}
        sight={sight}
        back={() => setConfirming(false)}
        confirm={() => {
          actions.give(spokenOrder(row, { answer, answeredBy, readBack, channel }));
          done();
        }}
      />
    );
  }
  const check = (event: Event) => {
    event.preventDefault();
    setConfirming(true);
  };
  return (
    <form class="report" onSubmit={check}>
      <OneOf label={texts.answer} choices={answers} chosen={answer} sight={sight} choose={setAnswer} />
      <OneOf label={texts.answeredBy} choices={voices} chosen={answeredBy} sight={sight} choose={setVoice} />
      <OneOf label={texts.by} choices={channels} chosen={channel} sight={sight} choose={setChannel} />
      <p class="buttons">
        <label class="tick">
          <input
            type="checkbox"
            checked={readBack}
            onChange={({ currentTarget: { checked } }) => setReadBack(checked)}
          />
          {texts.readBackTick}
        </label>
        <button
          type="submit"
          class="main-button"
          disabled={!sight.canWrite || answer === null || answeredBy === null}
        >
          {texts.check}
        </button>
        <button type="button" onClick={done}>
          {texts.back}
        </button>
      </p>
    </form>
  );
}
