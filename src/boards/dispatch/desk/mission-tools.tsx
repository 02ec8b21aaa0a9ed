import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FactRef, Name } from "../../../basics/name.ts";
import { type Channel, channels } from "../../../region/choices.ts";
import { voices } from "../../../region/desk-choices.ts";
import type { ReceiptRow } from "../../../site/views/board-desk-view.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import { othersText } from "../../shell/contest-words.ts";
import { ageSince, nameOf, needName, timeText } from "../../shell/sight.ts";
import { soundNotes } from "../hospital-words.ts";
import { type Ask, aimOf, asksOf } from "../mission-order.ts";
import type { Order } from "../orders.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { askOrder, askWords, unaskedOf, wasAsked } from "./asking.ts";
import { Confirm } from "./confirm.tsx";
import { Doubts } from "./doubts-note.tsx";
import { ForcedNote } from "./forced.tsx";
import { HandoverForm, TakeOverConfirm, takeableFrom } from "./handover-forms.tsx";
import { flownOrder, isWriting, requestedOf, stillRequested, understoodOrder } from "./orders.ts";
import { Requests } from "./requests.tsx";
import { deskTexts } from "./speech.ts";
import { askedName, SpokenForm } from "./spoken-form.tsx";
import { Steering } from "./steering.tsx";
import { flightText } from "./words.ts";

export type MissionToolsProps = {
  readonly row: MissionRow;
  readonly sight: Sight;
  readonly actions: Actions;
};

type SpokenAbout = {
  readonly what: "spoken";
  readonly asked: FactRef;
  readonly hospital: Name;
  readonly to?: Name | undefined;
};

type Asking =
  | { readonly what: "steer" }
  | { readonly what: "handover" }
  | { readonly what: "take" }
  | { readonly what: "flight"; readonly flown: boolean }
  | SpokenAbout
  | { readonly what: "ask"; readonly hospital: Name }
  | { readonly what: "understood"; readonly hospital: Name; readonly channel: Channel };

/** What a desk can do for a mission beside deciding: ask its hospital, insist, take down a spoken *understood*. */
export function MissionTools(props: MissionToolsProps): JSX.Element {
  const { row, sight } = props;
  const [asking, setAsking] = useState<Asking | null>(null);
  const done = () => setAsking(null);
  const form = asking === null ? null : formOf(props, asking, done);
  useEffect(() => {
    // What another desk has settled meanwhile is no question any more, nor when it comes up again.
    if (form === null) setAsking((now) => (now === asking ? null : now));
  });
  return (
    <div class="mission-tools">
      {form ?? (
        <>
          <ForcedNote row={row} sight={sight} />
          <Notes {...props} />
          <Requests {...props} />
          <p class="buttons">
            <AskButton {...props} ask={(hospital) => setAsking({ what: "ask", hospital })} />
            <SteerButton {...props} ask={() => setAsking({ what: "steer" })} />
            <OtherButtons {...props} ask={setAsking} />
          </p>
          <UnderstoodButtons {...props} ask={setAsking} />
          {row.receipts !== undefined && <Receipts receipts={row.receipts} sight={sight} />}
        </>
      )}
    </div>
  );
}

/** Null: that is no question (any more), since another desk may have steered, asked or said it meanwhile. */
function formOf(props: MissionToolsProps, asking: Asking, done: () => void): JSX.Element | null {
  const { row, sight } = props;
  const { what } = asking;
  const from = takeableFrom(row, sight);
  if (what === "spoken") {
    const asked = asksOf(row).find((ask) => stillRequested(ask.row, asking.asked) !== null);
    return <SpokenForm {...props} row={asked?.row ?? row} about={asking} done={done} />;
  }
  if (what === "steer") return canSteer(row) ? <Steering {...props} done={done} /> : null;
  if (what === "flight")
    return isUnderWay(row) && asking.flown !== isFlown(row) ? (
      <FlightConfirm {...props} flown={asking.flown} done={done} />
    ) : null;
  if (what === "handover") return mayHandOver(props) ? <HandoverForm {...props} done={done} /> : null;
  if (what === "take") return from === null ? null : <TakeOverConfirm {...props} from={from} done={done} />;
  const isAbout =
    what === "ask"
      ? asking.hospital === aimOf(row) && unaskedOf(row, asking.hospital, sight.nowMs).length > 0
      : asking.hospital === row.steered?.hospital;
  return isAbout ? <AskConfirm {...props} asking={asking} done={done} /> : null;
}

/** Ours alone, and somebody is there to ask. */
function mayHandOver({ row, sight }: MissionToolsProps): boolean {
  const isOurs = row.owners.length === 1 && row.owners[0] === sight.places.region.site;
  return isOurs && row.handover === undefined && sight.room.centres.length > 0;
}

