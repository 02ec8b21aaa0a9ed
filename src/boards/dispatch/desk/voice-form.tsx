import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import { minuteMs } from "../../../basics/time.ts";
import { type State, type StatusReason, states, statusReasons } from "../../../region/choices.ts";
import { type Voice, voices } from "../../../region/desk-choices.ts";
import { type CapabilityId, capabilities, capabilityIds } from "../../../region/vocabulary.ts";
import type { BoardHospital } from "../../../site/views/board-view.ts";
import { reasonText } from "../../shell/fact-words.ts";
import { nextFullHours } from "../../shell/full-hours.ts";
import { ageSince, nameOf, timeText } from "../../shell/sight.ts";
import { Phone } from "../phone.tsx";
import { Select } from "../select.tsx";
import type { Sight } from "../sight.ts";
import { OneOf } from "./choices.tsx";
import { Confirm } from "./confirm.tsx";
import { HospitalFinder } from "./hospital-finder.tsx";
import { isSameRef, type VoiceReport, voiceOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { type CellWords, useCellWords } from "./use-cell.ts";
import type { VoicePanelProps } from "./voice-panel.tsx";
import { capabilityState } from "./words.ts";
import { WordsList } from "./words-list.tsx";

/** What has been chosen so far. It stays while the anchor is gone. */
type Draft = {
  readonly hospital: Name | null;
  readonly capability: CapabilityId | null;
  readonly state: State | null;
  readonly answeredBy: Voice | null;
  readonly readBack: "yes" | "no" | null;
  readonly reason: StatusReason | null;
  /** Null: as long as such a word holds. */
  readonly until: Until | null;
};

/** As they are said on the telephone: for half an hour, until six. */
type Until = `in ${number}` | `at ${number}`;

const blank = { state: null, answeredBy: null, readBack: null, reason: null, until: null } as const;

export function VoiceForm({ panel, sight, actions }: VoicePanelProps): JSX.Element {
  const [draft, setDraft] = useState<Draft>(() => {
    const { hospital, capability } = panel;
    return { ...blank, hospital, capability, ...wrongReport(panel, sight) } satisfies Draft;
  });
  const hospital = draft.hospital === null ? undefined : sight.places.hospitals.get(draft.hospital);
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  if (hospital === undefined) {
    return <HospitalFinder sight={sight} choose={(chosen) => change({ hospital: chosen })} />;
  }
  return (
    <>
      <HospitalHead
        hospital={hospital}
        sight={sight}
        leave={() => change({ hospital: null, capability: null })}
      />
      <ReportForm {...{ hospital, draft, change, sight, actions }} />
    </>
  );
}

function HospitalHead(props: {
  readonly hospital: BoardHospital;
  readonly sight: Sight;
  readonly leave: () => void;
}): JSX.Element {
  const { hospital, sight, leave } = props;
  return (
    <p class="buttons chosen-hospital">
      <b>{hospital.spokenName}</b> {hospital.town} <Phone number={hospital.phone} />
      <button type="button" class="small-button" onClick={leave}>
        {deskTexts(sight).otherHospital}
      </button>
    </p>
  );
}

type ReportProps = Pick<VoicePanelProps, "sight" | "actions"> & {
  readonly hospital: BoardHospital;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
};

function ReportForm(props: ReportProps): JSX.Element {
  const { hospital, draft, change, sight, actions } = props;
  const [step, setStep] = useState<"fill" | "missing" | "confirm">("fill");
  const words = useCellWords(hospital.hospital, draft.capability, sight);
  const report = reportOf(draft, sight.nowMs);
  if (step === "confirm" && report !== null && words.step === "loaded") {
    const confirm = () => {
      actions.give(voiceOrder(report, words.detail.over));
      setStep("fill");
      // The same person often says more of the same house.
      change({ capability: null, state: null, readBack: null, reason: null, until: null });
    };
    return <ReportConfirm {...{ report, words, sight, confirm }} back={() => setStep("fill")} />;
  }
  const check = (event: Event) => {
    event.preventDefault();
    setStep(report === null ? "missing" : "confirm");
  };
  return (
    <form onSubmit={check} class="report">
      <CapabilityChoice {...{ hospital, draft, change, sight }} />
      {draft.capability !== null && <InForce words={words} sight={sight} />}
      <ReportChoices draft={draft} change={change} sight={sight} />
      <MoreChoices draft={draft} change={change} sight={sight} />
      <p class="buttons">
        <button
          type="submit"
          class="main-button"
          disabled={!sight.canWrite || (draft.capability !== null && words.step !== "loaded")}
        >
          {deskTexts(sight).check}
        </button>
        <span role="alert">{step === "missing" && report === null ? missingText(draft, sight) : ""}</span>
      </p>
    </form>
  );
}

function InForce({ words, sight }: { readonly words: CellWords; readonly sight: Sight }): JSX.Element {
  return (
    <div class="in-force">
      <h4>{deskTexts(sight).willReplace}</h4>
      <WordsList words={words} sight={sight} />
    </div>
  );
}

type DraftProps = Pick<ReportProps, "draft" | "change" | "sight">;

/** What the house does not have in principle is not asked for. */
function CapabilityChoice({
  hospital,
  draft,
  change,
  sight,
}: DraftProps & Pick<ReportProps, "hospital">): JSX.Element {
  const texts = deskTexts(sight);
  return (
    <Select
      label={texts.capability}
      none={texts.choose}
      options={capabilityIds
        .filter((id) => hospital.has[id] !== false)
        .map((id) => [id, capabilities[id][sight.language]])}
      value={draft.capability}
      choose={(capability) => change({ capability })}
    />
  );
}

function ReportChoices({ draft, change, sight }: DraftProps): JSX.Element {
  const texts = deskTexts(sight);
  const readBack = {
    yes: { de: texts.readBackYes, en: texts.readBackYes },
    no: { de: texts.readBackNo, en: texts.readBackNo },
  };
  return (
    <>
      <OneOf
        label={texts.state}
        choices={states}
        chosen={draft.state}
        {...{ sight, marked: true }}
        choose={(state) => change({ state })}
      />
      <OneOf
        label={texts.answeredBy}
        choices={voices}
        chosen={draft.answeredBy}
        sight={sight}
        choose={(answeredBy) => change({ answeredBy })}
      />
      <OneOf
        label={texts.readBack}
        choices={readBack}
        chosen={draft.readBack}
        sight={sight}
        choose={(one) => change({ readBack: one })}
      />
    </>
  );
}

// The keys of a closed list are its ids.
const reasons = Object.keys(statusReasons) as StatusReason[];
/** Minutes from now, and how many full hours after them. */
const untilMinutes = [15, 30, 45];
const untilHours = 8;

/** What a report may carry besides: why it is not open, and until when. */
function MoreChoices({ draft, change, sight }: DraftProps): JSX.Element {
  const texts = deskTexts(sight);
  const { language, nowMs } = sight;
  const untils: readonly (readonly [Until, string])[] = [
    ...untilMinutes.map((min) => [`in ${min}`, timeText(sight, untilMs(`in ${min}`, nowMs))] as const),
    ...nextFullHours(sight, untilHours).map(({ ms, text }) => [`at ${ms}`, text] as const),
  ];
  return (
    <p class="buttons">
      {draft.state !== "open" && (
        <Select
          label={texts.reason}
          none={texts.noReason}
          options={reasons.map((id) => [id, statusReasons[id][language]])}
          value={draft.reason}
          choose={(reason) => change({ reason })}
        />
      )}
      <Select
        label={texts.until}
        none={texts.noUntil}
        options={untils}
        value={draft.until}
        choose={(until) => change({ until })}
      />
    </p>
  );
}

function untilMs(until: Until, nowMs: number): number {
  const number = Number(until.slice("in ".length));
  if (until.startsWith("at")) return number;
  return Math.ceil((nowMs + number * minuteMs) / minuteMs) * minuteMs;
}

function ReportConfirm(props: {
  readonly report: VoiceReport;
  readonly words: CellWords & { readonly step: "loaded" };
  readonly sight: Sight;
  readonly confirm: () => void;
  readonly back: () => void;
}): JSX.Element {
  const { report, words, sight, confirm, back } = props;
  const texts = deskTexts(sight);
  const { language } = sight;
  const what = [
    capabilityState(report.capability, report.state, sight),
    ...(report.reason === undefined ? [] : [reasonText(report.reason, language)]),
    ...(report.untilMs === undefined ? [] : [sight.say.until(timeText(sight, report.untilMs))]),
  ].join(", ");
  const voice = `${voices[report.answeredBy][language]}, ${report.readBack ? texts.isReadBack : texts.notReadBack}`;
  const replaced = words.detail.words.map(({ state, source, saidMs }) => {
    const letter = sight.say.sourceNames[source];
    return `${states[state][language]} (${letter}, ${ageSince(sight, saidMs)})`;
  });
  return (
    <Confirm
      sentence={texts.confirmVoice(nameOf(sight, report.hospital), what, voice)}
      button={`${texts.confirm}: ${nameOf(sight, report.hospital)}, ${what}`}
      {...{ sight, confirm, back }}
    >
      <p>{replaced.length === 0 ? texts.replacesNothing : texts.replaces(replaced.join(", "))}</p>
      <p class="facts">{texts.everyoneSees}</p>
    </Confirm>
  );
}

/** What is to be corrected stands in the form as it was said. */
function wrongReport({ corrects }: VoicePanelProps["panel"], { room }: Sight): Partial<Draft> {
  const wrong = corrects && room.centre.voices.find(({ ref }) => isSameRef(ref, corrects));
  if (wrong === undefined) return {};
  const { state, answeredBy, readBack, reason } = wrong;
  return { state, answeredBy, readBack: readBack ? "yes" : "no", reason };
}

function reportOf(draft: Draft, nowMs: number): VoiceReport | null {
  const { hospital, capability, state, answeredBy, readBack, reason, until } = draft;
  if (hospital === null || capability === null || state === null) return null;
  if (answeredBy === null || readBack === null) return null;
  return {
    ...{ hospital, capability, state, answeredBy, readBack: readBack === "yes" },
    ...(reason === null || state === "open" ? {} : { reason }),
    // An hour that has come meanwhile is no end any more.
    ...(until === null || untilMs(until, nowMs) <= nowMs ? {} : { untilMs: untilMs(until, nowMs) }),
  };
}

function missingText({ capability, state, answeredBy, readBack }: Draft, sight: Sight): string {
  const texts = deskTexts(sight);
  const fields = [
    ...(capability === null ? [texts.capability] : []),
    ...(state === null ? [texts.state] : []),
    ...(answeredBy === null ? [texts.answeredBy] : []),
    ...(readBack === null ? [texts.readBack] : []),
  ];
  return texts.missing(fields.map((field) => field.replace("?", "")).join(", "));
}
