import { globSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";

/** Pages that are no boards, by the address under which each is served: built apart, so that they cost a board no byte. */
const apart: { readonly [mode: string]: string } = { rehearsal: "/", camera: "/camera/" };

/** What every board's first rows are made of; the other language and what some boards need later keep to themselves. */
const sharedFiles =
  /node_modules|preload-helper|src\/(basics|region)\/|src\/boards\/shell\/(?!texts-en|finding|site-push|slip-note|sound|urgency|use-held)/;
/** What boards of hospitals and crews share beyond that, and the control centre's later. */
const siteFiles = /src\/boards\/shell\/(finding|site-push|slip-note|sound|urgency|use-held)/;

/** Pages at the top of dist/boards, all they load under /assets with a hash in the name: cached for ever. */
export default defineConfig(({ mode }) => ({
  root: mode in apart ? join(import.meta.dirname, mode) : import.meta.dirname,
  base: apart[mode] ?? "/",
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
      output: {
        codeSplitting: {
          // One script for what boards share instead of one for each set of boards that share something.
          groups: [
            { name: "shell", test: sharedFiles, minShareCount: 2 },
            { name: "site", test: siteFiles, minShareCount: 2 },
          ],
        },
      },
      input: globSync(join(import.meta.dirname, mode in apart ? `${mode}/index.html` : "*.html")),
    },
    reportCompressedSize: false,
  },
}));
