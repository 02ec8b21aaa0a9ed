import { formsOf } from "../../src/drill/check-sealed.ts";

/** What to look for where no secret may stand: of an age file what tells it from every other, its last bytes. */
export function needlesOf(secrets: readonly Uint8Array[]): readonly Buffer[] {
  return secrets.flatMap((secret) => formsOf(secret.slice(-24)));
}
