import type { JSX, Ref } from "preact";

/** One of a closed list that is too long to lie open. */
export function Select<T extends string>(props: {
  readonly label: string;
  readonly options: readonly (readonly [id: T, text: string])[];
  readonly value: T | null;
  /** Null: none of them. */
  readonly choose: (id: T | null) => void;
  /** What stands for none of them; left out: one is chosen always. */
  readonly none?: string;
  readonly id?: string;
  readonly self?: Ref<HTMLSelectElement>;
}): JSX.Element {
  const { label, options, value, choose, none, id, self = null } = props;
  return (
    <label class="need">
      {label}
      <select
        id={id}
        ref={self}
        value={value ?? ""}
        onChange={({ currentTarget }) =>
          choose(options.find(([one]) => one === currentTarget.value)?.[0] ?? null)
        }
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
