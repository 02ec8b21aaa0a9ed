import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../basics/canonical-json.ts";
import { type DeviceId, deviceOf, type FactRef, type Name, originOf } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { decodeEntry, type Entry } from "../../log/entry.ts";
import {
  type CaseId,
  caseIdOf,
  caseKeyBytes,
  nonceBytes,
  openBody,
  sealBody,
  siteOfCase,
} from "../../log/sealed.ts";
import type { Slot } from "../../log/slot.ts";
import { deviceIn, devicesOf } from "../../region/charter.ts";
import { requestOf } from "../../region/fold.ts";
import type { SubmitAnswer, WrappedKey } from "../../site/effects.ts";
import { logOf } from "../../site/replica.ts";
import { type ErasureStanding, erasureStanding } from "../../site/sealing/erasure.ts";
import { slotsOf } from "../../site/sealing/key-table.ts";
import type { Hosted } from "../../site/state.ts";
import type { StoreResult } from "../../site/store-port.ts";
import { nodeAead, nodeCrypto } from "../crypto-node.ts";
import type { Shell, WrapAsk } from "../shell.ts";
import { type AgeIdentity, unwrapKey, wrapKey } from "./age.ts";

/** A refusal by its code; board-refusals.ts has the sentences. */
export type CaseRefusal = { readonly code: string; readonly detail?: string };

export type Sealed = { readonly case: CaseId; readonly ref: FactRef };

/** One sealed fact of a case: what was sealed, or why it cannot be read. */
export type OpenedFact = { readonly ref: FactRef; readonly at: number; readonly by: string } & (
  | { readonly body: JsonObject }
  | { readonly problem: string }
);

export type OpenedCase =
  | { readonly erased: null; readonly facts: readonly OpenedFact[] }
  | { readonly erased: ErasureStanding };

export type SealRequest = {
  readonly hosted: Hosted;
  /** Null: a new one. */
  readonly case: CaseId | null;
  /** For which a new case is opened. */
  readonly mission: FactRef | null;
  readonly by: string;
  readonly request: string;
  readonly body: JsonObject;
};

export type CaseKeysPorts = {
  readonly shell: Shell;
  readonly identities: ReadonlyMap<DeviceId, AgeIdentity>;
  readonly readEntry: (log: string, index: number) => Promise<StoreResult<readonly Uint8Array[]>>;
};

const noteKind = "case.note/1";

/**
 * What needs a key in the clear: sealing, opening, wrapping. A key is opened for one call and overwritten after it; it is
 * in no log, no file and no answer.
 */
export class CaseKeys {
  readonly #ports: CaseKeysPorts;

  constructor(ports: CaseKeysPorts) {
    this.#ports = ports;
  }

  /** Seals a body as a note of this case, or of a new one; resolves when fact and key are durable. */
  async seal(request: SealRequest): Promise<Result<Sealed, CaseRefusal>> {
    const earlier = await this.#sealedEarlier(request);
    if (earlier !== null) return ok(earlier);
    return request.case === null ? this.#sealInNewCase(request) : this.#sealIn(request, request.case);
  }

