import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import initSqlite, {
  type BindableValue,
  type Database,
  type PreparedStatement,
  type Sqlite3Static,
  type WasmPointer,
} from "@sqlite.org/sqlite-wasm";
import type { StoreDatabase, StoreStatement } from "../../src/anchor/store/store-schema.ts";
import { present } from "../../src/basics/assert.ts";
import type { PowerDisk } from "./power-disk.ts";

/*
 * SQLite's own WebAssembly build over a disk of ours: node:sqlite takes no file system but the machine's. The store's code
 * and its SQL are those that run in an anchor.
 */

const vfsName = "power";
const nameBytesMax = 64;

/** One SQLite for all tests of a process; each test gives it its own disk. */
export type PowerSqlite = { readonly open: (disk: PowerDisk, path: string) => StoreDatabase };

export async function powerSqlite(): Promise<PowerSqlite> {
  const sqlite = await initSqlite();
  // Each cut is an I/O error, which it would print.
  Object.assign(sqlite.config, { warn: () => undefined });
  const mounted: Mounted = { disk: null, files: new Map() };
  installVfs(sqlite, mounted);
  return {
    open: (disk, path) => {
      mounted.disk = disk;
      mounted.files.clear();
      return databaseOf(sqlite, new sqlite.oo1.DB({ filename: path, flags: "c", vfs: vfsName }));
    },
  };
}

type Mounted = { disk: PowerDisk | null; readonly files: Map<WasmPointer, string> };

function installVfs(sqlite: Sqlite3Static, mounted: Mounted): void {
  const { capi } = sqlite;
  const usual = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null));
  const vfs = new capi.sqlite3_vfs();
  Object.assign(vfs, { $iVersion: 1, $szOsFile: sizeOfFile(sqlite), $mxPathname: nameBytesMax });
  // Of the usual one: randomness, sleep, time.
  for (const member of ["$xRandomness", "$xSleep", "$xCurrentTime"])
    Object.assign(vfs, { [member]: Reflect.get(usual, member) });
  const io = new capi.sqlite3_io_methods();
  Object.assign(io, { $iVersion: 1 });
  const parts = {
    io: { struct: io, methods: fileMethods(sqlite, mounted) },
    vfs: { struct: vfs, methods: diskMethods(sqlite, mounted, io.pointer), name: vfsName, asDefault: false },
  };
  // The package types result codes as names; they are numbers.
  sqlite.vfs.installVfs(parts as unknown as Parameters<typeof sqlite.vfs.installVfs>[0]);
}

function sizeOfFile({ capi }: Sqlite3Static): number {
  const { structInfo } = capi.sqlite3_file as unknown as { readonly structInfo: { readonly sizeof: number } };
  return structInfo.sizeof;
}

/** The calls of one open file; what the disk throws, the power being gone, is an I/O error to SQLite. */
function fileMethods(sqlite: Sqlite3Static, mounted: Mounted) {
  const { capi, wasm } = sqlite;
  const on = (file: WasmPointer, act: (disk: PowerDisk, name: string) => number | undefined): number =>
    attempt(sqlite, () => act(diskOf(mounted), present(mounted.files.get(file), "an open file")));
  return {
    xClose: (file: WasmPointer) => {
      mounted.files.delete(file);
      return 0;
    },
    xRead: (file: WasmPointer, to: WasmPointer, length: number, at: number) =>
      on(file, (disk, name) => {
        const bytes = disk.read(name, Number(at), length);
        const target = wasm.heap8u().subarray(Number(to), Number(to) + length);
        target.fill(0).set(bytes);
        return bytes.length < length ? capi.SQLITE_IOERR_SHORT_READ : 0;
      }),
    xWrite: (file: WasmPointer, from: WasmPointer, length: number, at: number) =>
      on(file, (disk, name) => {
        disk.write(name, Number(at), wasm.heap8u().subarray(Number(from), Number(from) + length));
        return 0;
      }),
    xTruncate: (file: WasmPointer, size: number) =>
      on(file, (disk, name) => {
        disk.truncate(name, Number(size));
        return 0;
      }),
    xSync: (file: WasmPointer) =>
      on(file, (disk, name) => {
        disk.sync(name);
        return 0;
      }),
    xFileSize: (file: WasmPointer, to: WasmPointer) =>
      on(file, (disk, name) => {
        wasm.poke64(to, BigInt(disk.size(name)));
        return 0;
      }),
    // Each its own function: what is the same one would be given one signature.
    xLock: () => 0,
    xUnlock: () => 0,
    xCheckReservedLock: (_file: WasmPointer, to: WasmPointer) => {
      wasm.poke32(to, 0);
      return 0;
    },
    xFileControl: () => capi.SQLITE_NOTFOUND,
    xSectorSize: () => 512,
    xDeviceCharacteristics: () => 0,
  };
}

