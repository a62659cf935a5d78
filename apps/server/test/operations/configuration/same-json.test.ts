import { expect, test } from "vitest";
import { isSameJson } from "../../../src/operations/configuration/same-json.js";

const parsed = (text: string): unknown => JSON.parse(text);

test.each([
  ["members in another order", '{"a":1,"b":[{"c":2,"d":3}]}', '{"b":[{"d":3,"c":2}],"a":1}'],
  ["the same number in other words", '{"a":1.0,"b":-0}', '{"a":1,"b":0}'],
  ["the same of a member called __proto__", '{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
])("takes %s for the same", (_title, one, other) => {
  expect(isSameJson(parsed(one), parsed(other))).toBe(true);
});

test.each([
  ["items in another order", "[1,2]", "[2,1]"],
  ["a member less", '{"a":1,"b":2}', '{"a":1}'],
  ["a member of another name", '{"a":null}', '{"b":null}'],
  ["a list and an object of its items", '["a"]', '{"0":"a"}'],
  ["nothing and an object", "null", "{}"],
  ["a number and its text", "1", '"1"'],
  ["another member called __proto__", '{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}'],
  ["an inherited member and one's own", '{"toString":1}', '{"valueOf":1}'],
])("does not take %s for the same", (_title, one, other) => {
  expect(isSameJson(parsed(one), parsed(other))).toBe(false);
  expect(isSameJson(parsed(other), parsed(one))).toBe(false);
});
