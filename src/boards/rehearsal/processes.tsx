import type { JSX } from "preact";
import type { HeardRow, ProcessRow, ProcessState, RehearsalView } from "../../site/views/rehearsal-view.ts";
import { Mark, type MarkShape } from "../shell/mark.tsx";
import { BoardAnchor } from "./boards.tsx";
import { type Sight, siteName } from "./state.ts";
import type { RehearsalTexts } from "./texts.ts";

const marks: { readonly [state in ProcessState]: MarkShape } = {
  starting: "late",
  running: "heard",
  frozen: "limited",
  killed: "cannot",
  died: "cannot",
};

type Deed = "kill" | "start" | "freeze" | "thaw";

const deeds: { readonly [state in ProcessState]: readonly Deed[] } = {
  starting: [],
  running: ["kill", "freeze"],
  frozen: ["thaw", "kill"],
  killed: ["start"],
  died: ["start"],
};

/** A process by the site that lives in it, or by how many do. */
export function processName(view: RehearsalView, texts: RehearsalTexts, id: string): string {
  const row = view.processes.find((process) => process.id === id);
  if (row === undefined) return id;
  if (row.site !== null) return siteName(view, row.site);
  return row.type === "ambulance" ? texts.vehicles(row.sites) : texts.otherHospitals(row.sites);
}

/** What runs, who hears it, and how to break it. */
export function Processes({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view } = sight;
  const centres = view.boards.filter(({ type }) => type === "control-centre");
  return (
    <section aria-labelledby="processes">
      <h2 id="processes">{texts.processes}</h2>
      <p class="facts">{texts.processesExplained}</p>
      <div class="table">
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.process}</th>
              <th scope="col">{texts.state}</th>
              {centres.map(({ site, name }) => (
                <th scope="col" key={site}>
                  {texts.heardBy(name)}
                </th>
              ))}
              <th scope="col">{texts.actions}</th>
            </tr>
          </thead>
          <tbody>
            {view.processes.map((row) => (
              <Row key={row.id} row={row} centres={centres.map(({ site }) => site)} sight={sight} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type RowProps = {
  readonly row: ProcessRow;
  readonly centres: readonly string[];
  readonly sight: Sight;
};

function Row({ row, centres, sight }: RowProps): JSX.Element {
  const { texts, view, obeys, actions } = sight;
  const name = processName(view, texts, row.id);
  const board = view.boards.find(({ site }) => site === row.site);
  return (
    <tr data-process={row.id} data-state={row.state}>
      <th scope="row">{board === undefined ? name : <BoardAnchor board={board} sight={sight} />}</th>
      <td>
        <Mark shape={marks[row.state]} /> {texts.states[row.state]}
      </td>
      {centres.map((centre) => (
        <td key={centre} data-heard-by={centre}>
          <Heard row={row} heard={row.heard.find((one) => one.centre === centre)} sight={sight} />
        </td>
      ))}
      <td>
        <div class="buttons">
          {deeds[row.state].map((deed) => (
            <button
              key={deed}
              type="button"
              disabled={!obeys}
              data-deed={deed}
              aria-label={texts.of(texts[deed], name)}
              onClick={() => actions.order({ order: deed, process: row.id })}
            >
              {texts[deed]}
            </button>
          ))}
        </div>
      </td>
    </tr>
  );
}

type HeardProps = {
  readonly row: ProcessRow;
  readonly heard: HeardRow | undefined;
  readonly sight: Sight;
};

function Heard({ row, heard, sight }: HeardProps): JSX.Element {
  const { texts, clock, nowMs } = sight;
  if (row.type === "ambulance") return <small>{texts.notShown}</small>;
  if (heard === undefined) return <span aria-hidden="true">–</span>;
  if (!heard.answers) return <small>{texts.centreIsGone}</small>;
  const since = heard.lastHeardMs;
  if (heard.silent > 0 && heard.heard === 0) {
    return (
      <span class="tone-silent state-word" data-heard="no">
        <Mark shape="silent" />{" "}
        {since === null ? texts.notHeard : texts.notHeardSince(clock.minute(since, nowMs))}
      </span>
    );
  }
  const isAll = heard.heard === row.sites;
  return (
    <span data-heard={isAll ? "yes" : "some"}>
      <Mark shape={isAll ? "heard" : "late"} />{" "}
      {row.sites === 1 && isAll ? texts.heard : texts.heardSome(heard.heard, row.sites)}
    </span>
  );
}
