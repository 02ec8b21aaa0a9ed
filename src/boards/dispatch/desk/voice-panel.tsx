import type { JSX } from "preact";
import { states } from "../../../region/choices.ts";
import { voices } from "../../../region/desk-choices.ts";
import { capabilities } from "../../../region/vocabulary.ts";
import type { VoiceRow } from "../../../site/views/board-desk-view.ts";
import { reasonText } from "../../shell/fact-words.ts";
import { Mark, toneOf } from "../../shell/mark.tsx";
import { ageSince, nameOf, timeText } from "../../shell/sight.ts";
import { personAt } from "../person.ts";
import type { Sight } from "../sight.ts";
import type { Actions, Panel } from "../state.ts";
import { Confirm } from "./confirm.tsx";
import { isSameRef, voiceBackOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { useCellWords } from "./use-cell.ts";
import { VoiceForm } from "./voice-form.tsx";
import { capabilityState, wordShape } from "./words.ts";
import { WordsList } from "./words-list.tsx";

export type VoicePanelProps = {
  readonly panel: Panel & { readonly what: "voice" };
  readonly sight: Sight;
  readonly actions: Actions;
};

/** What somebody says on radio or telephone, taken down; and every such report in force. */
export function VoicePanel({ panel, sight, actions }: VoicePanelProps): JSX.Element {
  const texts = deskTexts(sight);
  const { voices: reports } = sight.room.centre;
  return (
    <div class="panel-columns">
      <div>
        <h3>{panel.corrects === undefined ? texts.voiceNew : texts.voiceCorrect}</h3>
        <VoiceForm
          key={`${panel.hospital}/${panel.capability}/${panel.corrects?.join("#")}`}
          {...{ panel, sight, actions }}
        />
      </div>
      <div>
        <h3>
          {texts.voices} {reports.length > 0 && `(${reports.length})`}
        </h3>
        {reports.length === 0 && <p class="empty">{texts.noVoices}</p>}
        <ul class="voices">
          {reports.map((row) => (
            <VoiceLine key={row.ref.join("#")} {...{ row, panel, sight, actions }} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function VoiceLine(props: VoicePanelProps & { readonly row: VoiceRow }): JSX.Element {
  const { row, panel, sight, actions } = props;
  const texts = deskTexts(sight);
  const { say, language } = sight;
  const shape = wordShape(row, sight);
  const notes = [
    texts.saidBy(voices[row.answeredBy][language]),
    row.readBack ? texts.isReadBack : texts.notReadBack,
    ...(row.reason === null ? [] : [reasonText(row.reason, language)]),
    texts.writtenBy(personAt(row.centre, row.by, sight)),
    ageSince(sight, row.saidMs),
    row.endsMs <= sight.nowMs ? sight.texts.wordOld : say.until(timeText(sight, row.endsMs)),
    ...(row.leads ? [] : [texts.beside]),
  ];
  return (
    <li class={`tone-${toneOf(shape)}`} data-voice={row.ref.join("#")}>
      <b class="word">
        <Mark shape={shape} /> {nameOf(sight, row.hospital)}:{" "}
        {capabilityState(row.capability, row.state, sight)}
      </b>
      <small>{notes.join(" · ")}</small>
      {panel.takesBack !== undefined && isSameRef(panel.takesBack, row.ref) ? (
        <WithdrawConfirm {...props} />
      ) : (
        <VoiceButtons word={row} {...{ sight, actions }} />
      )}
    </li>
  );
}

/** As long as a report is in force: what was taken down wrongly is corrected, or taken back. */
export function VoiceButtons(props: {
  readonly word: Pick<VoiceRow, "ref" | "hospital" | "capability">;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element {
  const { word, sight, actions } = props;
  const texts = deskTexts(sight);
  const { ref, hospital, capability } = word;
  const about = `${nameOf(sight, hospital)}, ${capabilities[capability][sight.language]}`;
  const open = (more: Partial<VoicePanelProps["panel"]>) => () =>
    actions.open({ what: "voice", hospital, capability, ...more });
  return (
    <p class="task">
      <button type="button" class="small-button" onClick={open({ corrects: ref })}>
        {texts.correct}
        <span class="unseen"> ({about})</span>
      </button>
      <button
        type="button"
        class="small-button"
        disabled={!sight.canWrite}
        onClick={open({ takesBack: ref })}
      >
        {texts.withdraw}
        <span class="unseen"> ({about})</span>
      </button>
    </p>
  );
}

/** What others will see, and what holds instead: a word that the report had replaced does not come back. */
function WithdrawConfirm(props: VoicePanelProps & { readonly row: VoiceRow }): JSX.Element {
  const { row, sight, actions } = props;
  const texts = deskTexts(sight);
  const { hospital, capability, state, ref } = row;
  const words = useCellWords(hospital, capability, sight);
  const close = () => actions.open({ what: "voice", hospital: null, capability: null });
  if (words.step !== "loaded") return <WordsList words={words} sight={sight} />;
  const left = words.detail.words.filter((word) => !word.ended && !isSameRef(word.ref, ref));
  const named = left.map(
    (word) => `${states[word.state][sight.language]} (${sight.say.sourceNames[word.source]})`,
  );
  return (
    <Confirm
      sentence={texts.confirmWithdraw(nameOf(sight, hospital), capabilityState(capability, state, sight))}
      button={texts.confirmWithdrawButton(nameOf(sight, hospital))}
      sight={sight}
      confirm={() => [actions.give(voiceBackOrder(row, ref)), close()]}
      back={close}
    >
      <p>{named.length === 0 ? texts.nothingLeft : texts.thenHolds(named.join(", "))}</p>
      <p class="facts">{texts.everyoneSees}</p>
    </Confirm>
  );
}
