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
import type { HeldFor, RequestRow } from "../../site/views/board-site-view.ts";
import { othersText } from "../shell/contest-words.ts";
import { patientText, reasonText } from "../shell/fact-words.ts";
import { FreshNote } from "../shell/fresh-note.tsx";
import { useHeldRows } from "../shell/held-rows.ts";
import { Mark, type MarkShape, toneOf } from "../shell/mark.tsx";
import { ageSince, nameOf, needName, timeText } from "../shell/sight.ts";
import { takeFocus } from "../shell/take-focus.ts";
import { UrgencySign } from "../shell/urgency.tsx";
import type { PartProps } from "./capabilities.tsx";
import { Confirm, Written } from "./confirm.tsx";
import { ForcedNote } from "./forced.tsx";
import { Held } from "./held.tsx";
import { Mates } from "./mates.tsx";
import { answerOrder, isUnderWay, slipOf } from "./orders.ts";
import type { Sight } from "./speech.ts";
import { spokenCall } from "./state.ts";
import { answerWords, compareRequests, personName } from "./words.ts";

type RequestsProps = PartProps & {
  /** Calls that sound. */
  readonly unseen: readonly string[];
};

export function SeenButton(props: { readonly sight: Sight; readonly see: () => void }): JSX.Element {
  const { sight, see } = props;
  return (
    <button type="button" onClick={see}>
      {sight.texts.seen}
    </button>
  );
}

/** What we are asked. It sounds until it is answered. */
export function Requests(props: RequestsProps): JSX.Element {
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

function Request(props: RequestsProps & { readonly row: RequestRow }): JSX.Element {
  const { row, view, outbox, unseen, sight, actions } = props;
  const slip = slipOf(outbox, refKey(row.asked));
  const written = useRef<HTMLDivElement>(null);
  const call = spokenCall(row);
  const given = call === null ? (row.answer?.answer ?? null) : null;
  const form = row.state !== "withdrawn" && (
    <AnswerForm
      row={row}
      given={given}
      sight={sight}
      asks={view.own.storing && !sight.gone}
      isBusy={isUnderWay(slip)}
      answer={(answer, reason) => {
        actions.give([answerOrder(row, answer, reason)]);
        written.current?.focus();
      }}
    />
  );
  return (
    <>
      <h3>{nameOf(sight, row.vehicle)}</h3>
      <p class="patient">
        <UrgencySign urgency={row.urgency} sight={sight} /> · {patientText(row, sight)}
      </p>
      {row.state !== "withdrawn" && <ForcedNote forced={row.forced} sight={sight} />}
      <Mates row={row} sight={sight} />
      {row.to !== undefined && <p class="patient">{sight.texts.agreeTo(nameOf(sight, row.to))}</p>}
      <Times row={row} sight={sight} />
      {given === null && form}
      {row.state === "withdrawn" && (
        <p class="patient">
          <Mark shape="absent" /> {sight.texts.withdrawn}
        </p>
      )}
      {row.answer !== null && (
        <>
          <p class={`patient tone-${toneOf(answerShape(row.answer, sight))} word`}>
            <b>
              <Mark shape={answerShape(row.answer, sight)} />{" "}
              {answerWords(row.to !== undefined, sight)[row.answer.answer]}
              {row.answer.reason === null ? "" : `, ${reasonText(row.answer.reason, sight.language)}`}
            </b>
          </p>
          <small>
            {row.answer.spokenBy === undefined
              ? personName(row.answer.by, view.own, sight)
              : sight.texts.spokenAnswer}
            , {ageSince(sight, row.answer.saidMs)}
          </small>
          {call !== null && unseen.includes(call) && (
            <SeenButton sight={sight} see={() => actions.see(call)} />
          )}
          {row.answer.answer === "cannot" && <NoMore row={row} sight={sight} />}
          {row.answer.answer === "cannot" && row.forced !== undefined && (
            <p class="warned">{sight.texts.forcedCannot}</p>
          )}
          {row.answer.differs && <p class="warned">{sight.texts.answersDiffer}</p>}
          <AnswerHeld word={row.answer} sight={sight} />
        </>
      )}
      <Written slip={slip} view={view} sight={sight} actions={actions} self={written} />
      {given !== null && form}
    </>
  );
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
      {row.answer === null && <NoMore row={row} sight={sight} />}
      {row.answerTakenBackMs !== null && (
        <>
          <p class="facts">{texts.answerTakenBack(timeText(sight, row.answerTakenBackMs))}</p>
          {row.takenBackHeld !== undefined && <AnswerHeld word={row.takenBackHeld} sight={sight} />}
        </>
      )}
    </>
  );
}

/** The anchor gone, nobody can tell any more that it is held. */
function AnswerHeld({ word, sight }: { readonly word: HeldFor; readonly sight: Sight }): JSX.Element {
  const { heldByDispatch, heldAt } = word;
  return <Held held={heldByDispatch && sight.gone ? null : heldByDispatch} at={heldAt} sight={sight} />;
}

/** That we had accepted the patient and do no more: whoever comes to the board later prepared for them. */
function NoMore({ row, sight }: { readonly row: RequestRow; readonly sight: Sight }): JSX.Element | null {
  const { acceptedMs, state } = row;
  if (acceptedMs === undefined || state === "withdrawn") return null;
  return (
    <p class="warned" data-no-more>
      {sight.texts.noMore(timeText(sight, acceptedMs))}
    </p>
  );
}

