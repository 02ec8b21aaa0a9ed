import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { patientText } from "../shell/fact-words.ts";
import { Mark, toneOf } from "../shell/mark.tsx";
import type { Outbox } from "../shell/outbox.ts";
import { ageSince, nameOf } from "../shell/sight.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import { useId } from "../shell/use-id.ts";
import type { Choice } from "./choice.ts";
import type { Deciding } from "./mission-order.ts";
import { arrivalOf, causeText } from "./mission-words.ts";
import { decisionUnderWay, type Order } from "./orders.ts";
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
    const order = tools?.choiceOrder(chosen, row, sight.nowMs);
    if (order) actions.give(order);
  };
  return (
    <article class={`card urgency-${row.urgency}`} aria-labelledby={title} data-mission={row.vehicle}>
      <CardHead row={row} sight={sight} title={title} />
      {tools !== null && <tools.TaskLine task={task} sight={sight} actions={actions} />}
      {tools !== null && <tools.CallNote row={row} sight={sight} actions={actions} />}
      <div ref={body} tabIndex={-1} class="step">
        {underWay !== null ? (
          <SlipLine slip={underWay} sight={sight} actions={actions} />
        ) : tools === null ? (
          <Lines row={row} sight={sight} />
        ) : isConfirming && choice !== null ? (
          <tools.ChoiceConfirm
            {...{ choice, row, sight, actions, confirm }}
            lines={row.decide.lines}
            back={() => setConfirming(false)}
          />
        ) : (
          <>
            <tools.SteerForm {...{ row, sight, choose }} lines={row.decide.lines} before={choice} />
            {row.destination !== null && (
              <tools.KeepForm hospital={row.destination.hospital} {...{ sight, choose }} />
            )}
          </>
        )}
      </div>
    </article>
  );
}

/** To read until they can be chosen from: the words to confirm them come with the tools of the desk. */
function Lines({ row, sight }: Pick<CardProps, "row" | "sight">): JSX.Element {
  return (
    <>
      {row.decide.lines.map(({ hospital, text }) => (
        <p key={hospital}>{text[sight.language]}</p>
      ))}
    </>
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
  const { cause } = row.decide;
  const shape = cause === "destination-silent" ? "silent" : cause === "another-sooner" ? "late" : "cannot";
  return (
    <>
      <h3 id={title} class="card-title">
        <span class="vehicle">{nameOf(sight, row.vehicle)}</span>
        <span class={`why tone-${sight.gone ? "soft" : toneOf(shape)}`}>
          <Mark shape={sight.gone ? "old" : shape} />
          {causeText(row, sight)}
        </span>
      </h3>
      <p class="patient">
        <UrgencySign urgency={row.urgency} sight={sight} /> · {patientText(row, sight)}
      </p>
      <p class="facts">
        {arrival.text} · <span class={arrival.isOld ? "aged" : ""}>{arrival.position}</span> ·{" "}
        {sight.texts.waitsSince(ageSince(sight, row.decide.sinceMs))} ·{" "}
        {sight.texts.policy(row.decide.policy)}
      </p>
      {row.decide.forced && <p class="warned">{sight.texts.forced}</p>}
    </>
  );
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
