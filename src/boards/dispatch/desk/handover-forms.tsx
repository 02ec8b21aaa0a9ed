import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import { patientText } from "../../shell/fact-words.ts";
import { nameOf } from "../../shell/sight.ts";
import { UrgencySign } from "../../shell/urgency.tsx";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { Confirm } from "./confirm.tsx";
import { handoverDeclinedOrder, handoverOrder, takenOverOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";

type FormProps = { readonly row: MissionRow; readonly sight: Sight; readonly actions: Actions };

/** Another centre wants to hand a mission over to us: taken over or declined, confirmed once. */
export function HandoverAsk({ row, sight, actions }: FormProps): JSX.Element | null {
  const [asking, setAsking] = useState<"take" | "decline" | null>(null);
  const texts = deskTexts(sight);
  const { handover } = row;
  if (handover === undefined) return null;
  const vehicle = nameOf(sight, row.vehicle);
  const from = nameOf(sight, handover.from);
  const back = () => setAsking(null);
  return (
    <article class={`card urgency-${row.urgency}`} data-handover={row.vehicle}>
      <h3 class="card-title">{texts.handoverAsked(vehicle, from)}</h3>
      <p class="patient">
        <UrgencySign urgency={row.urgency} sight={sight} /> · {patientText(row, sight)}
      </p>
      {asking === "take" ? (
        <TakeOverConfirm {...{ row, sight, actions }} from={handover.from} done={back} />
      ) : asking === "decline" ? (
        <Confirm
          sentence={texts.confirmDecline(vehicle, from)}
          button={texts.confirmDeclineButton(vehicle)}
          {...{ sight, back }}
          confirm={() => {
            actions.give(handoverDeclinedOrder(row, handover));
            back();
          }}
        />
      ) : (
        <p class="buttons">
          <button
            type="button"
            class="main-button"
            disabled={!sight.canWrite}
            onClick={() => setAsking("take")}
          >
            {texts.takeMission}
            <span class="unseen"> ({vehicle})</span>
          </button>
          <button type="button" disabled={!sight.canWrite} onClick={() => setAsking("decline")}>
            {texts.decline}
            <span class="unseen"> ({vehicle})</span>
          </button>
        </p>
      )}
    </article>
  );
}

export function TakeOverConfirm(
  props: FormProps & { readonly from: Name; readonly done: () => void },
): JSX.Element {
  const { row, sight, actions, from, done } = props;
  const texts = deskTexts(sight);
  const vehicle = nameOf(sight, row.vehicle);
  return (
    <Confirm
      sentence={texts.confirmTakeMission(vehicle, nameOf(sight, from))}
      button={texts.confirmTakeMissionButton(vehicle)}
      sight={sight}
      back={done}
      confirm={() => {
        actions.give(takenOverOrder(row, from));
        done();
      }}
    />
  );
}

/** To which centre a mission of ours is to go: asked there; until it takes over, we lead it. */
export function HandoverForm({
  row,
  sight,
  actions,
  done,
}: FormProps & { readonly done: () => void }): JSX.Element {
  const texts = deskTexts(sight);
  const others = sight.room.centres.filter(({ site }) => !row.owners.includes(site));
  const [to, setTo] = useState<Name | null>(others.length === 1 ? (others[0]?.site ?? null) : null);
  if (to !== null) {
    const centre = nameOf(sight, to);
    return (
      <Confirm
        sentence={texts.confirmHandover(nameOf(sight, row.vehicle), centre)}
        button={texts.confirmAskButton(centre)}
        sight={sight}
        back={done}
        confirm={() => {
          actions.give(handoverOrder(row, to));
          done();
        }}
      />
    );
  }
  return (
    <fieldset class="buttons">
      <legend>{texts.handOverTo}</legend>
      {others.map(({ site }) => (
        <button key={site} type="button" onClick={() => setTo(site)}>
          {nameOf(sight, site)}
        </button>
      ))}
      <button type="button" onClick={done}>
        {texts.back}
      </button>
    </fieldset>
  );
}

/** Who leads the mission now where we may take it over unasked: a silent centre, or another beside us. */
export function takeableFrom({ owners }: MissionRow, { places, room }: Sight): Name | null {
  const { site } = places.region;
  const other = owners.find((owner) => owner !== site);
  if (other === undefined) return null;
  if (owners.includes(site)) return other;
  const contact = room.centres.find((centre) => centre.site === other)?.contact;
  return contact?.verdict === "silent" ? other : null;
}