/** Nobody decides for us whom we take: whoever asks is answered here. */
function contestText({ free, freeSaidMs, others }: NonNullable<RequestRow["contest"]>, sight: Sight): string {
  return sight.texts.contest(free, ageSince(sight, freeSaidMs), othersText(others, sight));
}

type AnswerFormProps = {
  readonly row: RequestRow;
  /** What we have answered ourselves; null: nothing, a spoken answer is not ours. */
  readonly given: Answer | null;
  readonly sight: Sight;
  /** Whether beginning a shift would help: else a bar says what is wrong. */
  readonly asks: boolean;
  readonly isBusy: boolean;
  readonly answer: (answer: Answer, reason: StatusReason | null) => void;
};

/** The sending hospital of a transfer agrees or not, and gives no reason. */
type Choice = Answer | StatusReason;

/**
 * *Ready*, or one of six reasons: one tap each, then the sentence that the centre will see. What we have answered can
 * change until the patient is here; that lies folded up, so that nobody takes it for a question.
 */
function AnswerForm({ row, given, sight, asks, isBusy, answer }: AnswerFormProps): JSX.Element {
  const { texts } = sight;
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [left, setLeft] = useState<Choice | null>(null);
  const isOff = !sight.canWrite || isBusy;
  if (chosen === null) {
    const choices = { left, isOff, choose: setChosen, sight, isAgreement: row.to !== undefined };
    const hint = (
      <>
        {row.from !== undefined && <p class="facts">{texts.physicianOnly}</p>}
        {!sight.canWrite && asks && <p class="warned">{texts.shiftFirst}</p>}
      </>
    );
    if (given === null)
      return (
        <>
          {hint}
          <ReadyChoice {...choices} />
          <CannotChoices {...choices} label={texts.cannotBecause} />
        </>
      );
    return (
      <details class="otherwise" open={left !== null}>
        <summary>{given === "ready" ? texts.yetCannot : texts.yetReady}</summary>
        {hint}
        {given === "ready" ? (
          <CannotChoices {...choices} label={texts.yetCannot} />
        ) : (
          <ReadyChoice {...choices} />
        )}
      </details>
    );
  }
  const vehicle = nameOf(sight, row.vehicle);
  const need = needName(sight, row.need);
  const isReady = chosen === "ready";
  const words = answerWords(row.to !== undefined, sight);
  const reason = chosen === "ready" || chosen === "cannot" ? null : chosen;
  return (
    <Confirm
      sentence={
        row.to !== undefined
          ? texts.confirmAgreement(vehicle, need, nameOf(sight, row.to), words[isReady ? "ready" : "cannot"])
          : reason === null
            ? texts.confirmReady(vehicle, need)
            : texts.confirmCannot(vehicle, need, statusReasons[reason][sight.language])
      }
      note={noteOf(isReady ? "ready" : "cannot", given, row, sight)}
      button={texts.confirmThat(words[isReady ? "ready" : "cannot"])}
      sight={sight}
      confirm={() => {
        setLeft(null);
        setChosen(null);
        answer(isReady ? "ready" : "cannot", reason);
      }}
      back={() => {
        setLeft(chosen);
        setChosen(null);
      }}
    />
  );
}

function noteOf(answer: Answer, given: Answer | null, { forced, to }: RequestRow, { texts }: Sight): string {
  if (to !== undefined) return texts.centreSees;
  if (answer === "cannot" && forced !== undefined) return texts.forcedCannot;
  return answer === "cannot" && given === "ready" ? texts.withdrawsReady : texts.centreSees;
}

type ChoiceProps = {
  /** From which somebody came back: the focus goes there. */
  readonly left: Choice | null;
  readonly isOff: boolean;
  readonly choose: (choice: Choice) => void;
  readonly sight: Sight;
  readonly isAgreement: boolean;
};

function ReadyChoice({ left, isOff, choose, sight, isAgreement }: ChoiceProps): JSX.Element {
  return (
    <p class="buttons">
      <button
        type="button"
        class="main-button"
        ref={left === "ready" ? takeFocus : null}
        disabled={isOff}
        onClick={() => choose("ready")}
      >
        {isAgreement ? sight.texts.agreedWords.ready : sight.texts.ready}
      </button>
    </p>
  );
}

function CannotChoices(props: ChoiceProps & { readonly label: string }): JSX.Element {
  const { left, isOff, choose, sight, label, isAgreement } = props;
  if (isAgreement)
    return (
      <p class="buttons">
        <button
          type="button"
          ref={left === "cannot" ? takeFocus : null}
          disabled={isOff}
          onClick={() => choose("cannot")}
        >
          {sight.texts.agreedWords.cannot}
        </button>
      </p>
    );
  return (
    <p class="buttons">
      <span aria-hidden="true">{label === sight.texts.cannotBecause && label}</span>
      {declineReasons.map((reason) => (
        <button
          key={reason}
          type="button"
          ref={left === reason ? takeFocus : null}
          disabled={isOff}
          onClick={() => choose(reason)}
        >
          <span class="unseen">{label} </span>
          {statusReasons[reason][sight.language]}
        </button>
      ))}
    </p>
  );
}
