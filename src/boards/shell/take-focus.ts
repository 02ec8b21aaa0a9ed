import { useLayoutEffect, useRef } from "preact/hooks";

/** A `ref` for what is to have the focus as soon as it is drawn. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}

/**
 * For what goes by itself or when it is pressed: if it has the focus then, the focus goes to the nearest place around it that
 * can take it, instead of to the top of the page.
 */
export function useLeavesFocus<E extends HTMLElement>() {
  const self = useRef<E>(null);
  useLayoutEffect(() => {
    const element = self.current;
    return () => {
      if (element?.contains(document.activeElement))
        element.parentElement?.closest<HTMLElement>("[tabindex]")?.focus({ preventScroll: true });
    };
  }, []);
  return self;
}
