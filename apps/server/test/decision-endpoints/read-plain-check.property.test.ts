import { routes } from "@byot/api-contract";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readPlainCheck } from "../../src/decision-endpoints/read-plain-check.js";
import { validate } from "../../src/http/validate.js";

const { body: schema } = routes.decisions.authorize;

const anything = fc.jsonValue({ maxDepth: 3, stringUnit: "binary" });
const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 300 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.constantFrom("", "a\0b", "\ud800", "é", "x".repeat(255)) },
);
const member = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)) },
  { weight: 1, arbitrary: anything },
);
const checks = fc.record(
  {
    token: fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: anything }),
    resource: fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: anything }),
    action: text,
    context: fc.dictionary(text, member, { maxKeys: 70, noNullPrototype: true }),
  },
  { requiredKeys: ["token", "resource", "action"], noNullPrototype: true },
);
const more = fc.record(
  { explain: fc.boolean(), minRevision: fc.integer(), clientIp: text, context: anything },
  { requiredKeys: [], noNullPrototype: true },
);

/** As it comes out of JSON, where `__proto__` is a key like any other. */
function asParsed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test("reads nothing but what the schema of the route reads, and reads it alike", () => {
  let plain = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        checks,
        fc.tuple(checks, more).map(([check, rest]) => ({ ...check, ...rest })),
        anything,
      ),
      (value) => {
        const json = asParsed(value);

        const read = readPlainCheck(json);

        plain += read === undefined ? 0 : 1;
        const expected = validate(schema, json);
        expect(read === undefined ? expected : { ok: true, value: read }).toStrictEqual(expected);
      },
    ),
    { numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(1000);
});

test.each([
  ["without a context", { token: "t", resource: "orders", action: "approve" }],
  ["with one", { token: "t", resource: "orders", action: "approve", context: { a: 1, b: null } }],
])("reads a check %s", (_title, json) => {
  expect(readPlainCheck(json)).toEqual({ context: {}, explain: false, ...json });
});

test.each([
  ["a token that is inherited", '{"resource":"orders","action":"a","context":{}}'],
  ["__proto__", '{"token":"t","resource":"orders","__proto__":{"action":"a"}}'],
  ["an action in __proto__", '{"token":"t","resource":"orders","action":"a","__proto__":{}}'],
  ["no token", '{"resource":"orders","action":"a"}'],
  ["an explanation asked for", '{"token":"t","resource":"orders","action":"a","explain":true}'],
  ["a nested context", '{"token":"t","resource":"orders","action":"a","context":{"a":{}}}'],
  ["a list", '["t","orders","a"]'],
])("leaves %s to the schema", (_title, json) => {
  expect(readPlainCheck(JSON.parse(json))).toBeUndefined();
});
