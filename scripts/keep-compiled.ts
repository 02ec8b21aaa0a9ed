// node --import ./scripts/keep-compiled.ts ...: keeps what Node made of the TypeScript for the next start, where the
// rehearsal's own processes keep theirs too. Half of the command's processor time until it does something.

import { enableCompileCache } from "node:module";
import { join } from "node:path";

enableCompileCache(join(import.meta.dirname, "..", ".holdfast", "compiled"));
