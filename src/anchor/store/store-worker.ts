// The store's own thread: opens the store that store.ts names and answers one message after the other.

import { parentPort, workerData } from "node:worker_threads";
import { present } from "../../basics/assert.ts";
import { ok } from "../../basics/result.ts";
import { copyStore } from "./store-backup.ts";
import { StoreFaults } from "./store-faults.ts";
import { forgetLog } from "./store-forget.ts";
import { type FromStore, packBytes, type StoreRequest, type ToStore } from "./store-message.ts";
import { openStore, type SqliteStore } from "./store-sqlite.ts";

export type StoreWorkerData = { readonly path: string; readonly faults: boolean };

const port = present(parentPort, "this file runs as a worker thread");

function say(from: FromStore): void {
  const { message, transfer } = packBytes(from);
  port.postMessage(message, [...transfer]);
}

function call(store: SqliteStore, request: StoreRequest): FromStore {
  // StoreRequest pairs each name with its own arguments; TypeScript loses the pair in a union.
  const method = store[request.name] as (...args: readonly unknown[]) => ReturnType<SqliteStore["readMeta"]>;
  return { type: "answer", id: request.id, result: method.apply(store, request.args) };
}

function serve(store: SqliteStore, faults: StoreFaults | null): void {
  port.on("message", (message: ToStore) => {
    switch (message.type) {
      case "commit":
        say({ type: "answer", id: message.id, result: (faults ?? store).commit(message.commit) });
        break;
      case "call":
        say(call(store, message));
        break;
      case "backup":
        say({ type: "answer", id: message.id, result: copyStore(store.database, message.file) });
        break;
      case "forget":
        say({ type: "answer", id: message.id, result: forgetLog(store.database, message.region) });
        break;
      case "fault":
        faults?.set(message.fault);
        break;
      case "close":
        store.close();
        port.close();
        break;
    }
  });
}

// The one side that makes this thread gives it this data.
const { path, faults } = workerData as StoreWorkerData;
const store = openStore(path);
if (store.ok) serve(store.value, faults ? new StoreFaults(store.value) : null);
say({ type: "opened", result: store.ok ? ok(undefined) : store });
