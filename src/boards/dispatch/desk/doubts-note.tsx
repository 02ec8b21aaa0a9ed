import type { JSX } from "preact";
import type { Name } from "../../../basics/name.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import { Mark, toneOf } from "../../shell/mark.tsx";
import { nameOf } from "../../shell/sight.ts";
import type { Sight } from "../sight.ts";
import { doubtsOf } from "./doubts.ts";
import { deskTexts } from "./speech.ts";

/** Said before anything is confirmed about a hospital: all that is not as it should be there. */
export function Doubts(props: {
  readonly hospital: Name;
  readonly patient: Pick<MissionRow, "need" | "request">;
  readonly sight: Sight;
}): JSX.Element | null {
  const { hospital, patient, sight } = props;
  const doubts = doubtsOf(hospital, patient, sight);
  if (doubts.length === 0) return null;
  return (
    <div class="doubts">
      <b>{deskTexts(sight).attention(nameOf(sight, hospital))}</b>
      <ul>
        {doubts.map(({ shape, text }) => (
          <li key={text} class={`tone-${toneOf(shape)}`}>
            <span class="word">
              <Mark shape={shape} /> {text}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
