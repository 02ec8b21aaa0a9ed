import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { refKey } from "../../basics/name.ts";
import { type ClosureReason, closureReasonIds, closureReasons } from "../../region/desk-choices.ts";
import { isNearRegion } from "../../region/near-region.ts";
import type { BoardClosure, BoardClosures } from "../../site/views/board-closures.ts";
import type { BoardRegion } from "../../site/views/board-view.ts";
import { personText } from "../dispatch/person.ts";
import { speakerOf } from "../dispatch/state.ts";
import { deskAt } from "../shell/desk-number.ts";
import { nearest } from "../shell/finding.ts";
import { insist, pause } from "../shell/insist.ts";
import { languageOf, searchWith } from "../shell/language.ts";
import { factSender, newRequestId } from "../shell/sender.ts";
import { storedShift } from "../shell/shift.ts";
import { applyTheme, storedTheme } from "../shell/theme.ts";
import { zoneClock } from "../shell/zone-clock.ts";
import { type Closing, closedBody, closingOf } from "./orders.ts";
import { closuresTexts } from "./texts.ts";

/** Together under 5 s: by then the page says that its anchor is gone. */
const lookEveryMs = 1_500;
const answerWithinMs = 3_000;

const language = languageOf(location.search);
const texts = closuresTexts[language];
const site = location.pathname.split("/")[2] ?? "";
const api = (path: string) => `/api/${encodeURIComponent(site)}/${path}`;
const root = document.getElementById("board");

type Ask =
  | { readonly what: "close"; readonly closing: Closing }
  | { readonly what: "open"; readonly closure: BoardClosure };

let region: BoardRegion | null = null;
let told: BoardClosures | null = null;
let isGone = false;
/** A word is under way: until it is answered nothing more is said, so that nothing is said twice. */
let isSending = false;
/** The anchor's clock minus this machine's. */
let clockOffMs = 0;
let ask: Ask | null = null;
let word = "";

const anchorNowMs = () => Date.now() + clockOffMs;
const cannotSay = () => isSending || isGone || told?.storing === false;

function say(next: string): void {
  word = next;
  draw();
}

async function look(): Promise<void> {
  try {
    const response = await fetch(api("closures"), { signal: AbortSignal.timeout(answerWithinMs) });
    if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
    // No worker keeps this page: it came from the anchor that answers, unless that was updated since.
    told = (await response.json()) as BoardClosures;
    clockOffMs = told.nowMs - Date.now();
    isGone = false;
  } catch {
    isGone = true;
  }
  draw();
}

function placeText({ latE3, lonE3, radiusM }: Pick<BoardClosure, "latE3" | "lonE3" | "radiusM">): string {
  const town = nearest(region?.towns ?? [], { latE3, lonE3 });
  const degrees = `${latE3 / 1_000} N ${lonE3 / 1_000} E`;
  return texts.place(radiusM, degrees + (town === null ? "" : texts.near(town.name)));
}

const reasonText = (reason: ClosureReason) => closureReasons[reason][language];

function rowText(closure: BoardClosure): string {
  const until = region === null ? "" : zoneClock(region.zone).minute(closure.endsMs, anchorNowMs());
  return texts.row(placeText(closure), reasonText(closure.reason), until);
}

function askText(asked: Ask): string {
  if (asked.what === "open") return texts.askOpen(rowText(asked.closure));
  const { closing } = asked;
  return texts.askClose(placeText(closing), reasonText(closing.reason), closing.hours);
}

async function confirm(asked: Ask): Promise<void> {
  if (cannotSay()) return;
  ask = null;
  isSending = true;
  say(texts.sending);
  const nowMs = anchorNowMs();
  const by = speakerOf(storedShift(site), await deskAt(site), nowMs);
  const fact =
    asked.what === "close"
      ? { kind: "road.closed/1", body: closedBody(asked.closing, nowMs) }
      : { kind: "road.opened/1", body: { closed: asked.closure.ref } };
  const send = factSender(api("facts"), () => performance.now(), anchorNowMs);
  const reached = await send({ request: newRequestId(), by, ...fact });
  isSending = false;
  if (reached.step === "written") document.querySelector("form")?.reset();
  say(
    reached.step === "written"
      ? texts.written
      : reached.step === "refused"
        ? reached.sentence[language]
        : texts.unsure,
  );
  document.querySelector<HTMLElement>("#word")?.focus();
  await look();
}

