import { contactOf } from "../exchange/contact.ts";
import { type Checker, CheckFailure } from "./checker.ts";

/** For a world in which nobody stops: whoever is shown as silent is shown so falsely. */
export function nobodyIsSilent(): Checker {
  return {
    name: "false-silence",
    stepped: (process, input) => {
      if (input.type !== "tick") return;
      for (const { id, contact } of process.house?.hosted.values() ?? []) {
        for (const site of contact.sites.keys()) {
          if (contactOf(contact, site).verdict === "silent")
            throw new CheckFailure("false-silence", `${id} takes ${site} for silent`);
        }
      }
    },
  };
}
