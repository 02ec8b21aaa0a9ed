import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { found } from "../shell/finding.ts";
import { useId } from "../shell/use-id.ts";
import type { Sight } from "./speech.ts";

const countMax = 6;

/** Typing narrows a long list down to a few big buttons. What is typed stays while the anchor is gone. */
export function Finder<T>(props: {
  readonly label: string;
  readonly items: readonly T[];
  readonly textOf: (item: T) => string;
  readonly keyOf: (item: T) => string;
  readonly sight: Sight;
  readonly choose: (item: T) => void;
}): JSX.Element {
  const { label, items, textOf, keyOf, sight, choose } = props;
  const id = useId();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const matches = found(items, typed, textOf, countMax);
  return (
    <div class="finder">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={field}
        type="search"
        autocomplete="off"
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <p role="status">{typed.trim() !== "" && matches.length === 0 ? sight.texts.noMatch : ""}</p>
      <ul class="matches">
        {matches.map((item) => (
          <li key={keyOf(item)}>
            <button
              type="button"
              class="big"
              disabled={!sight.canWrite}
              onClick={() => {
                setTyped("");
                field.current?.focus();
                choose(item);
              }}
            >
              {textOf(item)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
