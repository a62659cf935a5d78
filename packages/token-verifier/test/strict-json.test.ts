import { describe, expect, test } from "vitest";
import { parseStrictJson } from "../src/strict-json.js";

function parse(text: string | Uint8Array, depth = 16): ReturnType<typeof parseStrictJson> {
  return parseStrictJson(typeof text === "string" ? Buffer.from(text) : text, depth);
}

describe("strict JSON", () => {
  test.each([
    "{}",
    ' \t\r\n{ "a" : 1 } ',
    '{"a":{"a":{"a":[]}},"b":[{"a":1},{"a":2}]}',
    '{"colons":"a:b:c","quotes":"\\"a\\":\\\\","":":"}',
    '{"a\\"":1,"b\\\\":2,"c":"\\\\\\":"}',
    '{"\\u0061":1,"A":2,"\\ud83e\\udd8a":3}',
    '{"constructor":1,"toString":{"valueOf":2}}',
    '{"numbers":[0,-0,1e3,-1.5E-2,1e999],"words":[true,false,null]}',
    '{"10":"ten","9":"nine","text":"Åda 🦊"}',
  ])("reads %s as every parser does", (text) => {
    const everyParser: unknown = JSON.parse(text);

    expect(parse(text)).toEqual({ ok: true, value: everyParser });
  });

  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"a":{"b":1,"b":2}}',
    '{"a":[[{"b":1,"c":":","b":2}]]}',
    '{"__proto__":1,"__proto__":2}',
    '{"":1,"":2}',
    '{"a\\"":1,"a\\u0022":2}',
    '{"1":1,"\\u0031":1}',
    '{"a":{"x":[[[[]]]]},"a":1}',
  ])("refuses the repeated name in %s", (text) => {
    expect(parse(text)).toEqual({ ok: false, error: "repeats a name" });
  });

  test.each(["", " ", "{", "}", "{'a':1}", '{"a":1,}', '{"a":01}', '{"a":"\n"}', "{} {}", "{}\0"])(
    "refuses %j, which is not JSON",
    (text) => {
      expect(parse(text)).toEqual({ ok: false, error: "is not JSON" });
    },
  );

  test("refuses a byte order mark", () => {
    expect(parse("\uFEFF{}")).toEqual({ ok: false, error: "is not JSON" });
  });

  test.each(["[]", '"a"', "1", "null", "true"])("refuses %s, which is no object", (text) => {
    expect(parse(text)).toEqual({ ok: false, error: "is not a JSON object" });
  });

  test.each([
    ["a lone continuation byte", [0x80]],
    ["an overlong form", [0xc0, 0xaf]],
    ["half a surrogate pair", [0xed, 0xa0, 0x80]],
    ["a cut sequence", [0xe2, 0x82]],
  ])("refuses %s, which is no UTF-8", (_situation, bytes) => {
    const text = Buffer.from([0x7b, 0x22, ...bytes, 0x22, 0x3a, 0x31, 0x7d]);

    expect(parse(text)).toEqual({ ok: false, error: "is not valid UTF-8" });
  });

  test("counts the outermost object as the first level", () => {
    expect(parse('{"a":[{}]}', 3).ok).toBe(true);
    expect(parse('{"a":[{}]}', 2)).toEqual({ ok: false, error: "is nested deeper than 2 levels" });
    expect(parse("{}", 1).ok).toBe(true);
  });

  test("makes objects without a prototype, frozen at every level", () => {
    const parsed = parse('{"a":[{"__proto__":{"admin":true}}]}');

    const list = parsed.ok ? parsed.value["a"] : undefined;
    const inner: unknown = Array.isArray(list) ? list[0] : undefined;
    expect([parsed.ok && parsed.value, list, inner].every((part) => Object.isFrozen(part))).toBe(
      true,
    );
    expect(Object.getPrototypeOf(inner)).toBeNull();
    expect(inner).not.toHaveProperty("admin");
    expect(JSON.stringify(inner)).toBe('{"__proto__":{"admin":true}}');
  });

  test("takes time in proportion to the length", () => {
    const members = Array.from({ length: 20_000 }, (_, index) => `"name${index}":"\\"\\\\:"`);
    const started = performance.now();

    const parsed = parse(`{${members.join(",")}}`);

    expect(parsed.ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
