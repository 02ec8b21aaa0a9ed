import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Name, refKey } from "../../../basics/name.ts";
import { type TransferDecline, transferDeclines } from "../../../region/transfer-choices.ts";
import type { TransferRow } from "../../../site/views/board-desk-view.ts";
import { patientText } from "../../shell/fact-words.ts";
import { Mark } from "../../shell/mark.tsx";
import { ageSince, nameOf, timeText } from "../../shell/sight.ts";
import { UrgencySign } from "../../shell/urgency.tsx";
import { personAt } from "../person.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { Ways } from "./call-note.tsx";
import { OneOf } from "./choices.tsx";
import { Confirm } from "./confirm.tsx";
import { placeOf, VehicleSelect } from "./open-form.tsx";
import { transferDeclinedOrder, transferOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";

type CardProps = { readonly row: TransferRow; readonly sight: Sight; readonly actions: Actions };

/** A hospital asks for the transfer of its own patient: one opens the mission, or says why nobody drives. */
export function TransferCard(props: CardProps): JSX.Element {
  const { row, sight } = props;
  const texts = deskTexts(sight);
  const { hospital, silentSinceMs, centre, state, brokenOff } = row;
  const title = `transfer-${refKey(row.ref)}`;
  const isMayOpen = state === "open" || state === "declined";
  return (
    <article
      class={`card urgency-${row.urgency}`}
      aria-labelledby={title}
      data-transfer={refKey(row.ref)}
      data-state={state}
    >
      <h3 id={title} class="card-title">
        <Mark shape={state === "open" ? "late" : "absent"} /> {texts.transferAsked(nameOf(sight, hospital))}
      </h3>
      <p class="patient">
        <UrgencySign urgency={row.urgency} sight={sight} /> · {patientText(row, sight)}
      </p>
      <p class="facts">
        {texts.transferAskedBy(
          personAt(hospital, row.by, sight),
          ageSince(sight, row.saidMs),
          timeText(sight, row.endsMs),
        )}
      </p>
      {state !== "open" && <p>{overText(row, sight)}</p>}
      {isMayOpen && <p class="facts">{row.agrees ? texts.transferAgrees : texts.transferUnagreed}</p>}
      {brokenOff !== undefined && (
        <p class="warned">{texts.transferBroken(timeText(sight, brokenOff.saidMs))}</p>
      )}
      {row.twin && <p class="warned">{texts.transferTwin}</p>}
      {silentSinceMs !== undefined && (
        <p class="warned">
          {texts.transferSilent(timeText(sight, silentSinceMs))} <Ways hospital={hospital} sight={sight} />
        </p>
      )}
      {centre !== sight.places.region.site && <p class="facts">{texts.theirTask(nameOf(sight, centre))}</p>}
      {/* What is confirmed was asked in this state: another desk's word asks anew. */}
      {isMayOpen && <Answer key={state} {...props} />}
    </article>
  );
}

function overText({ state, overMs, endsMs, declined }: TransferRow, sight: Sight): string {
  const { transferOver } = deskTexts(sight);
  const time = timeText(sight, overMs ?? endsMs);
  if (declined !== undefined) {
    const who = personAt(declined.centre, declined.by, sight);
    return transferOver.declined(time, who, transferDeclines[declined.reason][sight.language]);
  }
  return state === "run-out" ? transferOver[state](time) : transferOver["taken-back"](time);
}

function Answer({ row, sight, actions }: CardProps): JSX.Element {
  const texts = deskTexts(sight);
  const [step, setStep] = useState<"none" | "open" | "decline">("none");
  const back = () => setStep("none");
  if (step === "open") return <Opening {...{ row, sight, actions, back }} />;
  if (step === "decline") return <Declining {...{ row, sight, actions, back }} />;
  const isDeclined = row.state === "declined";
  return (
    <p class="buttons">
      <button type="button" disabled={!sight.canWrite} onClick={() => setStep("open")}>
        {isDeclined ? texts.transferOpenAll : texts.openMission}
        <span class="unseen"> ({nameOf(sight, row.hospital)})</span>
      </button>
      {!isDeclined && (
        <button type="button" disabled={!sight.canWrite} onClick={() => setStep("decline")}>
          {texts.decline}
          <span class="unseen"> ({nameOf(sight, row.hospital)})</span>
        </button>
      )}
    </p>
  );
}

type StepProps = CardProps & { readonly back: () => void };

/** All but the vehicle is said already. */
function Opening({ row, sight, actions, back }: StepProps): JSX.Element {
  const texts = deskTexts(sight);
  const [vehicle, setVehicle] = useState<Name | null>(null);
  const place = placeOf(row.hospital, sight);
  const confirm = () => {
    if (vehicle === null || place === null) return;
    actions.give(transferOrder(row, vehicle, place));
    back();
  };
  return (
    <Confirm
      sentence={texts.confirmTransferOpen(nameOf(sight, row.hospital), patientText(row, sight))}
      button={texts.confirmTransferOpenButton(vehicle === null ? null : nameOf(sight, vehicle))}
      isReady={vehicle !== null && place !== null}
      {...{ sight, confirm, back }}
    >
      <VehicleSelect {...{ vehicle, sight }} choose={setVehicle} />
    </Confirm>
  );
}

function Declining({ row, sight, actions, back }: StepProps): JSX.Element {
  const texts = deskTexts(sight);
  const [reason, setReason] = useState<TransferDecline | null>(null);
  const confirm = () => {
    if (reason === null) return;
    actions.give(transferDeclinedOrder(row, reason));
    back();
  };
  return (
    <Confirm
      sentence={texts.confirmTransferDecline(nameOf(sight, row.hospital), patientText(row, sight))}
      button={texts.confirmTransferDeclineButton}
      isReady={reason !== null}
      {...{ sight, confirm, back }}
    >
      <OneOf
        label={texts.transferDeclineWhy}
        choices={transferDeclines}
        chosen={reason}
        sight={sight}
        choose={setReason}
      />
    </Confirm>
  );
}
