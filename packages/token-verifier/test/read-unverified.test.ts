import { readUnverified } from "@byot/token-verifier";
import { anything, assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";

function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}

const header = encode('{"alg":"HS256","typ":"JWT"}');
const claims = encode('{"iss":"https://login.acme.com","__proto__":{"admin":true}}');

describe("what a token says unverified", () => {
  test("is its header and its claims, whatever signed it", () => {
    const read = readUnverified(`${header}.${claims}.AAAA`);

    expect(read.header).toEqual({ alg: "HS256", typ: "JWT" });
    expect(read.claims?.["iss"]).toBe("https://login.acme.com");
    expect(Object.keys(read.claims ?? {})).toEqual(["iss", "__proto__"]);
    expect(read.claims?.["admin"]).toBeUndefined();
  });

  test.each([
    ["an opaque token", "f81d4fae7dec11d0a76500a0c91e6bf6", {}],
    ["nothing", undefined, {}],
    ["a number", 7, {}],
    ["a text that is too long", `${header}.${"A".repeat(20_000)}.AAAA`, {}],
    [
      "a header that repeats a name",
      `${encode('{"a":1,"a":2}')}.${encode("{}")}.AAAA`,
      { claims: {} },
    ],
    ["a payload that is no JSON", `${encode("{}")}.${encode("hello")}.AAAA`, { header: {} }],
  ])("of %s is what can be read", (_title, token, expected) => {
    expect(readUnverified(token)).toEqual(expected);
  });

  test("never throws", () => {
    assert(
      property(anything(), string(), (value, text) => {
        expect(readUnverified(value)).toBeTypeOf("object");
        expect(readUnverified(`${encode(text)}.${text}.${encode(text)}`)).toBeTypeOf("object");
      }),
    );
  });
});
