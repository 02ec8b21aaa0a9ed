// @ts-check
// Installs what is missing, then says nothing. The one file that is not TypeScript: it runs on whatever Node
// (20 or newer) the machine has, before the pinned runtime is there. See docs/decisions/0002-typescript-run-directly.md.
//
//   node setup.mjs             packages and the pinned runtime, by `npm ci`, unless they are those of the lockfile
//   node setup.mjs --browser   also a Chromium for the browser tests
//   node setup.mjs --foreign   also others' programs that check what we write, where apt and root are there

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));
const modules = join(root, "node_modules");
const stampFile = join(modules, ".holdfast-setup");
const runtime = join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node");
const ownMajor = Number(process.versions.node.split(".")[0]);
/** package.json "engines" says the same. */
const neededMajor = 24;

/**
 * The Chromium or Chrome of this machine, or null. `CHROMIUM_PATH` decides where it is set.
 * @returns {string | null}
 */
export function chromiumPath() {
  const set = process.env["CHROMIUM_PATH"];
  if (set) return existsSync(set) ? set : null;
  // The one without windows costs tests half the processor's time of the others.
  const names = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
  ];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const fixed = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return (
    [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...fixed].find(existsSync) ??
    null
  );
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(`holdfast: ${sentence}`);
  process.exit(1);
}

/**
 * Whether the lockfile holds a pinned Node for this machine's system and processor.
 * @param {string} lockfile
 */
function hasPinnedRuntime(lockfile) {
  /** @type {{ os?: string | string[], cpu?: string | string[], bin?: Record<string, string> }[]} */
  const packages = Object.values(JSON.parse(lockfile).packages);
  return packages.some(
    ({ os, cpu, bin }) =>
      bin?.["node"] !== undefined &&
      [os].flat().includes(process.platform) &&
      [cpu].flat().includes(process.arch),
  );
}

/** @param {string} command @param {string[]} args */
function runs(command, args) {
  return spawnSync(command, args, { stdio: "ignore", shell: process.platform === "win32" }).status === 0;
}

const hasApt = () => process.getuid?.() === 0 && runs("apt-get", ["--version"]);

/**
 * @param {string[]} packages
 * @returns {boolean} whether apt-get did it; if not, it has said why
 */
function aptDid(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  /** @type {import("node:child_process").ExecFileSyncOptions} */
  const options = { env, stdio: ["ignore", "ignore", "inherit"] };
  try {
    execFileSync("apt-get", ["update", "-qq"], options);
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], options);
    return true;
  } catch {
    return false;
  }
}

/** @param {string[]} packages */
function aptInstall(packages) {
  if (!aptDid(packages))
    fail(`apt-get could not install ${packages.join(" and ")}; its own words are above.`);
}

function installPackages() {
  const ci = [
    "ci",
    "--include=dev",
    "--include=optional",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const npm = process.env["npm_execpath"];
  const done = npm
    ? spawnSync(process.execPath, [npm, ...ci], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
    : spawnSync("npm", ci, {
        cwd: root,
        stdio: ["ignore", "ignore", "inherit"],
        shell: process.platform === "win32",
      });
  if (done.status !== 0)
    fail(
      "npm could not install the packages of package-lock.json; npm's own words are above. Is the network there?",
    );
}

/** The pinned Node must really run here (musl instead of glibc, a missing libatomic); where it does not, it must not shadow a good one. */
function proveRuntime() {
  // npm goes on without an optional package that did not arrive.
  if (!existsSync(runtime) && ownMajor < neededMajor)
    fail(
      `npm brought no Node, and this machine's own Node ${process.versions.node} is older than ${neededMajor}. Is the network there? Start again.`,
    );
  if (!existsSync(runtime) || runs(runtime, ["--version"])) return;
  if (process.platform === "linux" && hasApt()) aptInstall(["libatomic1"]);
  if (runs(runtime, ["--version"])) return;
  if (ownMajor < neededMajor)
    fail(
      `the Node that npm brought does not run on this machine (on Linux it needs glibc and libatomic), and its own Node ${process.versions.node} is older than ${neededMajor}.`,
    );
  rmSync(runtime);
}

function setUpPackages() {
  const lockfile = readFileSync(join(root, "package-lock.json"), "utf8");
  const stamp = createHash("sha256").update(`${process.platform} ${process.arch} ${lockfile}`).digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  if (!hasPinnedRuntime(lockfile) && ownMajor < neededMajor)
    fail(
      `npm has no Node for ${process.platform} on ${process.arch}, and this machine's own Node ${process.versions.node} is too old: install Node ${neededMajor} or newer.`,
    );
  console.error("holdfast: installing the packages of package-lock.json (once)");
  installPackages();
  proveRuntime();
  writeFileSync(stampFile, stamp);
}

function setUpBrowser() {
  if (chromiumPath() !== null) return;
  if (!process.env["CHROMIUM_PATH"] && hasApt()) {
    console.error("holdfast: installing Chromium for the browser tests (once)");
    const fonts = "fonts-dejavu-core";
    // Older releases of Debian have no package of it.
    if (!aptDid(["chromium-headless-shell", fonts])) aptInstall(["chromium", fonts]);
  }
  if (chromiumPath() === null)
    fail("the browser tests need Chromium or Chrome: install one, or set CHROMIUM_PATH to its program file.");
}

/** Programs that the tests only ask for their opinion: a test whose program is missing is skipped and says so. */
const foreignPrograms = [
  { program: "go", packages: ["golang-go", "golang-golang-x-mod-dev"] },
  { program: "zbarimg", packages: ["zbar-tools"] },
  { program: "nats-server", packages: ["nats-server"] },
  { program: "age", packages: ["age"] },
];

function setUpForeign() {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const missing = foreignPrograms.filter(
    ({ program }) => !folders.some((folder) => existsSync(join(folder, program))),
  );
  if (missing.length === 0 || !hasApt()) return;
  const packages = missing.flatMap((one) => one.packages);
  console.error(`holdfast: installing ${packages.join(", ")} for the tests (once)`);
  if (!aptDid(packages)) console.error("holdfast: apt-get could not; their tests will be skipped.");
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  setUpPackages();
  if (process.argv.includes("--browser")) setUpBrowser();
  if (process.argv.includes("--foreign")) setUpForeign();
}