function submitted(form: HTMLFormElement): void {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "");
  const closing = closingOf({
    ...{ lat: text("lat"), lon: text("lon"), radius: text("radius") },
    ...{ hours: text("hours"), reason: text("reason") },
  });
  if (closing === null) return say(texts.missing);
  if (told !== null && !isNearRegion(told.box, closing)) return say(texts.outside);
  ask = { what: "close", closing };
  say("");
}

/** A town chosen fills the place in; it can be made finer by hand. */
function fillIn(input: HTMLInputElement): void {
  const town = region?.towns.find(({ name }) => name === input.value);
  const form = input.form;
  if (town === undefined || form === null) return;
  for (const [name, e3] of [
    ["lat", town.latE3],
    ["lon", town.lonE3],
  ] as const) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = String(e3 / 1_000);
  }
}

function Field({
  name,
  value = "",
}: {
  readonly name: "lat" | "lon" | "radius" | "hours";
  readonly value?: string;
}) {
  return (
    <label>
      {texts[name]}
      <input name={name} inputMode="decimal" autocomplete="off" defaultValue={value} />
    </label>
  );
}

function Form() {
  return (
    <form
      hidden={ask !== null}
      onSubmit={(event) => {
        event.preventDefault();
        submitted(event.currentTarget);
      }}
    >
      <label>
        {texts.town}
        <input list="towns" autocomplete="off" onInput={({ currentTarget }) => fillIn(currentTarget)} />
      </label>
      <datalist id="towns">
        {region?.towns.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field name="lat" />
      <Field name="lon" />
      <Field name="radius" value="200" />
      <Field name="hours" value="6" />
      <label>
        {texts.reason}
        <select name="reason">
          <option value="">{texts.choose}</option>
          {closureReasonIds.map((id) => (
            <option key={id} value={id}>
              {reasonText(id)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={cannotSay()}>
        {texts.close}
      </button>
    </form>
  );
}

function Asked({ asked }: { readonly asked: Ask }) {
  const back = () => {
    ask = null;
    draw();
  };
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), []);
  return (
    <section class="ask" tabIndex={-1} ref={section}>
      <p>{askText(asked)}</p>
      <button type="button" disabled={cannotSay()} onClick={() => void confirm(asked)}>
        {texts.confirm}
      </button>
      <button type="button" onClick={back}>
        {texts.cancel}
      </button>
    </section>
  );
}

function List() {
  if (told === null) return <p>{texts.loading}</p>;
  if (told.closures.length === 0) return <p>{texts.none}</p>;
  return (
    <ul>
      {told.closures.map((closure) => (
        <li key={refKey(closure.ref)} data-closure={refKey(closure.ref)}>
          {rowText(closure)}
          <br />
          {closure.meetsRoad === false && (
            <>
              <strong>{texts.noRoad}</strong>
              <br />
            </>
          )}
          {texts.says(region?.names?.[closure.site] ?? closure.site, personText(closure.by, [], language))}{" "}
          <button
            type="button"
            disabled={cannotSay()}
            onClick={() => {
              ask = { what: "open", closure };
              say("");
            }}
          >
            {texts.open}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Page() {
  const other = language === "de" ? "en" : "de";
  return (
    <main class="closures">
      <nav>
        <a href={`/dispatch/${site}${searchWith(location.search, language)}`}>{texts.back}</a>{" "}
        <a href={location.pathname + searchWith(location.search, other)} lang={other}>
          {texts.other}
        </a>
      </nav>
      {region?.rehearsal === true && <p class="rehearsal">{texts.rehearsal}</p>}
      <h1>{texts.title}</h1>
      {isGone && <p role="alert">{texts.gone}</p>}
      {!isGone && told?.storing === false && <p role="alert">{texts.notStoring}</p>}
      <List />
      <p>{texts.note}</p>
      {ask !== null && <Asked key={askText(ask)} asked={ask} />}
      <Form />
      <p id="word" role="status" tabIndex={-1}>
        {word}
      </p>
    </main>
  );
}

function draw(): void {
  if (root !== null) render(<Page />, root);
}

async function loadRegion(): Promise<BoardRegion> {
  const response = await fetch(api("region"));
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  return (await response.json()) as BoardRegion;
}

document.documentElement.lang = language;
document.title = `${texts.title} · Holdfast`;
applyTheme(storedTheme());
draw();
void insist(loadRegion).then((loaded) => {
  region = loaded;
  draw();
  // A town that was named before the region's were known.
  const town = document.querySelector<HTMLInputElement>("input[list]");
  if (town !== null) fillIn(town);
});
for (;;) {
  await look();
  await pause(lookEveryMs);
}