  /** What a case holds, as far as this device has its key. */
  async open(hosted: Hosted, id: CaseId): Promise<Result<OpenedCase, CaseRefusal>> {
    const { house } = this.#ports.shell;
    const known = house.fold.cases.get(id);
    if (known === undefined) return err({ code: "no-such-case" });
    const erased = erasureStanding(house, id);
    if (erased !== null) return ok({ erased });
    const facts = await this.#withKey(hosted, id, async (key) => {
      const opened: OpenedFact[] = [];
      for (const ref of known.notes.values()) opened.push(await this.#openFact(key, id, ref));
      return opened.sort((a, b) => a.at - b.at);
    });
    return facts === null ? err({ code: "no-key" }) : ok({ erased: null, facts });
  }

  /** Carries out what the house asks: the key to each of these devices. */
  async wrap(ask: WrapAsk): Promise<readonly WrappedKey[]> {
    const wrapped = await this.#withKeyOf(ask.hosted, ask.case, ask.slots, (key) =>
      wrapTo(ask.case, key, ask.to),
    );
    return wrapped ?? [];
  }

  async #sealInNewCase(request: SealRequest): Promise<Result<Sealed, CaseRefusal>> {
    const { shell } = this.#ports;
    const { hosted, mission, by } = request;
    const readers = this.#ownReaders(hosted);
    if (!readers.some(({ device }) => device === hosted.id)) return err({ code: "no-recipient" });
    const key = randomBytes(caseKeyBytes);
    const id = caseIdOf(nodeCrypto.sha256, shell.house.region, hosted.site, key);
    try {
      // Before anything is written: what is too long opens no case.
      const sealed = this.#sealWith(key, hosted, id, request.body);
      if (!sealed.ok) return sealed;
      const keys = await wrapTo(id, key, readers);
      // The key is stored before the fact that opens the case.
      shell.feed({ type: "wrapped", hosted: hosted.id, keys });
      const body = { case: id, ...(mission === null ? {} : { mission: [...mission] }) };
      const opened = await shell.submit({ hosted: hosted.id, kind: "case.opened/1", by, body });
      return opened.ok ? await this.#write(request, id, sealed.value) : err(opened.error);
    } finally {
      key.fill(0);
    }
  }

  async #sealIn(request: SealRequest, id: CaseId): Promise<Result<Sealed, CaseRefusal>> {
    if (!this.#ports.shell.house.fold.cases.has(id)) return err({ code: "no-such-case" });
    const sealed = await this.#withKey(request.hosted, id, async (key) =>
      this.#sealWith(key, request.hosted, id, request.body),
    );
    if (sealed === null) return err({ code: "no-key" });
    return sealed.ok ? this.#write(request, id, sealed.value) : sealed;
  }

  #sealWith(key: Uint8Array, hosted: Hosted, id: CaseId, body: JsonObject): Result<string, CaseRefusal> {
    const { region } = this.#ports.shell.house;
    const place = { region, device: hosted.id, kind: noteKind, case: id };
    const sealed = sealBody(nodeAead, key, randomBytes(nonceBytes), place, body);
    return sealed.ok ? sealed : err({ code: sealed.error });
  }

  async #write(request: SealRequest, id: CaseId, sealed: string): Promise<Result<Sealed, CaseRefusal>> {
    const { hosted, by, request: requestId } = request;
    const body = { case: id, sealed };
    const answer: SubmitAnswer = await this.#ports.shell.submit({
      ...{ hosted: hosted.id, kind: noteKind, by, body },
      request: requestId,
    });
    return answer.ok ? ok({ case: id, ref: answer.ref }) : err(answer.error);
  }

  /** The same request again is the same fact, of the same case. */
  async #sealedEarlier({ hosted, request }: SealRequest): Promise<Sealed | null> {
    const { house } = this.#ports.shell;
    const ref = requestOf(house.fold, logOf(house, hosted.origin).id, request);
    const entry = ref === undefined ? null : await this.#entryAt(ref);
    const id = entry?.["case"];
    return ref !== undefined && typeof id === "string" ? { case: id, ref } : null;
  }

  async #openFact(key: Uint8Array, id: CaseId, ref: FactRef): Promise<OpenedFact> {
    const entry = await this.#entryAt(ref);
    if (entry === null) return { ref, at: 0, by: "", problem: "not-readable" };
    const { at, by, kind } = entry;
    const place = { region: this.#ports.shell.house.region, device: deviceOf(ref[0]), kind, case: id };
    const body = openBody(nodeAead, key, place, String(entry["sealed"]));
    return { ref, at, by, ...(body.ok ? { body: body.value } : { problem: body.error }) };
  }

  async #entryAt([log, index]: FactRef): Promise<Entry | null> {
    const read = await this.#ports.readEntry(originOf(this.#ports.shell.house.region, log), index);
    const bytes = read.ok ? read.value[0] : undefined;
    const entry = bytes && decodeEntry(bytes);
    return entry?.ok ? entry.value : null;
  }

  #ownReaders({ site }: { readonly site: Name }) {
    return devicesOf(this.#ports.shell.house.charter, site).flatMap(({ id: device, recipient, end }) =>
      recipient === undefined || end !== null ? [] : [{ device, recipient }],
    );
  }

  #withKey<T>(hosted: Hosted, id: CaseId, use: (key: Uint8Array) => Promise<T>): Promise<T | null> {
    const slots = slotsOf(this.#ports.shell.house, id).filter(({ to }) => to === hosted.id);
    return this.#withKeyOf(hosted.id, id, slots, use);
  }

  /** The first slot that holds the case's own key; what a liar has put beside it does not match the case. */
  async #withKeyOf<T>(
    device: DeviceId,
    id: CaseId,
    slots: readonly Slot[],
    use: (key: Uint8Array) => Promise<T>,
  ): Promise<T | null> {
    const { shell, identities } = this.#ports;
    const identity = identities.get(device);
    if (identity === undefined || deviceIn(shell.house.charter, device) === undefined) return null;
    const site = siteOfCase(id);
    for (const { box } of slots) {
      const key = await unwrapKey(identity, box);
      if (key?.length !== caseKeyBytes) continue;
      try {
        if (caseIdOf(nodeCrypto.sha256, shell.house.region, site, key) === id) return await use(key);
      } finally {
        key.fill(0);
      }
    }
    return null;
  }
}

async function wrapTo(
  id: CaseId,
  key: Uint8Array,
  to: readonly { readonly device: DeviceId; readonly recipient: string }[],
): Promise<readonly WrappedKey[]> {
  const wrapped: WrappedKey[] = [];
  for (const { device, recipient } of to) {
    const box = await wrapKey(key, recipient);
    if (box !== null) wrapped.push({ case: id, to: device, box });
  }
  return wrapped;
}
