import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import type { AdviceRow, MissionRow, NamedRow } from "../../../site/views/board-view.ts";
import { heldOrder } from "../../shell/held-order.ts";
import { nameOf } from "../../shell/sight.ts";
import { useId } from "../../shell/use-id.ts";
import type { Choice } from "../choice.ts";
import { aimOf } from "../mission-order.ts";
import type { Sight } from "../sight.ts";
import { AdviceText } from "./advice-text.tsx";
import { HospitalFinder } from "./hospital-finder.tsx";
import { deskTexts } from "./speech.ts";
import { useWhereTo } from "./use-where-to.ts";

export type SteerFormProps = {
  readonly row: MissionRow;
  /** As they were pushed with a decision; null: they are asked for. */
  readonly lines: readonly AdviceRow[] | null;
  readonly sight: Sight;
  /** What was chosen before, and taken back before it was confirmed. */
  readonly before: Choice | null;
  readonly choose: (choice: Choice) => void;
};

/** The first three hospitals with their reasons, or any other by its name, with what speaks against it. */
export function SteerForm({ row, lines, sight, before, choose }: SteerFormProps): JSX.Element {
  const chosenBefore = before?.what === "steered" ? before : null;
  const [chosen, setChosen] = useState<Name | null>(chosenBefore?.hospital ?? null);
  const [other, setOther] = useState<Name | null>(chosenBefore?.named?.hospital ?? null);
  const [isMissing, setMissing] = useState(false);
  const wanted = lines === null || other !== null;
  const query = { mission: row.mission, ...(other === null ? {} : { hospital: other }) };
  const { step, answer } = useWhereTo(sight.places.region.site, wanted ? query : null);
  const offered = lines ?? answer?.lines ?? [];
  const named = offered.some(({ hospital }) => hospital === other) ? null : (answer?.named ?? null);
  const all = named === null ? offered : [...offered, named];
  const take = (hospital: Name) => {
    setChosen(hospital);
    setMissing(false);
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const line = all.find(({ hospital }) => hospital === chosen);
    if (line === undefined) return setMissing(true);
    const { hospital, answerWithinS } = line;
    const isNamed = named?.hospital === hospital;
    const seen = isNamed || lines === null ? answer?.seen : undefined;
    const isForced = (isNamed || lines === null ? answer?.forced : row.decide?.forced) === true;
    choose({ what: "steered", hospital, answerWithinS, seen, named: isNamed ? named : null, isForced });
  };
  const isLate = wanted && step !== "loaded";
  return (
    <>
      <form onSubmit={onSubmit}>
        <Lines {...{ row, sight, chosen, take, named }} lines={all} />
        {isLate && <p class="facts">{deskTexts(sight)[step === "lost" ? "adviceLost" : "adviceLoading"]}</p>}
        {all.length === 0 && !isLate && <p>{sight.texts.noLines}</p>}
        <p class="buttons">
          <button type="submit" class="main-button" disabled={!sight.canWrite || all.length === 0}>
            {sight.texts.select}
          </button>
          <span role="alert">{isMissing ? deskTexts(sight).selectFirst : ""}</span>
        </p>
      </form>
      <OtherHospital {...{ row, sight }} choose={(hospital) => [setOther(hospital), take(hospital)]} />
    </>
  );
}

type LinesProps = {
  readonly row: MissionRow;
  readonly lines: readonly AdviceRow[];
  readonly named: NamedRow | null;
  readonly sight: Sight;
  readonly chosen: Name | null;
  readonly take: (hospital: Name) => void;
};

/** Once a line is chosen the lines keep their places: none slips under the pointer. */
function Lines({ row, lines, named, sight, chosen, take }: LinesProps): JSX.Element {
  const id = useId();
  const [shown, setShown] = useState<readonly Name[]>([]);
  const order = heldOrder(
    shown,
    lines.map(({ hospital }) => hospital),
    chosen !== null,
  );
  useEffect(() => setShown(order), [order.join()]);
  return (
    <fieldset>
      <legend>{deskTexts(sight).proposals(nameOf(sight, row.vehicle))}</legend>
      {order.map((hospital) => {
        const line = lines.find((one) => one.hospital === hospital);
        return (
          <label key={hospital} class="line">
            <input
              type="radio"
              name={id}
              checked={chosen === hospital}
              onChange={() => take(hospital)}
              data-line={hospital}
            />
            {line !== undefined && (
              <AdviceText line={line} need={row.need} asks={row.asks} sight={sight}>
                {hospital === named?.hospital && (
                  <small class="not-offered">{notOfferedText(named, sight)}</small>
                )}
              </AdviceText>
            )}
          </label>
        );
      })}
    </fieldset>
  );
}

export function notOfferedText({ excluded }: NamedRow, sight: Sight): string {
  const texts = deskTexts(sight);
  return excluded ? texts.notSuitable : texts.notAmongFirst;
}

/** Where the crew drives already is no other destination. */
function OtherHospital(props: {
  readonly row: MissionRow;
  readonly sight: Sight;
  readonly choose: (hospital: Name) => void;
}): JSX.Element {
  const { row, sight, choose } = props;
  const aim = aimOf(row);
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="other-hospital" onToggle={({ currentTarget: { open } }) => setOpen(open)}>
      <summary>{deskTexts(sight).anotherHospital}</summary>
      {isOpen && <HospitalFinder sight={sight} besides={aim} choose={choose} />}
    </details>
  );
}
