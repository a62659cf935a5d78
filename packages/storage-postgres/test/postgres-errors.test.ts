import { StorageError } from "@byot/storage";
import { DatabaseError } from "pg";
import { expect, test } from "vitest";
import { isAnswer, isConflict, isKeyTaken, toStorageError } from "../src/postgres-errors.js";

function databaseError(code: string, message = "from PostgreSQL"): DatabaseError {
  const error = new DatabaseError(message, message.length, "error");
  error.code = code;
  error.severity = "ERROR";
  error.detail = "Key (subject)=(ada) is there";
  return error;
}

test.each([
  ["57P01", "UNAVAILABLE"],
  ["57014", "UNAVAILABLE"],
  ["53100", "UNAVAILABLE"],
  ["53300", "UNAVAILABLE"],
  ["55P03", "UNAVAILABLE"],
  ["25006", "UNAVAILABLE"],
  ["28P01", "UNAVAILABLE"],
  ["3D000", "UNAVAILABLE"],
  ["42501", "UNAVAILABLE"],
  ["40P01", "UNAVAILABLE"],
  ["42P01", "CORRUPT"],
  ["42703", "CORRUPT"],
  ["XX001", "CORRUPT"],
])("makes %s of PostgreSQL a `StorageError` with code %s", (sqlCode, code) => {
  const error = toStorageError(databaseError(sqlCode));

  expect(error).toBeInstanceOf(StorageError);
  expect(error).toMatchObject({ code, cause: { name: "PostgresError", code: sqlCode } });
  expect(error.message).toContain(`\`${sqlCode}\``);
});

test("keeps what PostgreSQL says, but neither its details nor what was wrapped around it", () => {
  const cause = databaseError("53100", "could not extend file");
  const wrapped = new RangeError("insert into … params: ada", { cause });

  const error = toStorageError(wrapped);

  expect(error.cause).toMatchObject({ message: "could not extend file" });
  expect(error.cause).not.toHaveProperty("detail");
  expect(error.cause).not.toHaveProperty("cause");
});

test("keeps no message that repeats a value", () => {
  const error = toStorageError(databaseError("22P02", "invalid input syntax: ada"));

  expect(JSON.stringify(error.cause, ["message"])).not.toContain("ada");
});

test.each(["22021", "22P05"])("makes text that cannot be stored a `TypeError`: %s", (code) => {
  expect(toStorageError(databaseError(code))).toBeInstanceOf(TypeError);
});

test("makes text that no index takes a `TypeError`", () => {
  expect(toStorageError(databaseError("54000"))).toBeInstanceOf(TypeError);
});

test("makes the loss of a connection `UNAVAILABLE`", () => {
  const lost = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  const several = new AggregateError([lost]);

  expect(toStorageError(lost)).toMatchObject({
    code: "UNAVAILABLE",
    message: "the database cannot be used now: `ECONNRESET`",
  });
  expect(toStorageError(several)).toMatchObject({
    code: "UNAVAILABLE",
    cause: { message: "the connection has failed" },
  });
});

test.each([
  ["Query read timeout", "TIMEOUT"],
  ["timeout exceeded when trying to connect", "TIMEOUT"],
  ["Connection terminated unexpectedly", "CONNECTION_LOST"],
])("gives the driver's own `%s` a code, %s", (message, code) => {
  expect(toStorageError(new Error(message))).toMatchObject({
    code: "UNAVAILABLE",
    message: `the database cannot be used now: \`${code}\``,
    cause: { message, code },
  });
});

test("calls a pool that was ended a closed storage", () => {
  const ended = new Error("Cannot use a pool after calling end on the pool");

  expect(toStorageError(ended)).toMatchObject({ code: "CLOSED" });
});

test("leaves misuse and its own errors as they are", () => {
  const misuse = new TypeError("a change set needs at least one write");
  const decided = new StorageError("NOT_FOUND", "there is no workspace");

  expect(toStorageError(misuse)).toBe(misuse);
  expect(toStorageError(decided)).toBe(decided);
});

test("knows a taken key, a conflict, and an answer after which the connection can be used", () => {
  expect(isKeyTaken(new Error("wrapped", { cause: databaseError("23505") }))).toBe(true);
  expect(isKeyTaken(databaseError("23503"))).toBe(false);
  expect(isConflict(databaseError("40P01"))).toBe(true);
  expect(isConflict(databaseError("23505"))).toBe(false);
  expect(isAnswer(databaseError("23505"))).toBe(true);
  expect(isAnswer(Object.assign(databaseError("57P01"), { severity: "FATAL" }))).toBe(false);
  expect(isAnswer(new Error("Query read timeout"))).toBe(false);
});