function diskMethods(sqlite: Sqlite3Static, mounted: Mounted, methods: WasmPointer) {
  const { capi, wasm } = sqlite;
  return {
    xOpen: (_vfs: WasmPointer, zName: WasmPointer, file: WasmPointer, flags: number, to: WasmPointer) =>
      attempt(sqlite, () => {
        const name = nameAt(sqlite, zName);
        diskOf(mounted).make(name);
        mounted.files.set(file, name);
        const struct = new capi.sqlite3_file(file);
        struct.$pMethods = methods;
        struct.dispose();
        if (to) wasm.poke32(to, flags);
        return 0;
      }),
    xDelete: (_vfs: WasmPointer, zName: WasmPointer) =>
      attempt(sqlite, () => {
        diskOf(mounted).remove(nameAt(sqlite, zName));
        return 0;
      }),
    xAccess: (_vfs: WasmPointer, zName: WasmPointer, _flags: number, to: WasmPointer) => {
      wasm.poke32(to, diskOf(mounted).has(nameAt(sqlite, zName)) ? 1 : 0);
      return 0;
    },
    xFullPathname: (_vfs: WasmPointer, zName: WasmPointer, length: number, to: WasmPointer) =>
      wasm.cstrncpy(to, zName, length) < length ? 0 : capi.SQLITE_CANTOPEN,
    xGetLastError: () => 0,
  };
}

function diskOf({ disk }: Mounted): PowerDisk {
  return present(disk ?? undefined, "a disk is mounted");
}

function nameAt({ wasm }: Sqlite3Static, pointer: WasmPointer): string {
  return present(wasm.cstrToJs(pointer) ?? undefined, "a file has a name");
}

function attempt({ capi }: Sqlite3Static, act: () => number | undefined): number {
  try {
    return act() ?? 0;
  } catch {
    return capi.SQLITE_IOERR;
  }
}

/** As node:sqlite has it, as far as the store uses it. */
function databaseOf(sqlite: Sqlite3Static, database: Database): StoreDatabase {
  return {
    exec: (sql) => asNodeThrows(() => void database.exec(sql)),
    close: () => database.close(),
    get isTransaction() {
      return database.pointer !== undefined && sqlite.capi.sqlite3_get_autocommit(database.pointer) === 0;
    },
    prepare: (sql) => statementOf(asNodeThrows(() => database.prepare(sql))),
  };
}

type Row = Record<string, SQLOutputValue>;

function statementOf(statement: PreparedStatement): StoreStatement {
  const rows = function* (values: readonly SQLInputValue[]): Generator<Row> {
    try {
      if (values.length > 0) statement.bind(values as BindableValue[]);
      while (statement.step()) yield { ...(statement.get({}) as Row) };
    } finally {
      statement.reset();
      if (values.length > 0) statement.clearBindings();
    }
  };
  const all = (...values: readonly SQLInputValue[]): Row[] => asNodeThrows(() => [...rows(values)]);
  return {
    all,
    get: (...values: readonly SQLInputValue[]) => all(...values)[0],
    run: (...values: readonly SQLInputValue[]) => {
      all(...values);
      return { changes: 0, lastInsertRowid: 0 };
    },
    iterate: (...values: readonly SQLInputValue[]) => all(...values).values(),
  } as StoreStatement;
}

/** node:sqlite names SQLite's code `errcode`. */
function asNodeThrows<Value>(act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error && "resultCode" in error) Object.assign(error, { errcode: error.resultCode });
    throw error;
  }
}
