import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { states } from "../../region/choices.ts";
import type { CapabilityRow } from "../../site/board-site-view.ts";
import { timeText } from "../shell/sight.ts";
import type { PartProps } from "./capabilities.tsx";
import { asksOf, isUnderWay, slipOf, stateOrder } from "./orders.ts";
import type { Sight } from "./speech.ts";
import { StateForm } from "./state-form.tsx";
import { capabilityName } from "./words.ts";

/** One question at a time: what an IT failure left open, and what will soon end by itself. */
export function Asks(props: PartProps): JSX.Element | null {
  const { view, outbox, sight, actions } = props;
  const [later, setLater] = useState<readonly string[]>([]);
  const all = asksOf(view.capabilities).filter(({ capability }) => !isUnderWay(slipOf(outbox, capability)));
  const rank = ({ capability }: CapabilityRow) => later.indexOf(capability);
  const row = [...all].sort((a, b) => rank(a) - rank(b))[0];
  if (row === undefined) return null;
  const { texts } = sight;
  return (
    <section class="asks" aria-labelledby="asks">
      <h2 id="asks">
        {texts.askTitle} <small class="count">{texts.askCount(all.length)}</small>
      </h2>
      <p class="sentence">{question(row, sight)}</p>
      <StateForm
        key={row.capability}
        row={row}
        sight={sight}
        isBusy={false}
        choose={(choice) => actions.give([stateOrder(row, view.own.site, choice)])}
      />
      {all.length > 1 && (
        <button
          type="button"
          onClick={() => setLater([...later.filter((one) => one !== row.capability), row.capability])}
        >
          {texts.later}
        </button>
      )}
    </section>
  );
}

function question(row: CapabilityRow, sight: Sight): string {
  const { texts, language } = sight;
  const name = capabilityName(row, sight);
  const { cell } = row;
  if (cell === null || cell.reason === "it-check" || cell.state === "unconfirmed")
    return texts.askChecked(name);
  return texts.askAgain(name, states[cell.state][language], timeText(sight, cell.untilMs ?? sight.nowMs));
}
