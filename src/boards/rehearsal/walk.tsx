import type { JSX } from "preact";
import type { WalkStep } from "../../site/views/rehearsal-view.ts";
import { Mark, type MarkShape } from "../shell/mark.tsx";
import { BoardAnchor } from "./boards.tsx";
import type { Sight } from "./state.ts";

const marks: { readonly [state in WalkStep["state"]]: MarkShape } = {
  open: "unheard",
  done: "heard",
  skipped: "absent",
};

/** Before this board the newcomer sits in every step. */
const board = "duesseldorf";

/** The five steps, the first that is open laid open. */
export function WalkPanel({ sight }: { readonly sight: Sight }): JSX.Element | null {
  const { texts, view, actions, obeys } = sight;
  if (view.night.stage === "off" && view.phase === "running") return null;
  const current = view.walks ? view.walkAt : null;
  return (
    <section class="walk" aria-labelledby="walk">
      <h2 id="walk">{texts.walk}</h2>
      <p class="facts">{texts.walkExplained}</p>
      <ol class="steps">
        {view.walk.map((row, i) => (
          <Step key={row.step} row={row} number={i + 1} isCurrent={row.step === current} sight={sight} />
        ))}
      </ol>
      {view.walkAt === null && <p class="sentence">{texts.walkDone}</p>}
      <button
        type="button"
        disabled={!obeys}
        onClick={() => actions.order({ order: "walk", walks: !view.walks })}
      >
        {view.walks ? texts.walkOff : texts.walkOn}
      </button>
    </section>
  );
}

type StepProps = {
  readonly row: WalkStep;
  readonly number: number;
  readonly isCurrent: boolean;
  readonly sight: Sight;
};

function Step({ row, number, isCurrent, sight }: StepProps): JSX.Element {
  const { texts } = sight;
  const { title, done } = texts.steps[row.step];
  return (
    <li
      class={isCurrent ? "step step-current" : "step"}
      data-step={row.step}
      data-state={row.state}
      aria-current={isCurrent ? "step" : undefined}
    >
      <h3>
        <Mark shape={marks[row.state]} /> <span class="unseen">{texts.stepNumber(number)}: </span>
        <span aria-hidden="true">{number} </span>
        {title} <small class="step-state">{isCurrent ? texts.current : texts.stepStates[row.state]}</small>
      </h3>
      {isCurrent && <StepBody row={row} sight={sight} />}
      {row.state === "done" && !isCurrent && <p class="facts">{done}</p>}
    </li>
  );
}

function StepBody({ row, sight }: Pick<StepProps, "row" | "sight">): JSX.Element {
  const { texts, view, actions, obeys } = sight;
  const { look, done } = texts.steps[row.step];
  const isDone = row.state === "done";
  const link = view.boards.find(({ site }) => site === board);
  return (
    <>
      <p>{look}</p>
      <p role="status" class="step-done">
        {isDone ? `${texts.stepStates.done}: ${done}` : ""}
      </p>
      {row.step === "steer" && !isDone && <p class="facts">{texts.nothingToSteer}</p>}
      <div class="buttons">
        {link !== undefined && <BoardAnchor board={link} sight={sight} isMain={!isDone} />}
        <button
          type="button"
          class={isDone ? "main-button" : undefined}
          disabled={!obeys}
          onClick={() => actions.order({ order: "onward", step: row.step })}
        >
          {isDone ? texts.onward : texts.skip}
        </button>
      </div>
    </>
  );
}
