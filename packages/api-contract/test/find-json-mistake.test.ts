import { findJsonMistake, maximumBodyDepth } from "@byot/api-contract";
import { describe, expect, test } from "vitest";

const notStorable = { code: "text_not_storable", message: "must not hold NUL or a lone surrogate" };
const tooDeep = { code: "nested_too_deep", message: "must not be nested deeper than 64 levels" };

describe("a JSON value", () => {
  test.each([
    ["null", null],
    ["a number", 1.5],
    ["no value at all", undefined],
    ["plain text", "orders of Ada"],
    ["text beyond the basic plane", "order \u{1F4E6} of \u{20BB7}"],
    ["control characters other than NUL", "a\tb\nc\u0001\u007F\u0085"],
    ["U+FFFD and noncharacters", "\uFFFD\uFFFE\uFFFF"],
    ["an empty key", { "": 1 }],
    ["a key beyond the basic plane", { "\u{1F4E6}": 1 }],
    ["lists and objects", { orders: [{ id: 1 }, [], {}] }],
  ])("is fine with %s", (_, value) => {
    expect(findJsonMistake(value)).toBeUndefined();
  });

  test.each<[string, unknown, readonly (string | number)[]]>([
    ["NUL", "a\0b", []],
    ["a high surrogate alone", "a\uD83D", []],
    ["a low surrogate alone", "\uDCE6a", []],
    ["surrogates in the wrong order", "\uDCE6\uD83D", []],
    ["NUL in a member", { orders: { note: "\0" } }, ["orders", "note"]],
    ["NUL in an item", { orders: ["", "", "\0"] }, ["orders", 2]],
    ["a lone surrogate in an item of an item", [[], ["\uD800"]], [1, 0]],
    ["NUL in a key", { "a\0b": 1 }, ["a\0b"]],
    ["a lone surrogate in a key", { orders: { "\uD800": 1 } }, ["orders", "\uD800"]],
    ["NUL under a `__proto__` key", JSON.parse('{"__proto__":"\\u0000"}'), ["__proto__"]],
  ])("is refused with %s, and told where", (_, value, path) => {
    expect(findJsonMistake(value)).toEqual({ ...notStorable, path });
  });

  test("is judged by its first mistake", () => {
    expect(findJsonMistake({ a: "fine", b: "\0", c: "\0" })).toMatchObject({ path: ["b"] });
  });

  test.each([
    ["objects", (inner: unknown) => ({ a: inner }), "a"],
    ["lists", (inner: unknown) => [inner], 0],
  ])("may nest %s 64 levels deep and no deeper", (_, wrap, step) => {
    expect(maximumBodyDepth).toBe(64);
    expect(findJsonMistake(nest(64, wrap))).toBeUndefined();
    expect(findJsonMistake(nest(65, wrap))).toEqual({
      ...tooDeep,
      path: Array.from({ length: 64 }, () => step),
    });
  });

  test("is refused before its depth can exhaust the stack", () => {
    expect(findJsonMistake(nest(100_000, (inner) => [inner]))).toMatchObject(tooDeep);
  });

  test("may hold text at the deepest level, which is judged too", () => {
    expect(findJsonMistake(nest(64, (inner) => [inner], ["\0"]))).toMatchObject(tooDeep);
    expect(findJsonMistake(nest(63, (inner) => [inner], ["\0"]))).toMatchObject(notStorable);
  });
});

/** An empty container wrapped until it is that many levels deep. */
function nest(levels: number, wrap: (inner: unknown) => unknown, core?: unknown): unknown {
  let value = core ?? wrap(0);
  for (let level = core === undefined ? 1 : 0; level < levels; level += 1) {
    value = wrap(value);
  }
  return value;
}
