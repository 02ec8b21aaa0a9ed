import { hash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { resolve } from "node:path";
import { TLSSocket } from "node:tls";
import { err, ok, type Result } from "../../basics/result.ts";
import { type Channel, plainChannel } from "../../exchange/hello.ts";
import type { AnchorConfig } from "../config.ts";

type ListenConfig = AnchorConfig["listen"];

/** The one port of a process: peers and boards come in here. */
export type Listener = {
  readonly server: Server;
  readonly port: number;
  /** What a hello on a connection accepted here is bound to. */
  readonly channel: Channel;
  readonly url: string;
  /** `name:port` under which a browser may ask for boards. */
  readonly hosts: ReadonlySet<string>;
};

const loopback: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

export function isLoopback(host: string): boolean {
  return loopback.includes(bracketed(host));
}

/**
 * Listens, with TLS where the settings name a certificate.
 * @param dir folder from which the settings' file names are meant
 * @returns an error is a sentence
 */
export async function openListener(dir: string, config: ListenConfig): Promise<Result<Listener, string>> {
  const made = config.tls === undefined ? plainServer() : tlsServer(dir, config.tls);
  if (!made.ok) return made;
  const { server, channel } = made.value;
  // HTTP/1.1 keeps a connection without being told to: on a slow link each answer is two lines shorter.
  server.on("request", (_request, response) => response.removeHeader("connection"));
  const port = await listen(server, config);
  if (!port.ok) return port;
  const { scheme, usualPort } = channel === plainChannel ? plain : secure;
  const names = [...loopback, ...(config.names ?? []), config.host].map(bracketed);
  const usual = port.value === usualPort ? names : [];
  return ok({
    server,
    port: port.value,
    channel,
    url: `${scheme}://${bracketed(config.host)}:${port.value}/`,
    hosts: new Set([...names.map((name) => `${name}:${port.value}`), ...usual]),
  });
}

/** What a hello that we dial is bound to: the certificate that the listener showed; null: it showed none. */
export function channelOfDialed(socket: unknown): Channel | null {
  if (!(socket instanceof TLSSocket)) return plainChannel;
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? null : channelOf(certificate);
}

const plain = { scheme: "http", usualPort: 80 } as const;
const secure = { scheme: "https", usualPort: 443 } as const;

type Made = Result<{ readonly server: Server; readonly channel: Channel }, string>;

function plainServer(): Made {
  return ok({ server: createServer(), channel: plainChannel });
}

function tlsServer(
  dir: string,
  { certFile, keyFile }: { readonly certFile: string; readonly keyFile: string },
): Made {
  try {
    const cert = readFileSync(resolve(dir, certFile));
    const server = createTlsServer({ cert, key: readFileSync(resolve(dir, keyFile)) });
    return ok({ server, channel: channelOf(new X509Certificate(cert)) });
  } catch (error) {
    return err(`The certificate in ${certFile} or its key in ${keyFile} cannot be used: ${String(error)}`);
  }
}

/** SHA-256 of the certificate's DER in hexadecimal (SPEC, Hello). */
function channelOf(certificate: X509Certificate): Channel {
  return hash("sha256", certificate.raw);
}

function listen(server: Server, { host, port }: ListenConfig): Promise<Result<number, string>> {
  return new Promise((answer) => {
    server.once("error", (error) => answer(err(`Cannot listen on ${host}:${port}: ${error.message}`)));
    server.listen(port, host, () => {
      const address = server.address();
      answer(ok(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}

/** An IPv6 address as it stands in a URL. */
function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
