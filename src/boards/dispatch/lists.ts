import { Decisions } from "./decisions.tsx";
import { handAt } from "./hand.ts";
import { Missions } from "./missions.tsx";

/** What has to be decided, what drives, and what a desk writes with: loaded after the first rows. */
export const lists = { Decisions, Missions, handAt };
