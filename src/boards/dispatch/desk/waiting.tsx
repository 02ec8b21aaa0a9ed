import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isDeciding, isWaiting } from "../mission-order.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

/** The head of the board, and as much at its lower edge: what is only there counts as not seen. */
const edgePx = 80;

/** What must be decided or called, as long as it is out of sight: above it a panel is open, or the page is scrolled. */
export function Waiting({ sight }: { readonly sight: Sight }): JSX.Element | null {
  const isSeen = useIsSeen(".now");
  const { missions, centre } = sight.room;
  const waiting = [...missions.values()].filter(isWaiting);
  const doors = waiting.filter((row) => !isDeciding(row)).length;
  const words = [
    ...(waiting.length > 0 ? [sight.texts.waitingCount(waiting.length - doors, doors)] : []),
    ...(centre.rounds.length > 0 ? [deskTexts(sight).calls(centre.rounds.length, 0, 0)] : []),
  ];
  if (isSeen || words.length === 0) return null;
  return (
    <a class="waiting" href="#decisions">
      {words.join(", ")}
    </a>
  );
}

function useIsSeen(selector: string): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    const place = document.querySelector(selector);
    if (place === null) return;
    const look = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting !== false), {
      rootMargin: `${-edgePx}px 0px`,
    });
    look.observe(place);
    return () => look.disconnect();
  }, [selector]);
  return isSeen;
}
