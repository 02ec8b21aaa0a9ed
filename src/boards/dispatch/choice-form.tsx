import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Name } from "../../basics/name.ts";
import type { KeptReason } from "../../region/choices.ts";
import { heldOrder } from "../shell/held-order.ts";
import { nameOf } from "../shell/sight.ts";
import type { Deciding } from "./mission-order.ts";
import type { Sight } from "./sight.ts";

/** What somebody wants to confirm. */
export type Choice =
  | { readonly what: "steered"; readonly hospital: Name }
  | { readonly what: "kept"; readonly hospital: Name; readonly reason: KeptReason };

export type ChoiceFormProps = {
  readonly row: Deciding;
  readonly sight: Sight;
  /** What was chosen before, and taken back before it was confirmed. */
  readonly before: Choice | null;
  readonly choose: (choice: Choice) => void;
};

/** The first three hospitals with their reasons, or staying with the destination for a named reason. */
export function ChoiceForm({ row, sight, before, choose }: ChoiceFormProps): JSX.Element {
  const { tools } = sight.room;
  return (
    <>
      <SteerForm row={row} sight={sight} before={before} choose={choose} />
      {row.destination !== null && tools !== null && (
        <tools.KeepForm hospital={row.destination.hospital} sight={sight} choose={choose} />
      )}
    </>
  );
}

function SteerForm({ row, sight, before, choose }: ChoiceFormProps): JSX.Element {
  const { texts } = sight;
  const id = useId();
  const [chosen, setChosen] = useState(before?.what === "steered" ? before.hospital : null);
  const [isMissing, setMissing] = useState(false);
  const { lines } = row.decide;
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (chosen === null || !lines.some(({ hospital }) => hospital === chosen)) setMissing(true);
    else choose({ what: "steered", hospital: chosen });
  };
  if (lines.length === 0) return <p>{texts.noLines}</p>;
  return (
    <form onSubmit={onSubmit}>
      <fieldset>
        <legend>{texts.proposals(nameOf(sight, row.vehicle))}</legend>
        <Lines
          {...{ row, sight, id, chosen }}
          take={(hospital) => [setChosen(hospital), setMissing(false)]}
        />
      </fieldset>
      <p class="buttons">
        <button type="submit" class="main-button" disabled={!sight.canWrite}>
          {texts.select}
        </button>
        <span role="alert">{isMissing ? texts.selectFirst : ""}</span>
      </p>
    </form>
  );
}

type LinesProps = {
  readonly row: Deciding;
  readonly sight: Sight;
  readonly id: string;
  readonly chosen: Name | null;
  readonly take: (hospital: Name) => void;
};

/** Once a line is chosen the lines keep their places: none slips under the pointer. */
function Lines({ row, sight, id, chosen, take }: LinesProps): JSX.Element {
  const { lines } = row.decide;
  const [shown, setShown] = useState<readonly Name[]>([]);
  const order = heldOrder(
    shown,
    lines.map(({ hospital }) => hospital),
    chosen !== null,
  );
  return (
    <>
      {order.map((hospital) => (
        <label key={hospital} class="line">
          <input
            type="radio"
            name={id}
            checked={chosen === hospital}
            onChange={() => {
              setShown(order);
              take(hospital);
            }}
          />
          <span>{lines.find((line) => line.hospital === hospital)?.text[sight.language]}</span>
        </label>
      ))}
    </>
  );
}
