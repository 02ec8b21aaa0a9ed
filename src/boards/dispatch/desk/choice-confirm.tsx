import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type AssignReason, assignReasons } from "../../../region/assign-reasons.ts";
import type { AdviceRow, MissionRow } from "../../../site/views/board-view.ts";
import { nameOf, needName } from "../../shell/sight.ts";
import type { Choice } from "../choice.ts";
import { mayGo } from "../mission-words.ts";
import { type Order, onMission } from "../orders.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { askOrder, askWords } from "./asking.ts";
import { OneOf } from "./choices.tsx";
import { Confirm } from "./confirm.tsx";
import { Doubts } from "./doubts-note.tsx";
import { taskOf } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { notOfferedText } from "./steer-form.tsx";
import { TakenNote } from "./tasks.tsx";

export type ChoiceConfirmProps = {
  readonly choice: Choice;
  readonly row: MissionRow;
  /** What is offered now; null: not known here. */
  readonly lines: readonly AdviceRow[] | null;
  readonly sight: Sight;
  readonly actions: Actions;
  readonly confirm: (choice: Choice) => void;
  readonly back: () => void;
};

/** What others will see, and everything unusual about the hospital, said once in words before it is written. */
export function ChoiceConfirm(props: ChoiceConfirmProps): JSX.Element {
  const { choice, row, lines, sight, actions, confirm, back } = props;
  const [forced, assign] = useState<AssignReason | null>(null);
  const isForced = isForcedChoice(choice, row);
  const isNamed = sight.room.by !== sight.room.deskBy;
  const { texts } = sight;
  const name = nameOf(sight, choice.hospital);
  const isOffered = lines?.some(({ hospital }) => hospital === choice.hospital) ?? true;
  const named = choice.what === "steered" ? choice.named : null;
  const words = deskTexts(sight);
  const asked = isAsking(choice, row) ? askWords(row, choice.hospital, sight) : null;
  const button = choice.what === "kept" ? words.confirmKeepButton(name) : words.confirmSteerButton(name);
  return (
    <Confirm
      {...(asked ?? { sentence: confirmSentence(choice, row, sight), button })}
      {...{ sight, back }}
      isReady={asked?.isReady !== false && (!isForced || (forced !== null && isNamed))}
      confirm={() => confirm(isForced && forced !== null ? { ...choice, forced } : choice)}
    >
      <Doubts hospital={choice.hospital} patient={row} sight={sight} />
      {named !== null && (
        <p class="warned">
          {notOfferedText(named, sight)} {named.text[sight.language]}
        </p>
      )}
      {choice.what === "steered" && named === null && !isOffered && (
        <p class="warned">{words.noLongerListed(name)}</p>
      )}
      {(isForced || row.decide?.forced === true) && <p class="warned">{texts.forced}</p>}
      {isForced && <ForcedForm {...{ forced, assign, isNamed, sight, actions }} />}
      <TakenNote task={taskOf("decide", row.mission)} sight={sight} />
    </Confirm>
  );
}

/** None is suitable; a destination that is kept is assigned by force only where it is lost itself. */
function isForcedChoice(choice: Choice, { decide }: MissionRow): boolean {
  if (choice.what === "steered") return decide?.forced ?? choice.isForced;
  return decide?.forced === true && (decide.cause === "declined" || decide.cause === "destination-cannot");
}

type ForcedFormProps = Pick<ChoiceConfirmProps, "sight" | "actions"> & {
  readonly forced: AssignReason | null;
  readonly assign: (reason: AssignReason) => void;
  readonly isNamed: boolean;
};

/** Somebody with a name chooses, and says why. */
function ForcedForm({ forced, assign, isNamed, sight, actions }: ForcedFormProps): JSX.Element {
  const texts = deskTexts(sight);
  return (
    <>
      <OneOf label={texts.assignWhy} choices={assignReasons} chosen={forced} choose={assign} sight={sight} />
      {!isNamed && (
        <p class="warned">
          {texts.assignName}{" "}
          <button type="button" onClick={() => actions.open({ what: "shift" })}>
            {texts.begin}
          </button>
        </p>
      )}
    </>
  );
}

function confirmSentence(choice: Choice, row: MissionRow, sight: Sight): string {
  const words = deskTexts(sight);
  const vehicle = nameOf(sight, row.vehicle);
  const need = needName(sight, row.need);
  const hospital = nameOf(sight, choice.hospital);
  if (choice.what === "kept") return words.confirmKeep(vehicle, need, hospital);
  const { from, destination } = row;
  if (from !== undefined) return words.confirmTransfer(vehicle, need, hospital, nameOf(sight, from));
  const old = destination === null ? null : nameOf(sight, destination.hospital);
  return words.confirmSteer(vehicle, need, hospital, old);
}

/** A transfer that is not agreed yet is asked for before it can be steered. */
function isAsking(choice: Choice, row: MissionRow): boolean {
  return choice.what === "steered" && !mayGo(row, choice.hospital);
}

/** Null: both hospitals of a transfer are being asked already. */
export function choiceOrder(choice: Choice, row: MissionRow, nowMs: number): Order | null {
  const asked = choice.what === "steered" ? choice.seen : undefined;
  const common = { ...onMission(row, choice.hospital), seen: asked ?? row.decide?.seen };
  const { forced } = choice;
  if (choice.what === "kept")
    return { ...common, what: "kept", reason: choice.reason, answerWithinS: row.answerWithinS, forced };
  const { answerWithinS } = choice;
  return isAsking(choice, row)
    ? askOrder(row, choice.hospital, answerWithinS, nowMs)
    : { ...common, what: "steered", answerWithinS, forced };
}
