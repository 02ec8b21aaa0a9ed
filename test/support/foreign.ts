import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./files.ts";

/*
 * Programs of others that check what we write. `setup.mjs --foreign` installs them where apt and root are there;
 * elsewhere their tests are skipped and say why.
 */

/** Where Debian's golang-*-dev packages put their sources. */
const goPath = "/usr/share/gocode";

/** Why the program of test/go cannot be built here; null where it can. */
export function goMissing(): string | null {
  if (spawnSync("go", ["version"]).status !== 0) return "needs Go: Debian's golang-go";
  return existsSync(join(goPath, "src/golang.org/x/mod/sumdb/note"))
    ? null
    : "needs Go's note and tlog: Debian's golang-golang-x-mod-dev";
}

/** Builds test/go/verify.go; about 20 s the first time on a machine. */
export function buildVerifier(file: string): void {
  const env = { ...process.env, GO111MODULE: "off", GOPATH: goPath, GOFLAGS: "" };
  const built = spawnSync("go", ["build", "-o", file, join(root, "test/go/verify.go")], {
    env,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`go build: ${built.error?.message ?? built.stderr}`);
}

/** Why a NATS server cannot be started here; null where it can. */
export function natsMissing(): string | null {
  return spawnSync("nats-server", ["--version"]).status === 0
    ? null
    : "needs nats-server: Debian's package of that name";
}

/** Why Debian's reader of codes cannot be asked here; null where it can. */
export function zbarMissing(): string | null {
  return spawnSync("zbarimg", ["--version"]).status === 0 ? null : "needs zbarimg: Debian's zbar-tools";
}

/** Why Debian's age cannot be asked here; null where it can. */
export function ageMissing(): string | null {
  return spawnSync("age", ["--version"]).status === 0 ? null : "needs age: Debian's age";
}
