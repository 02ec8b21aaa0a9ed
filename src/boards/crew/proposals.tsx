import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Name } from "../../basics/name.ts";
import type { CrewLine, CrewMissionRow } from "../../site/views/board-site-view.ts";
import { FreshNote } from "../shell/fresh-note.tsx";
import { useHeldRows } from "../shell/held-rows.ts";
import { Mark } from "../shell/mark.tsx";
import { nameOf, needName } from "../shell/sight.ts";
import { useId } from "../shell/use-id.ts";
import { cabPart } from "./cab-part.ts";
import { focusDestination } from "./destination.tsx";
import { destinationOrder, type Order } from "./orders.ts";
import type { Sight } from "./speech.ts";

// Nobody needs it before a first tap: it would only hold up the rows.
const Confirm = cabPart((cab) => cab.Confirm);
const Elsewhere = cabPart((cab) => cab.Elsewhere);

type ProposalsProps = {
  readonly row: CrewMissionRow;
  readonly isWriting: boolean;
  readonly sight: Sight;
  readonly give: (order: Order) => void;
};

/** The first three, and every other hospital: choosing one is our word, nobody is waited for. */
export function Proposals({ row, isWriting, sight, give }: ProposalsProps): JSX.Element {
  const { texts } = sight;
  const title = useId();
  const [chosen, setChosen] = useState<Name | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const confirm = (hospital: Name) => {
    setChosen(null);
    give(destinationOrder(row, hospital));
    focusDestination(row);
  };
  return (
    <section class="proposals" aria-labelledby={title}>
      <h2 id={title} tabIndex={-1} ref={heading}>
        {texts.proposals}
      </h2>
      {row.forced && <p class="warned">{texts.forced}</p>}
      {chosen !== null && (
        <Confirm
          sentence={confirmSentence(row, chosen, sight)}
          button={texts.drivingTo(nameOf(sight, chosen))}
          {...{ row, chosen, sight }}
          confirm={() => confirm(chosen)}
          back={() => {
            setChosen(null);
            heading.current?.focus();
          }}
        />
      )}
      <div hidden={chosen !== null}>
        {row.lines.length === 0 && <p>{texts.noLines}</p>}
        <Lines row={row} isWriting={isWriting} sight={sight} choose={setChosen} />
        <Elsewhere row={row} sight={sight} choose={setChosen} />
      </div>
    </section>
  );
}

function confirmSentence(
  { vehicle, need, destination }: CrewMissionRow,
  hospital: Name,
  sight: Sight,
): string {
  const isOther = destination !== null && destination.hospital !== hospital;
  const old = isOther ? nameOf(sight, destination.hospital) : null;
  const { texts } = sight;
  return texts.confirmDestination(
    nameOf(sight, vehicle),
    needName(sight, need),
    nameOf(sight, hospital),
    old,
  );
}

type LinesProps = Omit<ProposalsProps, "give"> & { readonly choose: (hospital: Name) => void };

/** While a finger, pointer or the focus is among the lines, none slips away under it. */
function Lines({ row, isWriting, sight, choose }: LinesProps): JSX.Element {
  const { texts } = sight;
  const held = useHeldRows<HTMLUListElement>(row.lines.map(({ hospital }) => hospital));
  const lines = new Map(row.lines.map((line) => [line.hospital, line]));
  return (
    <>
      <ul ref={held.list} {...held.holders}>
        {held.order.map((hospital) => {
          const line = lines.get(hospital);
          return (
            <li key={hospital} class="line" data-line={hospital}>
              {line === undefined ? (
                <p class="facts">
                  {nameOf(sight, hospital)}: {texts.lineGone}
                </p>
              ) : (
                <Line line={line} sight={sight} />
              )}
              {row.destination?.hospital === hospital ? (
                <p class="chosen">
                  <Mark shape="heard" /> {texts.isDestination}
                </p>
              ) : (
                <button
                  type="button"
                  class="big wide"
                  disabled={!sight.canWrite || isWriting}
                  onClick={() => choose(hospital)}
                >
                  {texts.drivingTo(nameOf(sight, hospital))}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <FreshNote {...held} textOf={texts.freshLines} />
    </>
  );
}

function Line({ line, sight }: { readonly line: CrewLine; readonly sight: Sight }): JSX.Element {
  const { texts, language } = sight;
  return (
    <>
      <p class="line-head">
        <b>{nameOf(sight, line.hospital)}</b>
        <b class="minutes">{texts.minutes(Math.round(line.driveMinTenths / 10))}</b>
      </p>
      <p class={line.confirmed ? "tag tag-confirmed" : "tag"}>
        <Mark shape={line.confirmed ? "accepted" : "unheard"} />{" "}
        {line.confirmed ? texts.confirmed : texts.proposal}
      </p>
      <p>{line.text[language]}</p>
    </>
  );
}
