import { Hands, ItFailure } from "./hands.tsx";
import { Now } from "./now.tsx";

/** What a hospital answers and says with, beside its rows: loaded after them. */
export const ward = { Hands, ItFailure, Now };
