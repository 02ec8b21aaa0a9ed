import type { JSX } from "preact";
import { voices } from "../../../region/choices.ts";
import type { VoiceRow } from "../../../site/board-view.ts";
import { Mark } from "../../shell/mark.tsx";
import { ageSince, nameOf, timeText } from "../../shell/sight.ts";
import { personAt } from "../person.ts";
import type { Sight } from "../sight.ts";
import type { Actions, Panel } from "../state.ts";
import { deskTexts } from "./speech.ts";
import { VoiceForm } from "./voice-form.tsx";
import { capabilityState } from "./words.ts";

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
        <h3>{texts.voiceNew}</h3>
        <VoiceForm key={`${panel.hospital}/${panel.capability}`} {...{ panel, sight, actions }} />
      </div>
      <div>
        <h3>
          {texts.voices} {reports.length > 0 && `(${reports.length})`}
        </h3>
        {reports.length === 0 && <p class="empty">{texts.noVoices}</p>}
        <ul class="voices">
          {reports.map((row) => (
            <VoiceLine key={row.ref.join("#")} row={row} sight={sight} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function VoiceLine({ row, sight }: { readonly row: VoiceRow; readonly sight: Sight }): JSX.Element {
  const texts = deskTexts(sight);
  const { say, language } = sight;
  const notes = [
    texts.saidBy(voices[row.answeredBy][language]),
    row.readBack ? texts.isReadBack : texts.notReadBack,
    texts.writtenBy(personAt(row.centre, row.by, sight)),
    ageSince(sight, row.saidMs),
    say.until(timeText(sight, row.endsMs)),
    ...(row.leads ? [] : [texts.beside]),
  ];
  return (
    <li class={`tone-${row.state}`} data-voice={row.ref.join("#")}>
      <b class="word">
        <Mark shape={row.state} /> {nameOf(sight, row.hospital)}:{" "}
        {capabilityState(row.capability, row.state, sight)}
      </b>
      <small>{notes.join(" · ")}</small>
    </li>
  );
}
