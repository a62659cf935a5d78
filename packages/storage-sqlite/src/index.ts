/** Keeps everything byot stores in SQLite files. @module */
export { openSqliteStorage } from "./open-sqlite-storage.js";
export type { SqliteStorageOptions } from "./sqlite-storage-options.js";
