import { globSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";

/** The page of the rehearsal is no board: built apart, so that it costs a board no byte. */
const rehearsal = "rehearsal";

/** Pages at the top of dist/boards, all they load under /assets with a hash in the name: cached for ever. */
export default defineConfig(({ mode }) => ({
  root: mode === rehearsal ? join(import.meta.dirname, rehearsal) : import.meta.dirname,
  publicDir: false,
  build: {
    outDir: join(import.meta.dirname, "..", "..", "dist", "boards"),
    emptyOutDir: true,
    // A few hundred bytes of marks would otherwise be copied into every script that names them.
    assetsInlineLimit: 0,
    // A page names every script it needs, so that none waits for another one to ask for it.
    modulePreload: { polyfill: false },
    // Every page beside this file is a board.
    rolldownOptions: {
      input: globSync(join(import.meta.dirname, mode === rehearsal ? "rehearsal/index.html" : "*.html")),
    },
    reportCompressedSize: false,
  },
}));
