import type { JSX } from "preact";
import { assignReasons } from "../../region/assign-reasons.ts";
import type { InboundRow } from "../../site/views/board-site-view.ts";
import { Mark } from "../shell/mark.tsx";
import { nameOf, timeText } from "../shell/sight.ts";
import type { Sight } from "./speech.ts";
import { roleName } from "./words.ts";

/** Sent to us though no suitable hospital was free: by whom, and why. */
export function ForcedNote(props: {
  readonly forced: InboundRow["forced"];
  readonly sight: Sight;
}): JSX.Element | null {
  const { forced, sight } = props;
  if (forced === undefined) return null;
  const { texts, language } = sight;
  const { reason, centre, by, saidMs } = forced;
  const [role = "", number = ""] = by.split("#");
  const who = `${nameOf(sight, centre)}, ${roleName(role, sight)} ${number}`;
  return (
    <p class="warned" data-forced>
      <b>
        <Mark shape="cannot" /> {texts.forced}
      </b>{" "}
      {texts.forcedWhy(assignReasons[reason][language], who, timeText(sight, saidMs))}
    </p>
  );
}
