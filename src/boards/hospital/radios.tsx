import type { JSX } from "preact";
import { useId } from "../shell/use-id.ts";

/** One of a few, each a line. */
export function Radios<T extends string | number>(props: {
  readonly legend: string;
  readonly options: readonly (readonly [id: T, text: string])[];
  readonly chosen: T | null;
  readonly choose: (id: T) => void;
}): JSX.Element {
  const { legend, options, chosen, choose } = props;
  const name = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(([id, text]) => (
        <label key={id} class="line">
          <input type="radio" name={name} checked={chosen === id} onChange={() => choose(id)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
