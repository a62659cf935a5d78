import type { Database } from "better-sqlite3";
import { connect, type ConnectionOptions } from "../connect.js";

/**
 * Connects to a database for reading alone.
 *
 * @throws StorageError with code `UNAVAILABLE` when SQLite cannot open the file.
 */
export function connectToRead(options: ConnectionOptions): Database {
  const client = connect(options);
  client.pragma("query_only = ON");
  return client;
}
