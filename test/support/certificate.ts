import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

/** Whether this machine can make certificates for tests. */
export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

export type Certificate = { readonly certFile: string; readonly keyFile: string; readonly sha256Hex: string };

/** A self-signed certificate in `dir`. Its hash is openssl's own word, in lower-case hexadecimal. */
export function makeCertificate(dir: string, name: string, altName = `DNS:${name}`): Certificate {
  const [certFile, keyFile] = [join(dir, `${name}.crt`), join(dir, `${name}.key`)];
  const subject = ["-subj", `/CN=${name}`, "-days", "2"];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", keyFile];
  execFileSync(
    "openssl",
    ["req", "-x509", ...key, "-out", certFile, "-addext", `subjectAltName=${altName}`, ...subject],
    { stdio: "ignore" },
  );
  const print = execFileSync("openssl", ["x509", "-in", certFile, "-noout", "-fingerprint", "-sha256"], {
    encoding: "utf8",
  });
  const [, digits = ""] = print.trim().split("=");
  return { certFile, keyFile, sha256Hex: digits.replaceAll(":", "").toLowerCase() };
}
