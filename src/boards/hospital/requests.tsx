import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { refKey } from "../../basics/name.ts";
import {
  type Answer,
  channels,
  declineReasons,
  type StatusReason,
  statusReasons,
} from "../../region/choices.ts";
import type { RequestRow } from "../../site/views/board-site-view.ts";
import { othersText } from "../shell/contest-words.ts";
import { patientText, reasonText } from "../shell/fact-words.ts";
import { FreshNote } from "../shell/fresh-note.tsx";
import { useHeldRows } from "../shell/held-rows.ts";
import { Mark, type MarkShape, toneOf } from "../shell/mark.tsx";
import { ageSince, nameOf, needName, timeText } from "../shell/sight.ts";
import { takeFocus } from "../shell/take-focus.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import { Held, type PartProps } from "./capabilities.tsx";
import { Confirm, Written } from "./confirm.tsx";
import { ForcedNote } from "./forced.tsx";
import { Mates } from "./mates.tsx";
import { answerOrder, isUnderWay, slipOf } from "./orders.ts";
import type { Sight } from "./speech.ts";
import { compareRequests, personName } from "./words.ts";

export type CallingProps = PartProps & {
  /** It sounds. */
  readonly isUnseen: boolean;
};

export function SeenButton({ sight, actions }: Pick<PartProps, "sight" | "actions">): JSX.Element {
  return (
    <button type="button" onClick={actions.see}>
      {sight.texts.seen}
    </button>
  );
}

/** What we are asked. It sounds until it is answered. */
export function Requests(props: PartProps): JSX.Element {
  const { view, sight } = props;
  const { texts } = sight;
  const rows = new Map(view.requests.map((row) => [refKey(row.asked), row]));
  const wanted = [...view.requests].sort(compareRequests).map(({ asked }) => refKey(asked));
  const held = useHeldRows<HTMLUListElement>(wanted);
  const open = view.requests.filter(({ state }) => state === "open").length;
  return (
    <section class={open > 0 ? "requests some" : "requests"} aria-labelledby="requests">
      <h2 id="requests">{open === 0 ? texts.requests : texts.requestCount(open)}</h2>
      {held.order.length === 0 && <p class="empty">{texts.noRequests}</p>}
      <ul class="rows" ref={held.list} {...held.holders}>
        {held.order.map((key) => {
          const row = rows.get(key);
          return row === undefined ? (
            <li key={key} class="facts">
              {texts.requestGone}
            </li>
          ) : (
            <li key={key} class="request" data-request={key} data-state={row.state}>
              <Request {...props} row={row} />
            </li>
          );
        })}
      </ul>
      <FreshNote {...held} textOf={texts.fresh} />
    </section>
  );
}

function Request({ row, view, outbox, sight, actions }: PartProps & { readonly row: RequestRow }) {
  const slip = slipOf(outbox, refKey(row.asked));
  const written = useRef<HTMLDivElement>(null);
  return (
    <>
      <h3>{nameOf(sight, row.vehicle)}</h3>
      <p class="patient">
        <UrgencySign urgency={row.urgency} sight={sight} /> · {patientText(row, sight)}
      </p>
      {row.state !== "withdrawn" && <ForcedNote forced={row.forced} sight={sight} />}
      <Mates row={row} sight={sight} />
      <Times row={row} sight={sight} />
      {isForUs(row) && (
        <AnswerForm
          row={row}
          sight={sight}
          asks={view.own.storing && !sight.gone}
          isBusy={isUnderWay(slip)}
          answer={(answer, reason) => {
            actions.give([answerOrder(row, answer, reason)]);
            written.current?.focus();
          }}
        />
      )}
      {row.state === "withdrawn" && (
        <p class="patient">
          <Mark shape="absent" /> {sight.texts.withdrawn}
        </p>
      )}
      {row.answer !== null && (
        <>
          <p class={`patient tone-${toneOf(answerShape(row.answer, sight))} word`}>
            <b>
              <Mark shape={answerShape(row.answer, sight)} /> {sight.texts.answered[row.answer.answer]}
              {row.answer.reason === null ? "" : `, ${reasonText(row.answer.reason, sight.language)}`}
            </b>
          </p>
          <small>
            {row.answer.spokenBy === undefined
              ? personName(row.answer.by, view.own, sight)
              : sight.texts.spokenAnswer}
            , {ageSince(sight, row.answer.saidMs)}
          </small>
          {row.answer.answer === "cannot" && row.forced !== undefined && (
            <p class="warned">{sight.texts.forcedCannot}</p>
          )}
          {row.answer.differs && <p class="warned">{sight.texts.answersDiffer}</p>}
          <Held
            held={row.answer.heldByDispatch && sight.gone ? null : row.answer.heldByDispatch}
            sight={sight}
          />
        </>
      )}
      <Written slip={slip} view={view} sight={sight} actions={actions} self={written} />
    </>
  );
}

