/** Keeps everything byot stores in PostgreSQL. @module */
export { openPostgresStorage } from "./open-postgres-storage.js";
export type { PostgresStorageOptions } from "./storage-options.js";
