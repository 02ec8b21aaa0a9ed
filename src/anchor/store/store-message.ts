import type { Name } from "../../basics/name.ts";
import type { Commit } from "../../site/effects.ts";
import type { StoreCalls, StoreResult } from "../../site/store-port.ts";

/*
 * What the two sides of the store thread say to each other. Requests are answered in the order in which they came.
 */

/** One call of {@link StoreCalls} by name. */
export type StoreRequest = {
  readonly [Name in keyof StoreCalls]: {
    readonly type: "call";
    readonly id: number;
    readonly name: Name;
    readonly args: Parameters<StoreCalls[Name]>;
  };
}[keyof StoreCalls];

/**
 * Faults for tests and the rehearsal; a store thread obeys them only when it was opened with `faults: true`. What a
 * fault does not name stays as it was.
 */
export type StoreFault = {
  /** Every later commit first waits so long, and everything behind it too. 0 ends it. */
  readonly delayMs?: number;
  /** SQLite finds no room for another page. */
  readonly full?: boolean;
  /** SQLite finds the file read-only. */
  readonly readOnly?: boolean;
  /** The thread ends: now, or at the next commit before it takes effect or after it is durable, unanswered. */
  readonly die?: "now" | "before-commit" | "after-commit";
};

export type ToStore =
  | StoreRequest
  | { readonly type: "commit"; readonly id: number; readonly commit: Commit }
  | { readonly type: "backup"; readonly id: number; readonly file: string }
  | { readonly type: "forget"; readonly id: number; readonly region: Name }
  | { readonly type: "fault"; readonly fault: StoreFault }
  | { readonly type: "close" };

export type FromStore =
  /** Said once, first. After an error the thread ends. */
  | { readonly type: "opened"; readonly result: StoreResult<undefined> }
  | { readonly type: "answer"; readonly id: number; readonly result: StoreResult<unknown> };

export type Packed<Message> = { readonly message: Message; readonly transfer: readonly ArrayBuffer[] };

/**
 * The same message with all its bytes moved into one new buffer, which postMessage then hands over without a copy.
 * (Cloned as they are, 256 entries cost twice as much, and a view into a large packet takes the whole packet along.)
 * Knows plain objects, arrays and Uint8Array.
 */
export function packBytes<Message>(message: Message): Packed<Message> {
  const buffer = new ArrayBuffer(byteCountOf(message));
  if (buffer.byteLength === 0) return { message, transfer: [] };
  const bytes = new Uint8Array(buffer);
  let end = 0;
  const place = (part: Uint8Array): Uint8Array => {
    bytes.set(part, end);
    const placed = new Uint8Array(buffer, end, part.length);
    end += part.length;
    return placed;
  };
  // Only bytes were replaced, by equal ones: the shape is the message's own.
  return { message: replaceBytes(message, place) as Message, transfer: [buffer] };
}

function byteCountOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  for (const part of Array.isArray(value) ? value : Object.values(value)) count += byteCountOf(part);
  return count;
}

function replaceBytes(value: unknown, place: (part: Uint8Array) => Uint8Array): unknown {
  if (value instanceof Uint8Array) return place(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => replaceBytes(part, place));
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) copy[key] = replaceBytes(part, place);
  return copy;
}
