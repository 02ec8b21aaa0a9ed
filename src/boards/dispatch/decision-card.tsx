import type { JSX } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Name } from "../../basics/name.ts";
import type { KeptReason } from "../../region/choices.ts";
import { patientText } from "../shell/fact-words.ts";
import { Mark } from "../shell/mark.tsx";
import type { Outbox } from "../shell/outbox.ts";
import { ageSince, nameOf, needName } from "../shell/sight.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import { type Choice, ChoiceForm } from "./choice-form.tsx";
import type { Deciding } from "./mission-order.ts";
import { arrivalOf, causeText } from "./mission-words.ts";
import { decisionUnderWay, type Order, onMission } from "./orders.ts";
import type { Sight } from "./sight.ts";
import { SlipLine } from "./slips.tsx";
import type { Actions } from "./state.ts";

export type CardProps = {
  readonly row: Deciding;
  readonly outbox: Outbox<Order>;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** One mission that waits for a person: why, who, and what can be chosen; confirmed once, in words. */
export function DecisionCard({ row, outbox, sight, actions }: CardProps): JSX.Element {
  const [choice, setChoice] = useState<Choice | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  const underWay = decisionUnderWay(outbox, row);
  const title = useId();
  const { tools } = sight.room;
  const task = `decide:${row.mission}` as const;
  const body = useStepFocus(underWay !== null ? "written" : isConfirming ? "confirm" : "choose");
  const choose = (chosen: Choice) => {
    setChoice(chosen);
    setConfirming(true);
  };
  const confirm = (chosen: Choice) => {
    setConfirming(false);
    actions.give(orderOf(chosen, row));
  };
  return (
    <article class={`card urgency-${row.urgency}`} aria-labelledby={title} data-mission={row.vehicle}>
      <CardHead row={row} sight={sight} title={title} />
      {tools !== null && <tools.TaskLine task={task} sight={sight} actions={actions} />}
      {tools !== null && <tools.CallNote row={row} sight={sight} actions={actions} />}
      <div ref={body} tabIndex={-1} class="step">
        {underWay !== null ? (
          <SlipLine slip={underWay} sight={sight} actions={actions} />
        ) : isConfirming && choice !== null ? (
          <Confirm
            choice={choice}
            row={row}
            sight={sight}
            confirm={confirm}
            back={() => setConfirming(false)}
          />
        ) : (
          <ChoiceForm row={row} sight={sight} before={choice} choose={choose} />
        )}
      </div>
    </article>
  );
}

function CardHead({
  row,
  sight,
  title,
}: {
  readonly row: Deciding;
  readonly sight: Sight;
  readonly title: string;
}) {
  const arrival = arrivalOf(row, sight);
  const cause = row.decide.cause === "destination-silent" ? "silent" : "cannot";
  return (
    <>
      <h3 id={title} class="card-title">
        <span class="vehicle">{nameOf(sight, row.vehicle)}</span>
        <span class={`why tone-${cause}`}>
          <Mark shape={cause} />
          {causeText(row, sight)}
        </span>
      </h3>
      <p class="patient">
        <UrgencySign urgency={row.urgency} sight={sight} /> · {patientText(row, sight)}
      </p>
      <p class="facts">
        {arrival.text} · <span class={arrival.isOld ? "aged" : ""}>{arrival.position}</span> ·{" "}
        {sight.texts.waitsSince(ageSince(sight, row.decide.sinceMs))}
      </p>
      {row.decide.forced && <p class="warned">{sight.texts.forced}</p>}
    </>
  );
}

type ConfirmProps = {
  readonly choice: Choice;
  readonly row: Deciding;
  readonly sight: Sight;
  readonly confirm: (choice: Choice) => void;
  readonly back: () => void;
};

/** What others will see, said once in words before it is written. */
function Confirm({ choice, row, sight, confirm, back }: ConfirmProps): JSX.Element {
  const { texts, room } = sight;
  const { tools } = room;
  const hospital = nameOf(sight, choice.hospital);
  const isListed = row.decide.lines.some((line) => line.hospital === choice.hospital);
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === "Escape") back();
  };
  const button =
    choice.what === "kept" ? texts.confirmKeepButton(hospital) : texts.confirmSteerButton(hospital);
  return (
    <fieldset class="confirm" onKeyDown={onKey}>
      <legend class="unseen">{texts.confirm}</legend>
      <p class="sentence">{confirmSentence(choice, row, sight)}</p>
      {tools !== null && <tools.TakenNote task={`decide:${row.mission}`} sight={sight} />}
      {choice.what === "steered" && !isListed && <p class="warned">{texts.noLongerListed(hospital)}</p>}
      <p class="buttons">
        <button type="button" class="main-button" disabled={!sight.canWrite} onClick={() => confirm(choice)}>
          {button}
        </button>
        <button type="button" onClick={back}>
          {texts.back}
        </button>
      </p>
    </fieldset>
  );
}

function confirmSentence(choice: Choice, row: Deciding, sight: Sight): string {
  const { texts } = sight;
  const vehicle = nameOf(sight, row.vehicle);
  const need = needName(sight, row.need);
  const hospital = nameOf(sight, choice.hospital);
  if (choice.what === "kept") return texts.confirmKeep(vehicle, need, hospital);
  return texts.confirmSteer(vehicle, need, hospital, oldDestination(row, sight));
}

function oldDestination({ destination }: Deciding, sight: Sight): Name | null {
  return destination === null ? null : nameOf(sight, destination.hospital);
}

function orderOf(choice: Choice, row: Deciding): Order {
  const common = onMission(row, choice.hospital);
  return choice.what === "kept"
    ? { ...common, what: "kept", reason: choice.reason satisfies KeptReason }
    : { ...common, what: "steered" };
}

/**
 * Whoever went on with the keyboard finds the focus in the next step, and back in the choice after *back*: before the
 * step is drawn, so that no key pressed at once goes astray.
 */
function useStepFocus(step: string) {
  const body = useRef<HTMLDivElement>(null);
  const before = useRef(step);
  useLayoutEffect(() => {
    if (before.current !== step) {
      const isLost = document.activeElement === document.body || document.activeElement === null;
      if (isLost) body.current?.focus();
    }
    before.current = step;
  }, [step]);
  return body;
}
