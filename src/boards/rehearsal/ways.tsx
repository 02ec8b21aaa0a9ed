import type { JSX } from "preact";
import type { WayRow } from "../../site/views/rehearsal-view.ts";
import { Mark } from "../shell/mark.tsx";
import { processName } from "./processes.tsx";
import type { Sight } from "./state.ts";

/** The ways between processes that can be made to stand still. */
export function Ways({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view } = sight;
  return (
    <section aria-labelledby="ways">
      <h2 id="ways">{texts.ways}</h2>
      <p class="facts">{texts.waysExplained}</p>
      <ul class="ways">
        {view.ways.map((row) => (
          <Way key={row.id} row={row} sight={sight} />
        ))}
      </ul>
    </section>
  );
}

function Way({ row, sight }: { readonly row: WayRow; readonly sight: Sight }): JSX.Element {
  const { texts, view } = sight;
  const first = processName(view, texts, row.first);
  const second = processName(view, texts, row.second);
  const name = texts.between(first, second);
  return (
    <li data-way={row.id} data-standing={row.standing ?? "free"}>
      <p>
        <Mark shape={row.standing === null ? "heard" : "cannot"} /> <strong>{name}</strong>:{" "}
        {row.standing === null ? texts.wayFree : texts.standings(first, second)[row.standing]}
      </p>
      <Deeds row={row} names={[first, second]} sight={sight} />
    </li>
  );
}

type DeedsProps = {
  readonly row: WayRow;
  readonly names: readonly [first: string, second: string];
  readonly sight: Sight;
};

function Deeds({ row, names: [first, second], sight }: DeedsProps): JSX.Element {
  const { texts, obeys, actions } = sight;
  const name = texts.between(first, second);
  const deeds = [
    { standing: "both", text: texts.standBoth },
    { standing: "from-first", text: texts.standFrom(first) },
    { standing: "from-second", text: texts.standFrom(second) },
  ] as const;
  return (
    <div class="buttons">
      {deeds
        .filter(({ standing }) => standing !== row.standing)
        .map(({ standing, text }) => (
          <button
            key={standing}
            type="button"
            disabled={!obeys}
            data-standing={standing}
            aria-label={texts.of(text, name)}
            onClick={() => actions.order({ order: "stand", way: row.id, standing })}
          >
            {text}
          </button>
        ))}
      {row.standing !== null && (
        <button
          type="button"
          class="main-button"
          disabled={!obeys}
          aria-label={texts.of(texts.restore, name)}
          onClick={() => actions.order({ order: "restore", way: row.id })}
        >
          {texts.restore}
        </button>
      )}
    </div>
  );
}
