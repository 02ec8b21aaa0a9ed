import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type FactRef, type Name, refKey } from "../../../basics/name.ts";
import { type Answer, answers, type Channel, channels } from "../../../region/choices.ts";
import { agreementAnswers, type Voice, voices } from "../../../region/desk-choices.ts";
import { mayOpen } from "../../../region/voice-weight.ts";
import { nameOf, timeText } from "../../shell/sight.ts";
import type { Sight } from "../sight.ts";
import { OneOf, Tick } from "./choices.tsx";
import { Confirm } from "./confirm.tsx";
import type { MissionToolsProps } from "./mission-tools.tsx";
import { type Requested, spokenOrder, stillRequested } from "./orders.ts";
import { deskTexts } from "./speech.ts";

type AskedAbout = {
  readonly hospital: Name;
  /** The sending hospital of a transfer is asked about this destination. */
  readonly to?: Name | undefined;
};

type SpokenProps = MissionToolsProps & {
  /** The request that it was opened for. */
  readonly about: { readonly asked: FactRef } & AskedAbout;
  readonly done: () => void;
};

/** Who was asked, and of a sending hospital, about which destination. */
export function askedName({ hospital, to }: AskedAbout, sight: Sight): string {
  const name = nameOf(sight, hospital);
  return to === undefined ? name : deskTexts(sight).askedAbout(name, nameOf(sight, to));
}

/** What the hospital that was asked says on telephone or radio: it counts like its own answer, and stands beside it. */
export function SpokenForm({ row, sight, actions, about, done }: SpokenProps): JSX.Element {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [answeredBy, setVoice] = useState<Voice | null>(null);
  const [channel, setChannel] = useState<Channel>("telephone");
  const [readBack, setReadBack] = useState(false);
  const [confirming, setConfirming] = useState<string | null>(null);
  const texts = deskTexts(sight);
  const requested = stillRequested(row, about.asked);
  const hospital = askedName(about, sight);
  // The sending hospital of a transfer is asked whether it agrees, nobody else is.
  const words = about.hospital === row.from ? agreementAnswers : answers;
  const stands = requested === null ? null : standsText(requested, words, sight);
  const isVain =
    requested !== null && answeredBy !== null && opensNothing(requested, { answer, answeredBy, readBack });
  // What is confirmed was read against the answer that stood then.
  const isConfirming = confirming !== null && requested !== null && confirming === answerKey(requested);
  if (isConfirming && answer !== null && answeredBy !== null) {
    const word = words[answer][sight.language];
    const voice = `${voices[answeredBy][sight.language]}, ${readBack ? texts.isReadBack : texts.notReadBack}`;
    return (
      <Confirm
        sentence={texts.confirmSpoken(hospital, word, voice, nameOf(sight, row.vehicle))}
        button={`${texts.confirm}: ${hospital} ${word}`}
        sight={sight}
        back={() => setConfirming(null)}
        confirm={() => {
          actions.give(spokenOrder(row, requested, { answer, answeredBy, readBack, channel }));
          done();
        }}
      >
        {stands !== null && <p class="warned">{stands}</p>}
        {isVain && <p class="warned">{texts.opensNoAnswer}</p>}
      </Confirm>
    );
  }
  const check = (event: Event) => {
    event.preventDefault();
    if (requested !== null) setConfirming(answerKey(requested));
  };
  return (
    <form class="report" aria-label={texts.spokenAnswerOf(hospital)} onSubmit={check}>
      <p class="sentence">{texts.spokenAnswerOf(hospital)}</p>
      <p class="warned" role="status">
        {requested === null ? texts.requestOver(hospital) : stands}
      </p>
      <OneOf label={texts.answer} choices={words} chosen={answer} sight={sight} choose={setAnswer} />
      <OneOf label={texts.answeredBy} choices={voices} chosen={answeredBy} sight={sight} choose={setVoice} />
      <OneOf label={texts.by} choices={channels} chosen={channel} sight={sight} choose={setChannel} />
      {row.from !== undefined && <p class="facts">{texts.physicianOnly}</p>}
      <p class="buttons">
        <Tick class="tick" label={texts.readBackTick} checked={readBack} set={setReadBack} />
        <button
          type="submit"
          class="main-button"
          disabled={!sight.canWrite || requested === null || answer === null || answeredBy === null}
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

function answerKey({ answer }: Requested): string {
  return answer?.ref === undefined ? "" : refKey(answer.ref);
}

function standsText(
  { answer }: Requested,
  words: typeof answers | typeof agreementAnswers,
  sight: Sight,
): string | null {
  if (answer === null) return null;
  return deskTexts(sight).answerSoFar(
    words[answer.answer][sight.language],
    timeText(sight, answer.answeredMs),
  );
}

/** A spoken *ready* over the hospital's own *cannot*, by somebody who cannot open what a clinician closed. */
function opensNothing(
  { answer: stands }: Requested,
  said: { readonly answer: Answer | null; readonly answeredBy: Voice; readonly readBack: boolean },
): boolean {
  const isOwnCannot = stands?.answer === "cannot" && stands.spokenBy === undefined;
  return isOwnCannot && said.answer === "ready" && !mayOpen(said);
}
