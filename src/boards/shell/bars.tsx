import type { JSX } from "preact";
import type { Bar } from "./bar-list.ts";
import { Mark } from "./mark.tsx";

/** How we stand ourselves, always in sight. Read out when it changes. */
export function Bars({ bars }: { readonly bars: readonly Bar[] }): JSX.Element {
  return (
    <div class="bars" role="alert">
      {bars.map(({ id, tone, text, reload }) => (
        <p key={id} class={`bar bar-${tone}`} data-bar={id}>
          <Mark shape={tone === "alarm" ? "silent" : "late"} />
          <span>{text}</span>
          {reload && (
            <button type="button" onClick={() => location.reload()}>
              {reload}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