/** A spoken answer, and whose the mission is. */
function OtherButtons(props: MissionToolsProps & { readonly ask: (asking: Asking) => void }): JSX.Element {
  const { row, sight, ask } = props;
  const texts = deskTexts(sight);
  const abouts = asksOf(row).flatMap((ask) => spokenAbout(ask) ?? []);
  const spokenText = (about: SpokenAbout) =>
    abouts.length === 1 && row.from === undefined
      ? texts.spokenAnswer
      : `${texts.spokenAnswer}: ${askedName(about, sight)}`;
  const flight = { what: "flight" as const, flown: !isFlown(row) };
  const offered: readonly (readonly [Asking, string])[] = [
    ...abouts.map((about) => [about, spokenText(about)] as const),
    ...(isUnderWay(row) ? [[flight, flightText(flight.flown, sight)] as const] : []),
    ...(mayHandOver(props) ? [[{ what: "handover" }, texts.handOver] as const] : []),
    ...(takeableFrom(row, sight) === null ? [] : [[{ what: "take" }, texts.takeMission] as const]),
  ];
  return (
    <>
      {offered.map(([asking, text]) => (
        <button
          key={text}
          type="button"
          disabled={!sight.canWrite || isWriting(sight.room.outbox, row.mission)}
          onClick={() => ask(asking)}
        >
          {text}
          <span class="unseen"> ({nameOf(sight, row.vehicle)})</span>
        </button>
      ))}
    </>
  );
}

// The form is about that very request: whatever is asked of another hospital meanwhile is another conversation.
function spokenAbout({ row, to }: Ask): SpokenAbout | null {
  const requested = requestedOf(row);
  return requested === null
    ? null
    : { what: "spoken", asked: requested.asked, hospital: requested.hospital, to };
}

/** What was taken back, and whether the crew can be reached by sound. */
function Notes({ row, sight }: MissionToolsProps): JSX.Element | null {
  const texts = deskTexts(sight);
  const { mates = [], pzc } = row;
  const notes = [
    ...(pzc === undefined ? [] : [`PZC ${pzc}`]),
    ...(mates.length === 0 ? [] : [texts.mates(mates.map((mate) => nameOf(sight, mate)).join(", "))]),
    ...(row.takenBack ?? []).map(({ what, hospital, saidMs }) =>
      texts.takenBack[what](nameOf(sight, hospital), timeText(sight, saidMs)),
    ),
    ...asksOf(row).flatMap((ask) => answerNotes(ask.row, sight)),
    ...ownerNotes(row, sight),
    ...soundNotes(row.vehicle, sight).map((note) => texts.siteTrouble(nameOf(sight, row.vehicle), note)),
  ];
  return notes.length === 0 ? null : <p class="facts">{notes.join(" · ")}</p>;
}

/** What was asked of another centre, and who else needs the last place. */
function ownerNotes({ handover, handoverDeclinedMs, contest }: MissionRow, sight: Sight): readonly string[] {
  const texts = deskTexts(sight);
  const { site } = sight.places.region;
  return [
    ...(handover === undefined || handover.to === site
      ? []
      : [texts.handoverOpen(nameOf(sight, handover.to), timeText(sight, handover.saidMs))]),
    ...(handoverDeclinedMs === undefined
      ? []
      : [texts.handoverDeclined(timeText(sight, handoverDeclinedMs))]),
    ...(contest === undefined ? [] : [contestText(contest, sight)]),
  ];
}

/** Whose word an answer is, where the hospital did not write it, and that another one stands against it. */
function answerNotes({ request }: MissionRow, sight: Sight): readonly string[] {
  if (request.step !== "answered") return [];
  const texts = deskTexts(sight);
  const { spokenBy, differs } = request;
  const hospital = nameOf(sight, request.hospital);
  return [
    ...(spokenBy === undefined ? [] : [texts.answeredBySpoken(hospital, voices[spokenBy][sight.language])]),
    ...(differs ? [texts.answersDiffer(hospital)] : []),
  ];
}

function contestText(contest: NonNullable<MissionRow["contest"]>, sight: Sight): string {
  const { hospital, free, freeSaidMs, others } = contest;
  const age = ageSince(sight, freeSaidMs);
  return deskTexts(sight).contest(nameOf(sight, hospital), free, age, othersText(others, sight));
}

/** Where the mission is headed and nobody was asked, or the last request came to nothing. */
function AskButton(props: MissionToolsProps & { readonly ask: (hospital: Name) => void }) {
  const { row, sight, ask } = props;
  const texts = deskTexts(sight);
  const hospital = aimOf(row);
  if (hospital === null || !isUnderWay(row)) return null;
  const [side] = unaskedOf(row, hospital, sight.nowMs);
  if (side === undefined) return null;
  const name = nameOf(sight, side === "asked" ? hospital : (row.from ?? hospital));
  return (
    <button
      type="button"
      disabled={!sight.canWrite || isWriting(sight.room.outbox, row.mission)}
      onClick={() => ask(hospital)}
    >
      {(wasAsked(row, hospital, side) ? texts.askAgain : texts.ask)(name)}
    </button>
  );
}

