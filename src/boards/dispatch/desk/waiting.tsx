import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isDeciding, isWaiting } from "../mission-order.ts";
import type { Sight } from "../sight.ts";
import { callsText } from "./calls-text.ts";

/** The head of the board, and as much at its lower edge: what is only there counts as not seen. */
const edgePx = 80;

/** What must be decided, and what called, each as long as it is out of sight: above it a panel is open, or the page is scrolled. */
export function Waiting({ sight }: { readonly sight: Sight }): JSX.Element {
  const { missions } = sight.room;
  const waiting = [...missions.values()].filter(isWaiting);
  const doors = waiting.filter((row) => !isDeciding(row)).length;
  const decisions = waiting.length > 0 ? sight.texts.waitingCount(waiting.length - doors, doors) : "";
  return (
    <>
      <Unseen heading="decisions" words={decisions} />
      <Unseen heading="calls" words={callsText(sight)} />
    </>
  );
}

/** @param props.words empty: nothing waits there */
function Unseen(props: { readonly heading: string; readonly words: string }): JSX.Element | null {
  const { heading, words } = props;
  const isSeen = useIsSeen(`[aria-labelledby=${heading}]`, words !== "");
  if (isSeen || words === "") return null;
  return (
    <a class="waiting" href={`#${heading}`}>
      {words}
    </a>
  );
}

/** @param isThere its place comes and goes with it */
function useIsSeen(selector: string, isThere: boolean): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    const place = document.querySelector(selector);
    if (place === null) return;
    const look = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting !== false), {
      rootMargin: `${-edgePx}px 0px`,
    });
    look.observe(place);
    return () => look.disconnect();
  }, [selector, isThere]);
  return isSeen;
}
