import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { type Role, roles } from "../../region/choices.ts";
import type { Words } from "../../region/words.ts";
import { crewRoles } from "./person.ts";
import type { Sight } from "./speech.ts";

/** Role and name at the start of a shift; what is typed stays while the anchor is gone. */
export function ShiftForm(props: {
  readonly sight: Sight;
  readonly title: string;
  /** The anchor is there and can record. */
  readonly canBegin: boolean;
  readonly begin: (role: Role, name: string) => Promise<Words | null>;
}): JSX.Element {
  const { sight, title, canBegin, begin } = props;
  const { texts, language } = sight;
  const id = useId();
  const [role, setRole] = useState<Role | null>(null);
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<Words | string>("");
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (role === null || name.trim() === "") return setProblem(texts.beginFirst);
    setProblem((await begin(role, name).catch(() => texts.beginFailed)) ?? "");
  };
  return (
    <section class="shift" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <form onSubmit={onSubmit}>
        <fieldset class="roles">
          <legend>{texts.role}</legend>
          {crewRoles.map((option) => (
            <label key={option} class="choice">
              <input type="radio" name={id} checked={role === option} onChange={() => setRole(option)} />
              {roles[option][language]}
            </label>
          ))}
        </fieldset>
        <label for={`${id}-name`}>{texts.name}</label>
        <input
          id={`${id}-name`}
          type="text"
          maxLength={60}
          autocomplete="off"
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <p class="facts">{texts.shiftNote}</p>
        <button type="submit" class="main-button big wide" disabled={!canBegin}>
          {texts.begin}
        </button>
        <p role="alert">{typeof problem === "string" ? problem : problem[language]}</p>
      </form>
    </section>
  );
}