function UnderstoodButtons(props: MissionToolsProps & { readonly ask: (asking: Asking) => void }) {
  const { row, sight, ask } = props;
  const { steered } = row;
  if (steered === null) return null;
  return (
    <p class="buttons">
      <span>{deskTexts(sight).understood}</span>
      {(["radio", "telephone"] as const).map((channel) => (
        <button
          key={channel}
          type="button"
          class="small-button"
          disabled={!sight.canWrite || isWriting(sight.room.outbox, row.mission)}
          onClick={() => ask({ what: "understood", hospital: steered.hospital, channel })}
        >
          {channels[channel][sight.language]}
        </button>
      ))}
    </p>
  );
}

/** A mission that waits for a decision is steered there; one that has arrived is not steered. */
function canSteer(row: MissionRow): boolean {
  return row.decide === null && isUnderWay(row);
}

function isUnderWay({ step }: MissionRow): boolean {
  return step !== "arrived" && step !== "ended";
}

function isFlown({ flags }: MissionRow): boolean {
  return flags.includes("flown");
}

/** Day and weather are a person's yes, and their no. */
function FlightConfirm(props: MissionToolsProps & { readonly flown: boolean; readonly done: () => void }) {
  const { row, sight, actions, flown, done } = props;
  const texts = deskTexts(sight);
  const what = flightText(flown, sight);
  const said = flown ? `${what}: ${texts.flown}` : what;
  return (
    <Confirm
      sentence={`${nameOf(sight, row.vehicle)}, ${needName(sight, row.need)}: ${said}.`}
      button={`${texts.confirm}: ${what}`}
      sight={sight}
      confirm={() => {
        actions.give(flownOrder(row, flown));
        done();
      }}
      back={done}
    />
  );
}

function SteerButton(props: MissionToolsProps & { readonly ask: () => void }): JSX.Element | null {
  const { row, sight, ask } = props;
  if (!canSteer(row)) return null;
  return (
    <button
      type="button"
      disabled={!sight.canWrite || isWriting(sight.room.outbox, row.mission)}
      onClick={ask}
    >
      {deskTexts(sight).steer}
      <span class="unseen"> ({nameOf(sight, row.vehicle)})</span>
    </button>
  );
}

type Confirming = Extract<Asking, { readonly what: "ask" | "understood" }>;

function AskConfirm(props: MissionToolsProps & { readonly asking: Confirming; readonly done: () => void }) {
  const { row, sight, actions, asking, done } = props;
  const texts = deskTexts(sight);
  const vehicle = nameOf(sight, row.vehicle);
  const need = needName(sight, row.need);
  const hospital = nameOf(sight, asking.hospital);
  const give = (order: Order | null) => {
    if (order !== null) actions.give(order);
    done();
  };
  if (asking.what === "ask") {
    return (
      <Confirm
        {...askWords(row, asking.hospital, sight)}
        sight={sight}
        confirm={() => give(askOrder(row, asking.hospital, row.answerWithinS, sight.nowMs))}
        back={done}
      >
        <Doubts hospital={asking.hospital} patient={row} sight={sight} />
      </Confirm>
    );
  }
  const { channel } = asking;
  const old = row.destination === null ? null : nameOf(sight, row.destination.hospital);
  return (
    <Confirm
      sentence={texts.confirmUnderstood(vehicle, need, hospital, old, channels[channel][sight.language])}
      button={texts.confirmUnderstoodButton(hospital)}
      sight={sight}
      confirm={() => give(understoodOrder(row, asking.hospital, channel))}
      back={done}
    >
      <Doubts hospital={asking.hospital} patient={row} sight={sight} />
    </Confirm>
  );
}

/** Who confirmed to hold which step, besides whoever wrote it. */
function Receipts(props: { readonly receipts: readonly ReceiptRow[]; readonly sight: Sight }): JSX.Element {
  const { receipts, sight } = props;
  const texts = deskTexts(sight);
  return (
    <details class="receipts">
      <summary>{texts.receipts}</summary>
      <ul>
        {receipts.map(({ what, ref, heldBy }) => {
          const step = texts.receiptSteps[what];
          const sites = heldBy.map((site) => nameOf(sight, site)).join(", ");
          return (
            <li key={ref.join("#")}>{sites === "" ? texts.heldByNobody(step) : texts.heldBy(step, sites)}</li>
          );
        })}
      </ul>
    </details>
  );
}
