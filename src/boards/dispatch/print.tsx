import "./print.css";
import { type JSX, render } from "preact";
import { capabilities, capabilityIds } from "../../region/vocabulary.ts";
import type { MissionRow } from "../../site/views/board-view.ts";
import { barsOf } from "../shell/bar-list.ts";
import { patientText } from "../shell/fact-words.ts";
import { Mark, type MarkShape } from "../shell/mark.tsx";
import { nameOf, timeText } from "../shell/sight.ts";
import { isFresh, shownCell, shownContact, unheardRow } from "./hospital-words.ts";
import type { Known } from "./hospitals.tsx";
import { inRunningOrder, isDeciding } from "./mission-order.ts";
import { arrivalOf, causeText, keptText, shownRequestOf, stepText } from "./mission-words.ts";
import { printTexts } from "./print-texts.ts";
import type { Sight } from "./sight.ts";
import { forcedNotes } from "./wall-lists.ts";
import { wallTexts } from "./wall-texts.ts";
import type { WholeProps } from "./whole.ts";

/** The sheets on the screen, with a button: `?print`. */
export function PrintPage(props: WholeProps): JSX.Element {
  const texts = printTexts[props.sight.language];
  return (
    <>
      <p class="paper-tools">
        <button type="button" class="main-button" onClick={() => print()}>
          {props.sight.texts.print}
        </button>{" "}
        {texts.hint}
      </p>
      <Paper {...props} />
    </>
  );
}

/** From now on printing prints the sheets instead of the board: its button, the browser's menu, Ctrl+P. */
export function printSheets(shown: () => WholeProps | null): void {
  const paper = document.createElement("div");
  paper.className = "paper-only";
  document.body.append(paper);
  addEventListener("beforeprint", () => {
    const props = shown();
    render(props === null ? null : <Paper {...props} />, paper);
  });
  addEventListener("afterprint", () => render(null, paper));
}

/**
 * What is known, for the hour in which no board works: missions, then every hospital with its last word, its age, its
 * number and room for a pen. Every page says what it is as of, its number, and *rehearsal* across it while it is one.
 */
function Paper({ rows, sight, heardMs }: WholeProps): JSX.Element {
  const { say, places, language } = sight;
  const { region, clock } = places;
  const texts = printTexts[language];
  const asOf = say.asOf(`${dayText(heardMs, region.zone)} ${clock.second(heardMs)} ${region.zone}`);
  const title = [region.rehearsal ? say.rehearsal : "", region.siteName, asOf].filter(Boolean).join(" · ");
  const missions = inRunningOrder(rows.missions.values());
  return (
    <article class="paper">
      <style>{pageRules(title, texts)}</style>
      {region.rehearsal && (
        <p class="paper-mark" aria-hidden="true">
          {say.rehearsal}
        </p>
      )}
      <header>
        <h1>{title}</h1>
        <p>
          {region.name} · {texts.printedFrom(asOf)}
        </p>
        {barsOf(rows.own, heardMs, sight).map(({ id, text }) => (
          <p key={id} class="warned">
            {text}
          </p>
        ))}
      </header>
      <h2>
        {sight.texts.missions} ({missions.length})
      </h2>
      {missions.length > 0 && <MissionTable missions={missions} rows={rows} sight={sight} />}
      <h2>{sight.texts.hospitals}</h2>
      <HospitalTable hospitals={byTown(rows, sight)} sight={sight} />
      <footer>
        <p>
          {(["clinician", "voice", "feed"] as const)
            .map((source) => `${say.sourceLetters[source]}: ${say.sourceNames[source]}`)
            .join(" · ")}
        </p>
        <p>{region.attribution[language]}</p>
      </footer>
    </article>
  );
}

/** `11.09.2020`: paper outlives the day. */
function dayText(ms: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat("de-DE", {
    timeZone,
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  });
  return day.format(ms);
}

/** In the margin of every page; the browser counts them. Quoted as a string of CSS. */
function pageRules(
  title: string,
  { page, pageOf }: { readonly page: string; readonly pageOf: string },
): string {
  const quoted = (text: string) => `"${text.replace(/["\\\n<]/g, " ")}"`;
  return `@page{size:A4;margin:12mm 10mm 16mm;@bottom-left{content:${quoted(title)};font:9pt sans-serif}@bottom-right{content:${quoted(page)} counter(page) ${quoted(pageOf)} counter(pages);font:bold 9pt sans-serif}}`;
}

function byTown(rows: WholeProps["rows"], sight: Sight): readonly Known[] {
  const order = new Intl.Collator("de").compare;
  return [...sight.places.region.hospitals]
    .sort((a, b) => order(a.town, b.town) || order(a.spokenName, b.spokenName))
    .map((hospital) => ({ hospital, row: rows.hospitals.get(hospital.hospital) ?? unheardRow(hospital) }));
}

type MissionProps = Pick<WholeProps, "rows" | "sight">;

