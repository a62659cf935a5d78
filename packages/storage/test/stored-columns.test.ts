import {
  impersonalOf,
  personalOf,
  readStoredList,
  readStoredMembers,
  readStoredValue,
  refusalOf,
  segmentOf,
  StorageError,
  takenId,
  tryReadStoredList,
} from "@byot/storage";
import { describe, expect, test } from "vitest";

const at = new Date("2026-03-02T09:00:00Z");

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("a column of JSON", () => {
  test("is a list, an object or a configured value", () => {
    expect(readStoredList('["read"]')).toEqual(["read"]);
    expect(readStoredMembers('{"name":"Acme"}')).toEqual({ name: "Acme" });
    expect(readStoredValue("resource", '{"name":"orders","category":"api"}')).toMatchObject({
      category: "api",
    });
  });

  test.each([
    ["a list", () => readStoredList("{}")],
    ["an object", () => readStoredMembers("[]")],
    ["an object", () => readStoredMembers("null")],
    ["a value", () => readStoredValue("policy", '{"name":"orders","category":"api"}')],
    ["a value", () => readStoredValue("policy", "[]")],
  ])("that is not %s is `CORRUPT`", (_what, read) => {
    expect(errorOf(read)).toMatchObject({ code: "CORRUPT" });
  });

  test("that is not JSON is `CORRUPT` without a word of it", () => {
    const error = errorOf(() => readStoredList("alice@acme.example"));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: "CORRUPT", message: "a stored value is not JSON" });
    expect(error).not.toHaveProperty("cause");
  });

  test("can be tried", () => {
    expect(tryReadStoredList("[1]")).toEqual([1]);
    expect(tryReadStoredList("{}")).toBeUndefined();
    expect(tryReadStoredList("[")).toBeUndefined();
  });
});

describe("the columns of the log", () => {
  const decision = {
    decisionId: "01980000-0000-7000-8000-000000000001",
    workspaceId: "acme",
    at,
    revision: 1,
    requestId: "request-1",
    issuer: "https://id.acme.example",
    providerId: "acme-id",
    resource: "orders",
    action: "read",
    decision: "Allow",
    reason: "rule",
    durationMicros: 120,
  } as const;

  test("say what is not personal, whatever else is in the row", () => {
    const row = { ...decision, determining: "[]", errors: "[]", subject: "alice" };
    expect(impersonalOf(row)).toEqual({ ...decision, determining: [], errors: [] });
  });

  test("say what is personal, and leave out what is not there", () => {
    const row = { subject: "alice", tokenIdHash: null, clientIp: null, attributes: "[]" };
    expect(personalOf(row)).toEqual({ subject: "alice", attributes: [] });
    expect(personalOf({ ...row, tokenIdHash: "ab", clientIp: "192.0.2.1" })).toEqual({
      subject: "alice",
      tokenIdHash: "ab",
      clientIp: "192.0.2.1",
      attributes: [],
    });
  });

  test("say what was refused", () => {
    const refusal = {
      refusalId: "01980000-0000-7000-8000-000000000002",
      workspaceId: "acme",
      at,
      count: 1,
      requestId: "request-1",
      code: "token_expired",
      resource: "orders",
      action: "read",
    };
    const row = { ...refusal, unverifiedIssuer: null, providerId: null, subject: null };
    expect(refusalOf(row)).toEqual(refusal);
    expect(refusalOf({ ...row, subject: "alice" })).toEqual({ ...refusal, subject: "alice" });
  });

  test("give a segment whose bound heads cannot be read a hash that is nobody's", () => {
    const row = {
      workspaceId: "acme",
      writerId: "writer-1",
      sequence: 1,
      hash: "ab",
      previousHash: null,
      content: "decisions",
      count: 1,
      firstId: decision.decisionId,
      lastId: decision.decisionId,
      firstAt: at,
      lastAt: at,
    } as const;
    expect(segmentOf({ ...row, boundHeads: "[]" })).toEqual({ ...row, boundHeads: [] });
    expect(segmentOf({ ...row, boundHeads: "{" })).toEqual({
      ...row,
      hash: "unreadable",
      boundHeads: [],
    });
  });
});

test("an id that is taken is told with the database's own error", () => {
  const cause = new Error("unique");
  expect(takenId(cause)).toMatchObject({ code: "ALREADY_EXISTS", cause });
});
