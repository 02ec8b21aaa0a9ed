import { Alone } from "./alone.tsx";
import { Confirm } from "./confirm.tsx";
import { Elsewhere, Position } from "./elsewhere.tsx";
import { MinutesPanel } from "./minutes-panel.tsx";
import { ShiftForm } from "./shift-form.tsx";
import { Slips } from "./slips.tsx";

/** What a crew works with beside its rows: loaded after them. */
export const cab = { Alone, Confirm, Elsewhere, MinutesPanel, Position, ShiftForm, Slips };
