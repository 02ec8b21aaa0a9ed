import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { root } from "./support/files.ts";

const runs = "#!/bin/sh\nexit 0\n";
const breaks = "#!/bin/sh\nexit 1\n";

let folder = "";
const at = (...path: string[]) => join(folder, ...path);
const calls = (program: string) =>
  existsSync(at(program)) ? readFileSync(at(program), "utf8").trim().split("\n") : [];

function program(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function lockfile(cpu: string): void {
  const packages = { "node_modules/pinned": { os: process.platform, cpu, bin: { node: "bin/node" } } };
  writeFileSync(at("package-lock.json"), JSON.stringify({ packages }));
}

/** An npm that writes down its arguments and installs the given text as the runtime; null: it fails. */
function npm(runtime: string | null): void {
  const text =
    runtime === null
      ? "process.exit(1);"
      : `fs.mkdirSync("node_modules/.bin", { recursive: true });
         fs.writeFileSync("node_modules/.bin/node", ${JSON.stringify(runtime)}, { mode: 0o755 });`;
  const note = `fs.appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n");`;
  writeFileSync(at("npm.cjs"), `const fs = require("node:fs"); ${note} ${text}`);
}

/** Runs setup.mjs in the folder as on a machine with that Node, user and environment, and an otherwise empty PATH. */
function setUp(machine: { node?: string; uid?: number; args?: string[]; env?: Record<string, string> } = {}) {
  const pretend = `
    Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${machine.node ?? "20.11.0"}" } });
    process.getuid = () => ${machine.uid ?? 1000};`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ["--import", preload, at("setup.mjs"), ...(machine.args ?? [])],
    { cwd: folder, encoding: "utf8", env: { PATH: at("bin"), npm_execpath: at("npm.cjs"), ...machine.env } },
  );
  return { status, said: `${stdout}${stderr}` };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdfast-setup-"));
  mkdirSync(at("bin"));
  copyFileSync(join(root, "setup.mjs"), at("setup.mjs"));
  lockfile(process.arch);
  npm(runs);
});

afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === "win32")("set-up (its stand-in programs are shell scripts)", () => {
  test("installs once, without install scripts, and then says nothing until the lockfile changes", () => {
    expect(setUp()).toEqual({
      status: 0,
      said: "holdfast: installing the packages of package-lock.json (once)\n",
    });
    expect(setUp()).toEqual({ status: 0, said: "" });
    expect(calls("npm-calls")).toHaveLength(1);
    expect(calls("npm-calls")[0]).toMatch(/^ci .*--ignore-scripts/);
    writeFileSync(at("package-lock.json"), `${readFileSync(at("package-lock.json"), "utf8")}\n`);
    expect(setUp().status).toBe(0);
    expect(calls("npm-calls")).toHaveLength(2);
  });

  test("says when npm has no runtime for the platform and the own Node is too old, before it installs", () => {
    lockfile("none");
    const { status, said } = setUp();
    expect(status).toBe(1);
    expect(said).toBe(
      `holdfast: npm has no Node for ${process.platform} on ${process.arch}, and this machine's own Node 20.11.0 is too old: install Node 24 or newer.\n`,
    );
    expect(calls("npm-calls")).toEqual([]);
  });

  test("goes on where npm has no runtime but the own Node is new enough", () => {
    lockfile("none");
    expect(setUp({ node: "24.0.0" }).status).toBe(0);
    expect(calls("npm-calls")).toHaveLength(1);
  });

  test("says when npm fails, and tries again the next time", () => {
    npm(null);
    for (const attempt of [1, 2]) {
      const { status, said } = setUp();
      expect(status).toBe(1);
      expect(said).toContain("holdfast: npm could not install the packages");
      expect(calls("npm-calls")).toHaveLength(attempt);
    }
  });

  test("says when the runtime does not run here and the own Node is too old", () => {
    npm(breaks);
    const { status, said } = setUp();
    expect(status).toBe(1);
    expect(said).toContain("holdfast: the Node that npm brought does not run on this machine");
  });

  test("puts a runtime that does not run here out of the way of a good own Node", () => {
    npm(breaks);
    expect(setUp({ node: "26.0.0" }).status).toBe(0);
    expect(existsSync(at("node_modules/.bin/node"))).toBe(false);
  });

  describe("--browser", () => {
    const browser = { args: ["--browser"] };
    const apt = (text: string) =>
      program(at("bin", "apt-get"), `#!/bin/sh\necho "$@" >> "${at("apt-calls")}"\n${text}\n`);

    test("finds a browser on PATH", () => {
      program(at("bin", "google-chrome"), runs);
      expect(setUp(browser).status).toBe(0);
    });

    test("takes CHROMIUM_PATH at its word", () => {
      program(at("my-browser"), runs);
      expect(setUp({ ...browser, env: { CHROMIUM_PATH: at("my-browser") } }).status).toBe(0);
      program(at("bin", "chromium"), runs);
      expect(setUp({ ...browser, env: { CHROMIUM_PATH: at("absent") } }).status).toBe(1);
    });

    test.each([
      ["chromium-headless-shell", "where it has it"],
      ["chromium", "where it has no package of the headless shell"],
    ])("installs Debian's %s %s, where apt and root are there", (name) => {
      apt(
        `case "$*" in *version|update*) exit 0;; *" ${name} "*) : > "${at("bin", name)}";; *) exit 100;; esac`,
      );
      expect(setUp({ ...browser, uid: 0 }).status).toBe(0);
      expect(calls("apt-calls").at(-1)).toBe(
        `install -y -qq --no-install-recommends ${name} fonts-dejavu-core`,
      );
    });

    test("says when apt fails, and what is missing without root or apt", () => {
      apt(`if [ "$1" = install ]; then exit 100; fi`);
      expect(setUp({ ...browser, uid: 0 }).said).toContain("holdfast: apt-get could not install chromium");
      const { status, said } = setUp(browser);
      expect(status).toBe(1);
      expect(said).toBe(
        "holdfast: the browser tests need Chromium or Chrome: install one, or set CHROMIUM_PATH to its program file.\n",
      );
    });
  });

  describe("--foreign", () => {
    const foreign = { args: ["--foreign"], uid: 0 };
    const apt = (text: string) =>
      program(at("bin", "apt-get"), `#!/bin/sh\necho "$@" >> "${at("apt-calls")}"\n${text}\n`);

    test("installs what is missing where apt and root are there, and nothing that is there", () => {
      program(at("bin", "zbarimg"), runs);
      apt("");
      expect(setUp(foreign).status).toBe(0);
      expect(calls("apt-calls").at(-1)).toBe(
        "install -y -qq --no-install-recommends golang-go golang-golang-x-mod-dev nats-server age",
      );
    });

    test("goes on without them: their tests are skipped", () => {
      expect(setUp({ args: ["--foreign"] }).status).toBe(0);
      apt(`if [ "$1" = install ]; then exit 100; fi`);
      const { status, said } = setUp(foreign);
      expect(status).toBe(0);
      expect(said).toContain("holdfast: apt-get could not; their tests will be skipped.");
    });
  });
});
