import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { states } from "../../region/choices.ts";
import type { CapabilityId } from "../../region/vocabulary.ts";
import type { CapabilityRow } from "../../site/views/board-site-view.ts";
import { timeText } from "../shell/sight.ts";
import type { PartProps } from "./capabilities.tsx";
import { asksOf, isAnswered, type StateChoice, slipOf, stateOrder } from "./orders.ts";
import { SeenButton } from "./requests.tsx";
import type { Sight } from "./speech.ts";
import { asksCall } from "./state.ts";
import { StateForm } from "./state-form.tsx";
import { capabilityName } from "./words.ts";

/**
 * One question at a time: what an IT failure left open, and what will soon end by itself. It stands until somebody here
 * has answered it or gone on: nothing that comes meanwhile puts another one under the finger.
 */
export function Asks(props: PartProps & { readonly isUnseen: boolean }): JSX.Element | null {
  const { view, outbox, sight, actions, isUnseen } = props;
  const see = () => actions.see(asksCall);
  const [later, setLater] = useState<readonly string[]>([]);
  const all = asksOf(view.capabilities).filter((row) => !isAnswered(slipOf(outbox, row.capability), row));
  const rank = ({ capability }: CapabilityRow) => later.indexOf(capability);
  const shown = useRef<CapabilityId | null>(null);
  const answered = view.capabilities.find(({ capability }) => capability === shown.current);
  if (answered !== undefined && isAnswered(slipOf(outbox, answered.capability), answered))
    shown.current = null;
  shown.current ??= [...all].sort((a, b) => rank(a) - rank(b))[0]?.capability ?? null;
  const row = view.capabilities.find(({ capability }) => capability === shown.current);
  const heading = useRef<HTMLHeadingElement>(null);
  if (row === undefined) return null;
  const isSettled = !all.includes(row) && !hasEnded(row, sight);
  const goOn = () => {
    shown.current = null;
    setLater([...later.filter((one) => one !== row.capability), row.capability]);
    document.getElementById(all.length > 0 ? "asks" : "capabilities")?.focus();
  };
  const choose = (choice: StateChoice) => {
    shown.current = null;
    actions.give([stateOrder(row, view.own.site, choice)]);
    // The next question; behind the last one, what they were all about.
    const next = all.length > 1 ? heading.current : document.getElementById("capabilities");
    next?.focus();
  };
  const { texts } = sight;
  return (
    <section class="asks" aria-labelledby="asks" onClick={see} onKeyUp={see}>
      <h2 id="asks" tabIndex={-1} ref={heading}>
        {texts.askTitle}{" "}
        <small class="count">{texts.askCount(all.includes(row) ? all.length : all.length + 1)}</small>
      </h2>
      {isUnseen && <SeenButton sight={sight} see={see} />}
      <p class="sentence" role="status">
        {isSettled ? texts.askSettled(capabilityName(row, sight)) : question(row, sight)}
      </p>
      {!isSettled && (
        <StateForm key={row.capability} row={row} sight={sight} isBusy={false} choose={choose} />
      )}
      {(isSettled || all.length > 1) && (
        <button type="button" onClick={goOn}>
          {isSettled ? texts.goOn : texts.later}
        </button>
      )}
    </section>
  );
}

/** Nobody has answered in time: what holds now is not known, and still asked. */
function hasEnded({ cell }: CapabilityRow, { nowMs }: Sight): boolean {
  return cell !== null && (cell.state === "unconfirmed" || (cell.untilMs !== null && cell.untilMs <= nowMs));
}

function question(row: CapabilityRow, sight: Sight): string {
  const { texts, language } = sight;
  const name = capabilityName(row, sight);
  const { cell } = row;
  if (cell === null || cell.reason === "it-check") return texts.askChecked(name);
  if (cell.state === "unconfirmed" || hasEnded(row, sight)) return texts.askEnded(name);
  return texts.askAgain(name, states[cell.state][language], timeText(sight, cell.untilMs ?? sight.nowMs));
}
