import type { AgeGroup } from "../../region/choices.ts";
import type { NeedId } from "../../region/vocabulary.ts";
import type { OwnTransferRow } from "../../site/views/board-site-view.ts";
import type { PatientFlag } from "../../site/views/patient-flags.ts";
import type { Outbox } from "../shell/outbox.ts";
import type { Order } from "./orders.ts";

/** A transfer of our own patient that we ask for. */
export type TransferAsk = {
  readonly need: NeedId;
  readonly urgency: number;
  readonly ageGroup: AgeGroup;
  readonly flags: readonly PatientFlag[];
};

/** What `transfer.asked` says of a patient with yes or no: who lies in a hospital is not driven under CPR, and how they drive the centre says. */
export const transferFlags = [
  "doctor",
  "ventilated",
  "pregnant",
  "newborn",
  "infectious",
  "heavy",
] as const satisfies readonly PatientFlag[];

export function transferOrder({ flags, ...ask }: TransferAsk): Order {
  const said = Object.fromEntries(transferFlags.map((flag) => [flag, flags.includes(flag)]));
  return { what: "transfer-asked", need: ask.need, body: { ...ask, ...said }, over: [] };
}

export function transferBackOrder({ ref: asked, need }: OwnTransferRow): Order {
  return { what: "transfer-back", asked, need, over: [] };
}

/** Of the transfers that were asked for here: each that is not written yet, and the last one that is. */
export function askedSlips(outbox: Outbox<Order>): Outbox<Order> {
  const asked = outbox.filter(({ order }) => order.what === "transfer-asked");
  const last = asked.findLast(({ state }) => state.step === "written");
  return asked.filter((slip) => slip === last || slip.state.step !== "written");
}
