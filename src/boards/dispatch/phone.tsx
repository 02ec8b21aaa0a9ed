import type { JSX } from "preact";

/** A number to call; nothing where there is none. */
export function Phone(props: { readonly number: string; readonly dial?: () => void }): JSX.Element | null {
  const { number, dial } = props;
  if (number === "") return null;
  return (
    <a class="phone" href={`tel:${number.replaceAll(" ", "")}`} onClick={dial}>
      {number}
    </a>
  );
}