function MissionTable(props: MissionProps & { readonly missions: readonly MissionRow[] }): JSX.Element {
  const texts = printTexts[props.sight.language];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{texts.vehicle}</th>
          <th scope="col">{texts.way}</th>
          <th scope="col" class="paper-pen">
            {texts.pen}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.missions.map((row) => (
          <MissionLine key={row.mission} {...props} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function MissionLine({ row, rows, sight }: MissionProps & { readonly row: MissionRow }): JSX.Element {
  const { texts } = sight;
  const { destination, request, steered, owners, forced } = row;
  const arrival = arrivalOf(row, sight);
  const kept = keptText(row, sight);
  const asked = request.step === "none" ? undefined : rows.hospitals.get(request.hospital);
  const shown = shownRequestOf(row, asked !== undefined && isFresh(asked.contact, sight), sight);
  const way =
    destination === null ? texts.noDestination : texts.destination(nameOf(sight, destination.hospital));
  return (
    <tr data-mission={row.vehicle}>
      <th scope="row">
        {row.urgency} · {nameOf(sight, row.vehicle)}
        <small>
          {patientText(row, sight)}, {stepText(row, sight)}
        </small>
      </th>
      <td>
        {isDeciding(row) && (
          <p>
            <b>
              {texts.decisions}: {causeText(row, sight)}
            </b>
          </p>
        )}
        <p>
          {way} · {arrival.text} · {arrival.position}
        </p>
        {steered !== null && (
          <p>
            <b>{texts.proposed(nameOf(sight, steered.hospital))}</b>
            {steered.heldByCrew !== undefined &&
              `, ${steered.heldByCrew ? texts.proposedHeld : texts.proposedHere}`}
          </p>
        )}
        {kept !== null && <p>{kept}</p>}
        {forced !== undefined && (
          <p>
            <b>
              {wallTexts[sight.language].forced}: {nameOf(sight, forced.hospital)}
            </b>
            , {forcedNotes(forced, sight).join(" · ")}
          </p>
        )}
        {owners.length > 1 && (
          <p>
            <b>{texts.ownedTwice(owners.map((owner) => nameOf(sight, owner)).join(", "))}</b>
          </p>
        )}
        <Line shape={shown.shape} text={[shown.word, ...shown.notes].join(" · ")} />
      </td>
      <td />
    </tr>
  );
}

function HospitalTable({
  hospitals,
  sight,
}: {
  readonly hospitals: readonly Known[];
  readonly sight: Sight;
}) {
  const texts = printTexts[sight.language];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{sight.texts.hospital}</th>
          <th scope="col">{texts.phone}</th>
          <th scope="col">{texts.lastWord}</th>
          <th scope="col" class="paper-pen">
            {texts.pen}
          </th>
        </tr>
      </thead>
      <tbody>
        {hospitals.map((known) => (
          <HospitalLine key={known.hospital.hospital} known={known} sight={sight} />
        ))}
      </tbody>
    </table>
  );
}

function HospitalLine({ known, sight }: { readonly known: Known; readonly sight: Sight }): JSX.Element {
  const { hospital, row } = known;
  const texts = printTexts[sight.language];
  const contact = shownContact(row.contact, sight);
  const words = wordLines(known, sight);
  return (
    <tr data-hospital={hospital.hospital}>
      <th scope="row">
        {hospital.spokenName}
        <small>{hospital.town}</small>
      </th>
      <td class="paper-phone">{hospital.phone === "" ? texts.noPhone : hospital.phone}</td>
      <td>
        <Line shape={contact.shape} text={[contact.word, ...contact.notes].join(" · ")} />
        {words.map(({ shape, text, of }) => (
          <Line key={text} shape={shape} text={`${of.join(", ")}: ${text}`} />
        ))}
        {words.length === 0 && <Line shape="unconfirmed" text={texts.noWord} />}
      </td>
      <td />
    </tr>
  );
}

type WordLine = { readonly shape: MarkShape; readonly text: string; readonly of: readonly string[] };

/** What a hospital said, with its time and age; capabilities of which it said the same stand in one line. */
function wordLines({ hospital, row }: Known, sight: Sight): readonly WordLine[] {
  const lines = new Map<string, WordLine>();
  for (const capability of capabilityIds) {
    const cell = row.cells[capability];
    if (cell === undefined) continue;
    const { shape, word, notes } = shownCell(hospital, capability, row, sight);
    const text = [word, timeText(sight, cell.saidMs), ...notes].join(" · ");
    const of = [...(lines.get(text)?.of ?? []), capabilities[capability][sight.language]];
    lines.set(text, { shape, text, of });
  }
  return [...lines.values()];
}

function Line({ shape, text }: { readonly shape: MarkShape; readonly text: string }): JSX.Element {
  return (
    <p>
      <Mark shape={shape} /> {text}
    </p>
  );
}
