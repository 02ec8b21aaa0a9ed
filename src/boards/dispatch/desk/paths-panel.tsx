import type { JSX } from "preact";
import type { PathRow } from "../../../site/views/board-desk-view.ts";
import { Mark } from "../../shell/mark.tsx";
import { nameOf, timeText } from "../../shell/sight.ts";
import { contactNotes, soundNotes } from "../hospital-words.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

const pathShapes = { heard: "heard", late: "late", silent: "silent" } as const;

/** Our own paths, and what is wrong with clocks, contact and sound elsewhere: all in one place, in words. */
export function PathsPanel({ sight }: { readonly sight: Sight }): JSX.Element {
  const texts = deskTexts(sight);
  const { heard, rows } = sight.room.centre.paths;
  const troubles = sitesInTrouble(sight);
  return (
    <div class="panel-columns">
      <div>
        <h3>{texts.ownPaths}</h3>
        <p>{texts.pathsHeard(heard)}</p>
        <ul class="paths">
          {rows.map((row) => (
            <li
              key={row.site}
              data-path={row.site}
              class={row.state === "silent" ? "tone-silent" : "tone-soft"}
            >
              <span class="word">
                <Mark shape={pathShapes[row.state]} /> {pathText(row, sight)}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{texts.contactTrouble}</h3>
        {troubles.length === 0 && <p class="empty">{texts.noTrouble}</p>}
        <ul class="paths">
          {troubles.map(({ site, notes }) => (
            <li key={site} data-trouble={site}>
              {texts.siteTrouble(nameOf(sight, site), notes.join(" · "))}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function pathText({ site, state, lastHeardMs }: PathRow, sight: Sight): string {
  const texts = deskTexts(sight);
  const name = nameOf(sight, site);
  if (state === "heard") return texts.pathHeard(name);
  if (state === "late") return texts.pathLate(name);
  return lastHeardMs === null
    ? texts.pathNeverHeard(name)
    : texts.pathSilent(name, timeText(sight, lastHeardMs));
}

function sitesInTrouble(sight: Sight) {
  const { hospitals, centre } = sight.room;
  const sites = new Set([...hospitals.keys(), ...centre.noSound.map(({ site }) => site)]);
  return [...sites]
    .map((site) => {
      const contact = hospitals.get(site)?.contact;
      const notes = contact === undefined ? [] : contactNotes(contact, sight);
      return { site, notes: [...notes, ...soundNotes(site, sight)] };
    })
    .filter(({ notes }) => notes.length > 0);
}
