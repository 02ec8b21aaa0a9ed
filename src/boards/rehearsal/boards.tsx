import type { JSX } from "preact";
import type { BoardLink } from "../../site/views/rehearsal-view.ts";
import { type Sight, siteName } from "./state.ts";

type AnchorProps = {
  readonly board: BoardLink;
  readonly sight: Sight;
  /** Says what it does and looks like a button. */
  readonly isMain?: boolean;
};

/** One tap opens a board, in the language of this page. */
export function BoardAnchor({ board, sight, isMain = false }: AnchorProps): JSX.Element {
  const { texts, view, language } = sight;
  const name = siteName(view, board.site);
  return (
    <a
      class={isMain ? "board-link main-link" : "board-link"}
      href={language === "en" ? `${board.url}?lang=en` : board.url}
      target="_blank"
      rel="noopener"
      data-board={board.site}
    >
      {isMain ? texts.openBoard(name) : name} <span class="unseen">{texts.inNewWindow}</span>
    </a>
  );
}

/** Every board of the rehearsal. */
export function Boards({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view } = sight;
  const of = (type: BoardLink["type"]) => view.boards.filter((board) => board.type === type);
  const crews = of("ambulance");
  const busy = crews.filter((board) => board.busy);
  const idle = crews.filter((board) => !board.busy);
  const hospitals = of("hospital").toSorted((a, b) => a.name.localeCompare(b.name, "de"));
  return (
    <section aria-labelledby="boards">
      <h2 id="boards">{texts.boards}</h2>
      <h3>{texts.centres}</h3>
      <BoardList boards={of("control-centre")} sight={sight} />
      <h3>{texts.busyCrews(busy.length)}</h3>
      {busy.length === 0 ? (
        <p class="empty">{texts.noBusyCrews}</p>
      ) : (
        <BoardList boards={busy} sight={sight} />
      )}
      <details>
        <summary>{texts.idleCrews(idle.length)}</summary>
        <BoardList boards={idle} sight={sight} />
      </details>
      <details>
        <summary>{texts.hospitals(hospitals.length)}</summary>
        <BoardList boards={hospitals} sight={sight} />
      </details>
    </section>
  );
}

function BoardList({ boards, sight }: { readonly boards: readonly BoardLink[]; readonly sight: Sight }) {
  return (
    <ul class="board-list">
      {boards.map((board) => (
        <li key={board.site}>
          <BoardAnchor board={board} sight={sight} />
        </li>
      ))}
    </ul>
  );
}
