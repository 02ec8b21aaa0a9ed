import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { type Step, steps } from "../../region/choices.ts";
import type { CrewMissionRow } from "../../site/views/board-site-view.ts";
import { Mark } from "../shell/mark.tsx";
import { nameOf } from "../shell/sight.ts";
import { useId } from "../shell/use-id.ts";
import { cabPart } from "./cab-part.ts";
import { type Order, stepOrder } from "./orders.ts";
import type { Sight } from "./speech.ts";

const Confirm = cabPart((cab) => cab.Confirm);

// Keys of one list, in its order.
const stepOrderOfWay = Object.keys(steps) as readonly Step[];

/** One tap each. Only ending without having arrived is asked once more: the mission goes from every board. */
export function Steps(props: {
  readonly row: CrewMissionRow;
  readonly sight: Sight;
  readonly give: (order: Order) => void;
}): JSX.Element {
  const { row, sight, give } = props;
  const { texts, language } = sight;
  const title = useId();
  const [isEnding, setEnding] = useState(false);
  const take = (step: Step) => {
    if (step === "ended" && row.step !== "arrived") setEnding(true);
    else give(stepOrder(row, step));
  };
  const heading = useRef<HTMLHeadingElement>(null);
  const close = () => {
    setEnding(false);
    heading.current?.focus();
  };
  const end = () => {
    setEnding(false);
    give(stepOrder(row, "ended"));
    // The mission goes, with every heading of its own.
    document.querySelector("main")?.focus();
  };
  const next = stepOrderOfWay[row.step === null ? 0 : stepOrderOfWay.indexOf(row.step) + 1];
  return (
    <section class="steps" aria-labelledby={title}>
      <h2 id={title} tabIndex={-1} ref={heading}>
        {texts.steps}
      </h2>
      {isEnding && (
        <Confirm
          sentence={texts.endQuestion(nameOf(sight, row.vehicle))}
          button={texts.endButton}
          sight={sight}
          confirm={end}
          back={close}
        />
      )}
      <div class="step-buttons" hidden={isEnding}>
        {stepOrderOfWay.map((step) => (
          <button
            key={step}
            type="button"
            class={step === next ? "big main-button" : "big"}
            aria-pressed={step === row.step}
            disabled={!sight.canWrite || step === row.step}
            onClick={() => take(step)}
          >
            {step === row.step && <Mark shape="heard" />} {steps[step][language]}
          </button>
        ))}
      </div>
    </section>
  );
}
