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
    test: /region\/(desk-choices|task)|src\/boards\/shell\/desk-number|src\/boards\/dispatch\/(decision|choice|hand|lists|orders|mission-words|missions|call-note|person|slips)/,
  },
  {
    name: "desk",
    test: /region\/pzc|views\/patient-flags|src\/boards\/(shell\/held-order|dispatch\/(desk\/|asks|cut-off|map|legend|print|wall-lists|wall-texts|whole))/,
  },
  // A crew's, and a control centre's that is cut off.
  { name: "minutes", test: /src\/boards\/shell\/(own-minutes|use-minutes|finding)|src\/roads\// },
  // What a desk and a hospital ask and say.
  {
    name: "said",
    test: /region\/(assign-reasons|transfer-choices|voice-weight)|src\/boards\/shell\/full-hours/,
  },
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

/** What elements are made with, in files that have any: vite's own `jsxInject` puts it into every file. */
function elementsMade(): Plugin {
  return {
    name: "elements-made",
    enforce: "pre",
    transform: {
      filter: { id: /\.tsx$/ },
      handler: (code) => `import { h as __h, Fragment as __Fragment } from "preact";${code}`,
    },
  };
}

/**
 * Pages without blanks between their elements, and two short names in place of those by which light-dark() is spelt out
 * for browsers that lack it: together 75 bytes of each board's first ones.
 */
function tightened(): Plugin {
  return {
    name: "tightened",
    enforce: "post",
    transformIndexHtml: {
      order: "post",
      handler: (html) => html.replaceAll(/\n\s*/g, "").replaceAll(" crossorigin", ""),
    },
    generateBundle: {
      order: "post",
      handler: (_options, bundle) => {
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".css"))
            file.source = String(file.source).replaceAll(/--lightningcss-(l|d)[a-z]+/g, "--$1");
        }
      },
    },
  };
}

/** By script: itself and every file that runs before it does. */
const loadedWith = new Map<string, ReadonlySet<string>>();

/** Notes what each script comes with, before vite lists for each later part what to ask for. */
function importsNoted(): Plugin {
  return {
    name: "imports-noted",
    generateBundle: {
      order: "pre",
      handler: (_options, bundle) => {
        const add = (file: string, known: Set<string>): Set<string> => {
          const chunk = bundle[file];
          if (known.has(file) || chunk?.type !== "chunk") return known;
          known.add(file);
          for (const imported of chunk.imports) add(imported, known);
          return known;
        };
        for (const file of Object.keys(bundle)) loadedWith.set(file, add(file, new Set()));
      },
    },
  };
}

/** Pages at the top of dist/boards, all they load under /assets with a hash in the name: cached for ever. */
export default defineConfig(({ mode }) => ({
  root: mode in apart ? join(import.meta.dirname, mode) : import.meta.dirname,
  base: apart[mode] ?? "/",
  publicDir: false,
  plugins: [
    elementsMade(),
    ...(mode in apart ? [] : [earlyInPage(), ownHelper(), importsNoted(), tightened()]),
  ],
  // An element is called with its children, which is shorter than naming them.
  oxc: { jsx: { runtime: "classic", pragma: "__h", pragmaFrag: "__Fragment" } },
  build: {
    outDir: join(import.meta.dirname, "..", "..", "dist", "boards"),
    emptyOutDir: true,
    // A few hundred bytes of marks would otherwise be copied into every script that names them.
    assetsInlineLimit: 0,
    // A page names every script it needs, so that none waits for another one to ask for it.
    modulePreload: {
      polyfill: false,
      // What runs already is not asked for again.
      resolveDependencies: (_file, deps, { hostId }) =>
        deps.filter((dep) => loadedWith.get(hostId)?.has(dep) !== true),
    },
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
