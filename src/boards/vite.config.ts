import { globSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Pages that are no boards, by the address under which each is served: built apart, so that they cost a board no byte. */
const apart: { readonly [mode: string]: string } = {
  rehearsal: "/",
  camera: "/camera/",
  closures: "/closures/",
};

/** What every board's first rows are made of; the other language and what some boards need later keep to themselves. */
const sharedFiles =
  /node_modules|preload-helper|src\/(basics|region\/(?!desk-choices|task|assign-reasons|transfer-choices|voice-weight))|src\/boards\/shell\/(?!texts-en|finding|sender|site-push|slip-note|sound|urgency|use-held|passing-button|take-focus|fresh-note|relief|contest-words|own-minutes|use-minutes|kept|failed|full-hours)/;
/** What boards of hospitals and crews share beyond that, and the control centre's later. */
const siteFiles =
  /src\/boards\/shell\/(sender|site-push|slip-note|sound|urgency|use-held|passing-button|take-focus|fresh-note|relief|contest-words)/;

/**
 * What a board has after its rows, in few files: each small one would be packed by itself, and badly. What must be
 * decided and what drives comes first of it.
 */
const laterGroups = [
  {
    name: "missions",
    test: /region\/(desk-choices|task)|src\/boards\/dispatch\/(decision|choice|hand|orders|mission-words|missions|call-note|person|slips)/,
  },
  { name: "desk", test: /src\/boards\/dispatch\/(desk\/|asks|cut-off|map|legend|print|whole)/ },
  {
    name: "ward",
    test: /src\/boards\/hospital\/(now|requests|inbound|outgoing|forced|asks|transfer|shift-panel|state-form|confirm|hands|slips)/,
  },
  {
    name: "cab",
    test: /src\/boards\/crew\/(confirm|shift-form|slips|elsewhere|finder|minutes|alone)|src\/basics\//,
  },
  // A crew's, and a control centre's that is cut off.
  { name: "minutes", test: /src\/boards\/shell\/(own|use)-minutes|src\/roads\// },
];

function inputs(mode: string): string[] {
  return mode in apart ? [`${mode}/index.html`] : ["*.html", "shell/early.ts", "shell/worker.ts"];
}

/** Puts early.ts into each board's page: what it asks for is on its way before any file of the board. */
function earlyInPage(): Plugin {
  return {
    name: "early-in-page",
    enforce: "post",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) =>
        Object.values(bundle)
          .filter((chunk) => chunk.type === "chunk" && chunk.name === "early")
          .map((chunk) => ({
            tag: "script",
            children: chunk.type === "chunk" ? chunk.code.trim() : "",
            injectTo: "head-prepend" as const,
          })),
    },
    generateBundle(_options, bundle) {
      for (const [file, chunk] of Object.entries(bundle)) {
        if (chunk.type === "chunk" && chunk.name === "early") delete bundle[file];
      }
    },
  };
}

/** What fetches a board's later parts in place of vite's own helper, which is four times as long. */
function ownHelper(): Plugin {
  const path = join(import.meta.dirname, "shell", "fetch-with.ts");
  return {
    name: "own-helper",
    enforce: "pre",
    load: (id) =>
      id === "\0vite/preload-helper.js"
        ? `export { fetchWith as __vitePreload } from ${JSON.stringify(path)};`
        : null,
  };
}

/** Pages at the top of dist/boards, all they load under /assets with a hash in the name: cached for ever. */
export default defineConfig(({ mode }) => ({
  root: mode in apart ? join(import.meta.dirname, mode) : import.meta.dirname,
  base: apart[mode] ?? "/",
  publicDir: false,
  plugins: mode in apart ? [] : [earlyInPage(), ownHelper()],
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
        // A browser asks for the worker under one name for ever.
        entryFileNames: ({ name }) => (name === "worker" ? "worker.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          includeDependenciesRecursively: false,
          // One script for what boards share instead of one for each set of boards that share something.
          groups: [
            { name: "shell", test: sharedFiles, minShareCount: 2 },
            { name: "site", test: siteFiles, minShareCount: 2 },
            ...laterGroups,
          ],
        },
      },
      input: globSync(inputs(mode).map((pattern) => join(import.meta.dirname, pattern))),
    },
    reportCompressedSize: false,
  },
}));
