/** A `ref` for what is to have the focus as soon as it is drawn. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
