import { StorageError } from "@byot/storage";
import Database from "better-sqlite3";
import { toStorageError } from "../sqlite-errors.js";
import type { WireError } from "./call-types.js";

/** Packs an error, translated as it would be without two threads. */
export function packError(error: unknown): WireError {
  return pack(toStorageError(error));
}

function pack(error: Error): WireError {
  const { message, cause } = error;
  const rest = { message, ...(cause instanceof Error && { cause: pack(cause) }) };
  if (error instanceof StorageError) {
    return { kind: "StorageError", code: error.code, ...rest };
  }
  if (error instanceof Database.SqliteError) {
    return { kind: "SqliteError", code: error.code, ...rest };
  }
  return { kind: error instanceof TypeError ? "TypeError" : "Error", ...rest };
}

/** Makes an error of what was packed. */
export function unpackError(packed: WireError): Error {
  const { message, cause } = packed;
  const options = cause === undefined ? {} : { cause: unpackError(cause) };
  if (packed.kind === "StorageError") {
    return new StorageError(packed.code, message, options);
  }
  if (packed.kind === "SqliteError") {
    return new Database.SqliteError(message, packed.code);
  }
  return packed.kind === "TypeError"
    ? new TypeError(message, options)
    : new Error(message, options);
}
