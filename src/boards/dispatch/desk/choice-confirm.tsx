import type { JSX } from "preact";
import type { AdviceRow, MissionRow } from "../../../site/views/board-view.ts";
import { nameOf, needName } from "../../shell/sight.ts";
import type { Choice } from "../choice.ts";
import { type Order, onMission } from "../orders.ts";
import type { Sight } from "../sight.ts";
import { Confirm } from "./confirm.tsx";
import { Doubts } from "./doubts-note.tsx";
import { taskOf } from "./orders.ts";
import { notOfferedText } from "./steer-form.tsx";
import { TakenNote } from "./tasks.tsx";

export type ChoiceConfirmProps = {
  readonly choice: Choice;
  readonly row: MissionRow;
  /** What is offered now; null: not known here. */
  readonly lines: readonly AdviceRow[] | null;
  readonly sight: Sight;
  readonly confirm: (choice: Choice) => void;
  readonly back: () => void;
};

/** What others will see, and everything unusual about the hospital, said once in words before it is written. */
export function ChoiceConfirm(props: ChoiceConfirmProps): JSX.Element {
  const { choice, row, lines, sight, confirm, back } = props;
  const { texts } = sight;
  const name = nameOf(sight, choice.hospital);
  const isOffered = lines?.some(({ hospital }) => hospital === choice.hospital) ?? true;
  const named = choice.what === "steered" ? choice.named : null;
  const button = choice.what === "kept" ? texts.confirmKeepButton(name) : texts.confirmSteerButton(name);
  return (
    <Confirm
      sentence={confirmSentence(choice, row, sight)}
      {...{ button, sight, back }}
      confirm={() => confirm(choice)}
    >
      <Doubts hospital={choice.hospital} patient={row} sight={sight} />
      {named !== null && (
        <p class="warned">
          {notOfferedText(named, sight)} {named.text[sight.language]}
        </p>
      )}
      {choice.what === "steered" && named === null && !isOffered && (
        <p class="warned">{texts.noLongerListed(name)}</p>
      )}
      {row.decide?.forced === true && <p class="warned">{texts.forced}</p>}
      <TakenNote task={taskOf("decide", row.mission)} sight={sight} />
    </Confirm>
  );
}

function confirmSentence(choice: Choice, row: MissionRow, sight: Sight): string {
  const { texts } = sight;
  const vehicle = nameOf(sight, row.vehicle);
  const need = needName(sight, row.need);
  const hospital = nameOf(sight, choice.hospital);
  if (choice.what === "kept") return texts.confirmKeep(vehicle, need, hospital);
  const old = row.destination === null ? null : nameOf(sight, row.destination.hospital);
  return texts.confirmSteer(vehicle, need, hospital, old);
}

export function choiceOrder(choice: Choice, row: MissionRow): Order {
  const asked = choice.what === "steered" ? choice.seen : undefined;
  const common = { ...onMission(row, choice.hospital), seen: asked ?? row.decide?.seen };
  return choice.what === "kept"
    ? { ...common, what: "kept", reason: choice.reason }
    : { ...common, what: "steered", answerWithinS: choice.answerWithinS };
}
