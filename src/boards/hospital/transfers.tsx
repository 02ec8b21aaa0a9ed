import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { refKey } from "../../basics/name.ts";
import { transferDeclines } from "../../region/transfer-choices.ts";
import type { OwnTransferRow } from "../../site/views/board-site-view.ts";
import { patientText } from "../shell/fact-words.ts";
import { later } from "../shell/later.tsx";
import { Mark, type MarkShape } from "../shell/mark.tsx";
import type { Shift } from "../shell/shift.ts";
import { nameOf, timeText } from "../shell/sight.ts";
import { SlipNote } from "../shell/slip-note.tsx";
import { UrgencySign } from "../shell/urgency.tsx";
import type { PartProps } from "./capabilities.tsx";
import { Confirm, Written } from "./confirm.tsx";
import { Held } from "./held.tsx";
import { isUnderWay, slipOf } from "./orders.ts";
import { SeenButton } from "./requests.tsx";
import type { Sight } from "./speech.ts";
import { declinedCall } from "./state.ts";
import { askedSlips, transferBackOrder } from "./transfers-orders.ts";
import { type TransferTexts, transferTexts } from "./transfers-texts.ts";
import { orderText, personName } from "./words.ts";

const TransferForm = later(async () => (await import("./transfer-form.tsx")).TransferForm);

type TransfersProps = PartProps & {
  /** Calls that sound. */
  readonly unseen: readonly string[];
  /** Who is on shift; null: nobody, and nothing can be asked for. */
  readonly shift: Shift | null;
};

/** Transfers of our own patients that we ask for, and the way to ask for one. */
export function Transfers(props: TransfersProps): JSX.Element {
  const { view, outbox, shift, sight, actions } = props;
  const texts = transferTexts[sight.language];
  const [isAsking, ask] = useState(false);
  const written = useRef<HTMLDivElement>(null);
  const done = () => {
    ask(false);
    written.current?.focus();
  };
  return (
    <section class="transfers" aria-labelledby="transfers">
      <h2 id="transfers">{texts.title}</h2>
      <ul class="rows">
        {view.transfers.map((row) => (
          <li key={refKey(row.ref)} class="coming" data-transfer={refKey(row.ref)} data-state={row.state}>
            <Transfer {...props} row={row} />
          </li>
        ))}
      </ul>
      {isAsking && shift !== null ? (
        <TransferForm {...{ view, sight, actions, done }} by={shift.by} back={() => ask(false)} />
      ) : (
        <button type="button" disabled={!sight.canWrite} onClick={() => ask(true)}>
          {texts.ask}
        </button>
      )}
      <div role="status" tabIndex={-1} ref={written}>
        {askedSlips(outbox).map((slip) => (
          <SlipNote
            key={slip.post.request}
            text={orderText(slip.order, sight)}
            {...{ slip, sight }}
            sendAgain={() => actions.sendAgain(slip.post, slip.order)}
            discard={() => actions.discard(slip.post.request)}
          />
        ))}
      </div>
    </section>
  );
}

const shapes: { readonly [state in OwnTransferRow["state"]]: MarkShape } = {
  open: "late",
  declined: "cannot",
  "taken-back": "absent",
  "run-out": "old",
  opened: "open",
  ended: "absent",
  "not-driven": "cannot",
};

/** What can be taken back. */
const standing: readonly OwnTransferRow["state"][] = ["open", "declined", "opened"];

function Transfer(props: TransfersProps & { readonly row: OwnTransferRow }): JSX.Element {
  const { row, view, outbox, unseen, sight, actions } = props;
  const texts = transferTexts[sight.language];
  const { by, saidMs, endsMs, overMs, state, heldByDispatch, brokenOff } = row;
  const slip = slipOf(outbox, refKey(row.ref));
  const written = useRef<HTMLDivElement>(null);
  const call = declinedCall(row);
  return (
    <>
      <p class="patient">
        <UrgencySign urgency={row.urgency} sight={sight} /> · {patientText(row, sight)}
      </p>
      <p class="patient word">
        <b>
          <Mark shape={shapes[state]} /> {texts.state[state]}
        </b>
      </p>
      {brokenOff !== undefined && <p class="warned">{texts.broken(timeText(sight, brokenOff.saidMs))}</p>}
      {state === "declined" && <p>{declinedText(row, texts, sight)}</p>}
      {call !== null && unseen.includes(call) && <SeenButton sight={sight} see={() => actions.see(call)} />}
      <small>
        {texts.said(personName(by, view.own, sight), timeText(sight, saidMs))}
        {state === "open" && ` · ${texts.ends(timeText(sight, endsMs))}`}
        {(state === "ended" || state === "not-driven") &&
          ` · ${texts.ended(timeText(sight, overMs ?? endsMs))}`}
      </small>
      {state === "open" && <Held held={heldByDispatch} sight={sight} />}
      {(brokenOff !== undefined || standing.includes(state)) && (
        <TakeBack
          row={row}
          sight={sight}
          isBusy={isUnderWay(slip)}
          confirm={() => {
            actions.give([transferBackOrder(row)]);
            written.current?.focus();
          }}
        />
      )}
      <Written slip={slip} self={written} {...{ view, sight, actions }} />
    </>
  );
}

function declinedText(
  { declined, overMs, saidMs }: OwnTransferRow,
  texts: TransferTexts,
  sight: Sight,
): string {
  if (declined === undefined) return "";
  const { centre, reason } = declined;
  const why = transferDeclines[reason][sight.language];
  return texts.declined(timeText(sight, overMs ?? saidMs), nameOf(sight, centre), why);
}

function TakeBack(props: {
  readonly row: OwnTransferRow;
  readonly sight: Sight;
  readonly isBusy: boolean;
  readonly confirm: () => void;
}): JSX.Element {
  const { row, sight, isBusy, confirm } = props;
  const texts = transferTexts[sight.language];
  const [isAsked, ask] = useState(false);
  if (isAsked) {
    return (
      <Confirm
        sentence={texts.confirmBack(patientText(row, sight))}
        note={sight.texts.centreSees}
        button={texts.confirmBackButton}
        sight={sight}
        confirm={() => [confirm(), ask(false)]}
        back={() => ask(false)}
      />
    );
  }
  return (
    <button type="button" disabled={!sight.canWrite || isBusy} onClick={() => ask(true)}>
      {texts.takeBack}
      <span class="unseen"> ({patientText(row, sight)})</span>
    </button>
  );
}
