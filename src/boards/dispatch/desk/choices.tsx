import type { JSX } from "preact";
import type { Choices } from "../../../region/words.ts";
import { Mark, type MarkShape, toneOf } from "../../shell/mark.tsx";
import { useId } from "../../shell/use-id.ts";
import type { Sight } from "../sight.ts";

/** One of a short closed list, each a hand's width high. */
export function OneOf<T extends string>(props: {
  readonly label: string;
  readonly choices: { readonly [id in T]: Choices[string] };
  readonly chosen: T | null;
  readonly sight: Sight;
  readonly choose: (id: T) => void;
  /** Ids that are signs as well. */
  readonly marked?: boolean;
}): JSX.Element {
  const { label, choices, chosen, sight, choose, marked = false } = props;
  const name = useId();
  // The keys of a closed list are its ids.
  const ids = Object.keys(choices) as T[];
  return (
    <fieldset class="one-of">
      <legend>{label}</legend>
      {ids.map((id) => (
        <label key={id} class={marked ? `line tone-${toneOf(id as MarkShape)}` : "line"}>
          <input type="radio" name={name} checked={chosen === id} onChange={() => choose(id)} />
          <span class={marked ? "word" : ""}>
            {marked && <Mark shape={id as MarkShape} />} {choices[id][sight.language]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Yes or no. */
export function Tick(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly set: (isChecked: boolean) => void;
  readonly class?: string;
}): JSX.Element {
  const { label, checked, set } = props;
  return (
    <label class={props.class ?? "need tick"}>
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => set(currentTarget.checked)} />
      {label}
    </label>
  );
}
