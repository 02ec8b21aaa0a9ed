import { heardBeat, setSites, tick } from "../../src/exchange/contact.ts";
import type { BoardContext } from "../../src/site/views/board-rows.ts";
import { boardHouse } from "../support/board-house.ts";
import { type Logs, nightMs } from "../support/region.ts";

/** What a centre's board hears, second by second since the night began. */
export type Watched = {
  readonly logs: Logs;
  readonly untilS: number;
  /** From when on a site is not heard by us; every other is, once a second. */
  readonly silentFromS?: { readonly [site: string]: number };
  /** Whom the other centre still hears and names in its beats. */
  readonly heardByOther?: readonly string[];
};

const others = ["lst-w", "ukd", "neuss", "barmen"];

/** The board of lst-d. */
export function watching({ logs, untilS, silentFromS = {}, heardByOther = [] }: Watched): BoardContext {
  const context = boardHouse("lst-d/box/1-00000001", logs);
  const { contact } = context.hosted;
  const site = (name: string) => ({ site: name, devices: [`${name}/box`], mobile: false, ownHouse: false });
  setSites(contact, others.map(site));
  for (let second = 0; second <= untilS; second += 0.25) {
    const now = { wallMs: nightMs + second * 1_000, monoMs: second * 1_000 };
    if (Number.isInteger(second)) {
      const heard = Object.fromEntries(heardByOther.map((name) => [`${name}/box`, [1, second + 1] as const]));
      for (const name of others) {
        if (second >= (silentFromS[name] ?? Number.POSITIVE_INFINITY)) continue;
        const beat = {
          boot: 1,
          beat: second + 1,
          wallMs: now.wallMs,
          storing: true,
          digest: "",
          backByMs: null,
        };
        heardBeat(contact, `${name}/box`, { ...beat, heard: name === "lst-w" ? heard : {} }, now);
      }
    }
    tick(contact, now);
  }
  return context;
}
