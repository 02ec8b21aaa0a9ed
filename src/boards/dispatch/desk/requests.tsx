import { Fragment, type JSX } from "preact";
import { type Name, refKey } from "../../../basics/name.ts";
import { channels } from "../../../region/choices.ts";
import { agreementAnswers } from "../../../region/desk-choices.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import { ageSince, nameOf, timeText } from "../../shell/sight.ts";
import { isFresh } from "../hospital-words.ts";
import { type Ask, asksOf, isAsked, isOverdue } from "../mission-order.ts";
import { shownRequest } from "../mission-words.ts";
import type { Sight } from "../sight.ts";
import { Ways } from "./call-note.tsx";
import type { MissionToolsProps } from "./mission-tools.tsx";
import { escalatedOrder, isWriting, taskOf } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { TaskLine } from "./tasks.tsx";

/** What was asked and still matters, each with its own deadline and second channel; of a transfer, where both agreed to. */
export function Requests({ row, sight, actions }: MissionToolsProps): JSX.Element {
  const { from, agreed = [], otherRequests } = row;
  const texts = deskTexts(sight);
  const asks = asksOf(row);
  const names = agreed.map((hospital) => nameOf(sight, hospital)).join(", ");
  return (
    <>
      {asks.map((ask) => (
        <Fragment key={askKey(ask.row)}>
          {(ask.to !== undefined || otherRequests !== undefined) && (
            <p class="facts">{askText(ask, sight)}</p>
          )}
          <Deadline row={ask.row} {...{ sight, actions }} />
        </Fragment>
      ))}
      {asks.some((ask) => isOverdue(ask.row, sight.nowMs)) && (
        <TaskLine task={taskOf("escalate", row.mission)} {...{ sight, actions }} />
      )}
      {from !== undefined && <SenderNote from={from} {...{ row, sight }} />}
      {names !== "" && <p>{texts.bothAgreed(names)}</p>}
    </>
  );
}

/** Whether the sending hospital wants it, where nothing else says so. */
function SenderNote({
  from,
  row: { agreements = [], senderAgrees, senderBackMs },
  sight,
}: Omit<MissionToolsProps, "actions"> & { readonly from: Name }): JSX.Element | null {
  const texts = deskTexts(sight);
  const name = nameOf(sight, from);
  if (senderBackMs !== undefined)
    return <p class="warned">{texts.senderTookBack(name, timeText(sight, senderBackMs))}</p>;
  if (senderAgrees === true) return <p class="facts">{texts.senderAgrees(name)}</p>;
  return agreements.length > 0 ? null : <p class="facts">{texts.senderNotAsked(name)}</p>;
}

function askKey({ request }: MissionRow): string {
  if (request.step === "none") return "";
  return refKey(request.step === "asked" ? request.ref : request.asked);
}

function askText({ row, to }: Ask, sight: Sight): string {
  const { request } = row;
  const texts = deskTexts(sight);
  if (request.step === "none" || to === undefined) {
    const asked = request.step === "none" ? undefined : sight.room.hospitals.get(request.hospital);
    return shownRequest(request, asked !== undefined && isFresh(asked.contact, sight), sight).word;
  }
  const [sender, receiver] = [nameOf(sight, request.hospital), nameOf(sight, to)];
  if (request.step === "asked") return texts.senderAsked(sender, receiver, ageSince(sight, request.askedMs));
  const word = agreementAnswers[request.answer][sight.language];
  return texts.senderSaid(sender, word, receiver, timeText(sight, request.answeredMs));
}

/** Until when the answer is due; past it, the second channel and who takes it. */
function Deadline({ row, sight, actions }: MissionToolsProps): JSX.Element | null {
  if (!isAsked(row)) return null;
  const texts = deskTexts(sight);
  const { hospital, heldThere, dueMs, escalated = [], answerTakenBackMs } = row.request;
  const isLate = isOverdue(row, sight.nowMs);
  const name = nameOf(sight, hospital);
  const used = escalated.map((channel) => channels[channel][sight.language]);
  return (
    <>
      {answerTakenBackMs !== undefined && (
        <p class="warned">{texts.answerTakenBack(name, timeText(sight, answerTakenBackMs))}</p>
      )}
      {dueMs !== undefined && (heldThere !== false || isLate) && (
        <p class={isLate ? "warned" : "facts"} data-deadline={isLate ? "over" : "open"}>
          {(heldThere === false ? texts.notThere : isLate ? texts.overdue : texts.due)(
            timeText(sight, dueMs),
          )}
          {used.length > 0 && ` · ${texts.escalated(used.join(", "))}`}
        </p>
      )}
      {isLate && <SecondChannel {...{ row, sight, actions }} />}
    </>
  );
}

function SecondChannel({ row, sight, actions }: MissionToolsProps): JSX.Element | null {
  if (!isAsked(row)) return null;
  const texts = deskTexts(sight);
  const { hospital } = row.request;
  return (
    <p class="buttons">
      <span>
        {texts.secondChannel} <Ways hospital={hospital} sight={sight} />
      </span>
      {texts.askedBy}
      {(["telephone", "radio"] as const).map((channel) => (
        <button
          key={channel}
          type="button"
          class="small-button"
          disabled={!sight.canWrite || isWriting(sight.room.outbox, row.mission)}
          onClick={() => actions.give(escalatedOrder(row, channel))}
        >
          {channels[channel][sight.language]}
        </button>
      ))}
    </p>
  );
}