/** A spoken answer counts until our own: who takes the patient in has not said a word yet. */
function isForUs({ state, answer }: RequestRow): boolean {
  return state === "open" || (state === "answered" && answer?.spokenBy !== undefined);
}

function answerShape({ answer }: NonNullable<RequestRow["answer"]>, { gone }: Sight): MarkShape {
  return gone ? "old" : answer === "ready" ? "accepted" : "cannot";
}

function Times({ row, sight }: { readonly row: RequestRow; readonly sight: Sight }): JSX.Element {
  const { texts, language } = sight;
  const isLate = row.state === "open" && sight.nowMs > row.dueMs;
  const due = timeText(sight, row.dueMs);
  return (
    <>
      <p class="facts">{texts.asks(nameOf(sight, row.centre), timeText(sight, row.askedMs))}</p>
      {row.contest !== undefined && row.state !== "withdrawn" && (
        <p class="warned">{contestText(row.contest, sight)}</p>
      )}
      {row.state === "open" && (
        <p class={isLate ? "warned" : "due"}>
          <Mark shape="late" /> {isLate ? texts.overdue(due) : texts.due(due)}
        </p>
      )}
      {row.escalated.length > 0 && (
        <p class="facts">{texts.escalated(row.escalated.map((one) => channels[one][language]).join(", "))}</p>
      )}
      {row.answerTakenBackMs !== null && (
        <p class="facts">{texts.answerTakenBack(timeText(sight, row.answerTakenBackMs))}</p>
      )}
    </>
  );
}

/** Nobody decides for us whom we take: whoever asks is answered here. */
function contestText({ free, freeSaidMs, others }: NonNullable<RequestRow["contest"]>, sight: Sight): string {
  return sight.texts.contest(free, ageSince(sight, freeSaidMs), othersText(others, sight));
}

type AnswerFormProps = {
  readonly row: RequestRow;
  readonly sight: Sight;
  /** Whether beginning a shift would help: else a bar says what is wrong. */
  readonly asks: boolean;
  readonly isBusy: boolean;
  readonly answer: (answer: Answer, reason: StatusReason | null) => void;
};

/** *Ready*, or one of six reasons: one tap each, then the sentence that the centre will see. */
function AnswerForm({ row, sight, asks, isBusy, answer }: AnswerFormProps): JSX.Element {
  const { texts, language } = sight;
  const [chosen, setChosen] = useState<"ready" | StatusReason | null>(null);
  const [left, setLeft] = useState<typeof chosen>(null);
  const isOff = !sight.canWrite || isBusy;
  if (chosen === null) {
    return (
      <>
        {!sight.canWrite && asks && <p class="warned">{texts.shiftFirst}</p>}
        <p class="buttons">
          <button
            type="button"
            class="main-button"
            ref={left === "ready" ? takeFocus : null}
            disabled={isOff}
            onClick={() => setChosen("ready")}
          >
            {texts.ready}
          </button>
        </p>
        <p class="buttons">
          <span aria-hidden="true">{texts.cannotBecause}</span>
          {declineReasons.map((reason) => (
            <button
              key={reason}
              type="button"
              ref={left === reason ? takeFocus : null}
              disabled={isOff}
              onClick={() => setChosen(reason)}
            >
              <span class="unseen">{texts.cannotBecause} </span>
              {statusReasons[reason][language]}
            </button>
          ))}
        </p>
      </>
    );
  }
  const vehicle = nameOf(sight, row.vehicle);
  const need = needName(sight, row.need);
  const isReady = chosen === "ready";
  return (
    <Confirm
      sentence={
        isReady
          ? texts.confirmReady(vehicle, need)
          : texts.confirmCannot(vehicle, need, statusReasons[chosen][language])
      }
      note={!isReady && row.forced !== undefined ? texts.forcedCannot : texts.centreSees}
      button={texts.confirmThat(texts.answered[isReady ? "ready" : "cannot"])}
      sight={sight}
      confirm={() => {
        setLeft(null);
        setChosen(null);
        answer(isReady ? "ready" : "cannot", isReady ? null : chosen);
      }}
      back={() => {
        setLeft(chosen);
        setChosen(null);
      }}
    />
  );
}
