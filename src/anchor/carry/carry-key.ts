import type { DeviceId } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { encodePacket } from "../../exchange/packet.ts";
import type { CaseId } from "../../log/sealed.ts";
import { isErased } from "../../region/case-fold.ts";
import { siteTypeIn } from "../../region/charter.ts";
import type { Submission, SubmitAnswer } from "../../site/effects.ts";
import { keeps, slotsOf } from "../../site/sealing/key-table.ts";
import { givenOf } from "../../site/sealing/slots.ts";
import type { House } from "../../site/state.ts";
import { isSpokenBy } from "../boards/board-api.ts";
import { refusalSentence } from "../boards/board-refusals.ts";

/** A running anchor, as far as somebody at its machine can take a key from it by hand. */
export type KeyDesk = {
  readonly house: House;
  readonly submit: (submission: Omit<Submission, "token">) => Promise<SubmitAnswer>;
};

/** The one key that a stick or a sequence of codes brings. */
export type CarriedKey = {
  readonly case: CaseId;
  /** The one device that can open it. */
  readonly to: DeviceId;
  /** Who takes it there, `nurse#7`. */
  readonly by: string;
};

/**
 * The packet of a key that is carried where no connection leads: as it lies wrapped in the key table, once it is written
 * down that it leaves. An error is a sentence, and then nothing is written.
 */
export async function keyPacket(
  { house, submit }: KeyDesk,
  { case: id, to, by }: CarriedKey,
): Promise<Result<Uint8Array, string>> {
  if (isErased(house.fold, id)) return err(`The case ${id} is erased.`);
  const slot = slotsOf(house, id).find((one) => one.to === to);
  if (slot === undefined) return err(`There is no key of ${id} for ${to} here: may it read that case?`);
  const speaker = [...house.hosted.values()].find(
    ({ site }) => keeps(house, site, slot) && isSpokenBy(siteTypeIn(house.charter, site), by),
  );
  if (speaker === undefined) return err(`Who takes a key from here is named by role and number, as nurse#7.`);
  const body = { case: id, to };
  const answer = await submit({ hosted: speaker.id, kind: "case.key-carried/1", by, body });
  if (!answer.ok) return err(refusalSentence(answer.error.code, answer.error.detail ?? "").en);
  return ok(encodePacket({ type: "slots", head: { step: "give", slots: [givenOf(slot)] } }));
}
