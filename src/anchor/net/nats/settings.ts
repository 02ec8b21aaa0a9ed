import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  credsAuthenticator,
  type NodeConnectionOptions,
  usernamePasswordAuthenticator,
} from "@nats-io/transport-node";
import { err, ok, type Result } from "../../../basics/result.ts";
import { secondMs } from "../../../basics/time.ts";
import type { AnchorConfig } from "../../config.ts";

export type NatsConfig = NonNullable<AnchorConfig["nats"]>;
/** Where servers are, and as what we come there. */
export type NatsPlace = Pick<NatsConfig, "servers" | "hosted" | "tls" | "credentials">;

const connectWithinMs = 5 * secondMs;
const pingEveryMs = 10 * secondMs;
const pingsUnansweredMax = 2;

/**
 * How to connect. Files are read now, from the folder of the settings: one that is missing is a sentence at the start, not
 * a connection that fails for ever.
 */
export function natsOptions(dir: string, config: NatsPlace): Result<NodeConnectionOptions, string> {
  try {
    const { credentials, tls } = config;
    return ok({
      servers: [...config.servers],
      name: config.hosted,
      // What is known of a stream lives and dies with a connection, so the carrier begins anew by itself.
      reconnect: false,
      timeout: connectWithinMs,
      pingInterval: pingEveryMs,
      maxPingOut: pingsUnansweredMax,
      ...(credentials === undefined ? {} : { authenticator: authenticatorOf(dir, credentials) }),
      ...(tls === undefined ? {} : { tls: tlsOf(dir, tls) }),
    });
  } catch (error) {
    return err(`The NATS settings name a file that cannot be read: ${messageOf(error)}`);
  }
}

function authenticatorOf(dir: string, credentials: NonNullable<NatsConfig["credentials"]>) {
  if ("credsFile" in credentials)
    return credsAuthenticator(readFileSync(resolve(dir, credentials.credsFile)));
  const password = textOf(dir, credentials.passwordFile).trim();
  return usernamePasswordAuthenticator(credentials.user, password);
}

function tlsOf(
  dir: string,
  tls: NonNullable<NatsConfig["tls"]>,
): { ca?: string; cert?: string; key?: string } {
  return {
    ...(tls.caFile === undefined ? {} : { ca: textOf(dir, tls.caFile) }),
    ...(tls.certFile === undefined ? {} : { cert: textOf(dir, tls.certFile) }),
    ...(tls.keyFile === undefined ? {} : { key: textOf(dir, tls.keyFile) }),
  };
}

function textOf(dir: string, file: string): string {
  return readFileSync(resolve(dir, file), "utf8");
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
