import {
  type AttributeType,
  attributeTypes,
  type ClaimMapping,
  mapClaims,
} from "@byot/claim-mapper";
import { describe, expect, test } from "vitest";

function read(claim: unknown, mapping: Partial<ClaimMapping>) {
  const mappings = [{ attribute: "x", jwtPath: "claim", ...mapping }];
  return mapClaims({ claim }, mappings).attributes.get("ext_x");
}

const wrong = { invalid: "wrong_type" };

describe("a declared type", () => {
  test.each<[AttributeType, unknown, unknown]>([
    ["string", "premium", "premium"],
    ["string", "42", "42"],
    ["string", 42, wrong],
    ["string", true, wrong],
    ["string", ["premium"], wrong],
    ["string", {}, wrong],
    ["string", "x".repeat(1_025), { invalid: "string_too_long" }],
    ["integer", 42, 42],
    ["integer", "42", 42],
    ["integer", "-7", -7],
    ["integer", "0", 0],
    ["integer", "9007199254740993", 9_007_199_254_740_993n],
    ["integer", "-0", wrong],
    ["integer", "007", wrong],
    ["integer", "+7", wrong],
    ["integer", "1e3", wrong],
    ["integer", " 7", wrong],
    ["integer", "", wrong],
    ["integer", 4.5, wrong],
    ["integer", true, wrong],
    ["integer", [1], wrong],
    ["integer", 2 ** 53, { invalid: "unsafe_integer" }],
    ["double", 0.5, 0.5],
    ["double", 3, 3],
    ["double", 1e300, 1e300],
    ["double", "0.5", wrong],
    ["double", Number.NaN, wrong],
    ["boolean", true, true],
    ["boolean", false, false],
    ["boolean", "true", wrong],
    ["boolean", 1, wrong],
    ["numeric_date", 0, "1970-01-01T00:00:00Z"],
    ["numeric_date", 1_772_582_400, "2026-03-04T00:00:00Z"],
    ["numeric_date", 1_772_582_400.25, "2026-03-04T00:00:00.250Z"],
    ["numeric_date", 253_402_300_799, "9999-12-31T23:59:59Z"],
    ["numeric_date", 253_402_300_800, { invalid: "date_out_of_range" }],
    ["numeric_date", 1_772_582_400_000, { invalid: "date_out_of_range" }],
    ["numeric_date", -1, { invalid: "date_out_of_range" }],
    ["numeric_date", "1772582400", wrong],
    ["numeric_date", "2026-03-04T00:00:00Z", wrong],
    ["string_set", ["a", "b"], ["a", "b"]],
    ["string_set", "a", ["a"]],
    ["string_set", [], []],
    ["string_set", ["a", 1], wrong],
    ["string_set", [null], wrong],
    ["string_set", 1, wrong],
    ["string_set", {}, wrong],
    ["string_set", Array(257).fill("a"), { invalid: "set_too_large" }],
    ["integer_set", [1, "2"], [1, 2]],
    ["integer_set", 1, [1]],
    ["integer_set", "2", [2]],
    ["integer_set", [1, "x"], wrong],
    ["integer_set", [0.5], wrong],
    ["integer_set", [2 ** 53], { invalid: "unsafe_integer" }],
  ])("%s reads %j", (type, claim, value) => {
    expect(read(claim, { type })).toEqual(value);
  });

  test.each(attributeTypes)("%s takes its default where the claim is null", (type) => {
    const defaults = {
      string: ["member", "member"],
      integer: ["42", 42],
      double: [0.5, 0.5],
      boolean: [false, false],
      numeric_date: [0, "1970-01-01T00:00:00Z"],
      string_set: ["member", ["member"]],
      integer_set: [[1], [1]],
    } as const;
    const [written, value] = defaults[type];

    expect(read(null, { type, default: written })).toEqual(value);
  });

  test("does not take the default where the claim is of another type", () => {
    expect(read("yes", { type: "boolean", default: false })).toEqual(wrong);
  });

  test("tells why a claim is unusable", () => {
    const { problems } = mapClaims({ claim: "yes" }, [
      { attribute: "x", jwtPath: "claim", type: "boolean", required: true },
    ]);

    expect(problems).toMatchObject([
      {
        code: "claim_invalid",
        reason: "wrong_type",
        required: true,
        message:
          "claim `claim` for attribute `x` is unusable: not of the type its mapping declares or its transforms take",
      },
    ]);
  });
});

describe("transforms", () => {
  test.each<[ClaimMapping["transforms"], unknown, unknown]>([
    [["trim"], "  premium ", "premium"],
    [["lower_case"], "PREMIUM", "premium"],
    [["upper_case"], ["eu", "us"], ["EU", "US"]],
    [["nfc"], "e\u0301", "é"],
    [["split: "], "read write", ["read", "write"]],
    [["split: "], " read  write ", ["read", "write"]],
    [["split: "], "", []],
    [["split: "], ["read write", "approve"], ["read", "write", "approve"]],
    [["split:::"], "a::b", ["a", "b"]],
    [["strip_prefix:org:"], "org:admin", "admin"],
    [["strip_prefix:org:"], ["org:admin", "member"], ["admin", "member"]],
    [["first"], ["manager", "member"], "manager"],
    [["first"], "manager", "manager"],
    [["unique"], ["a", "b", "a"], ["a", "b"]],
    [["unique"], "a", "a"],
    [["split:,", "trim", "lower_case", "unique"], "A, b,a", ["a", "b"]],
    [["split: ", "first"], "read write", "read"],
    [["first"], [], undefined],
    [["first"], [null, "a"], undefined],
    [["trim"], 1, wrong],
    [["trim"], ["a", 1], wrong],
    [["split: ", "trim"], {}, wrong],
    [["trim", "first"], true, wrong],
    [["first"], { invalid: "wrong_type" }, { invalid: "unsupported_type" }],
    [["unique"], {}, { invalid: "unsupported_type" }],
    [["unique"], Array(257).fill("a"), ["a"]],
  ])("%j of %j", (transforms, claim, value) => {
    expect(read(claim, { ...(transforms && { transforms }) })).toEqual(value);
  });

  test("come before the type", () => {
    expect(read("1 2", { transforms: ["split: "], type: "integer_set" })).toEqual([1, 2]);
  });

  test("leave the default alone", () => {
    const mapping = { transforms: ["lower_case"], default: "FREE" } as const;

    expect(read(null, mapping)).toBe("FREE");
    expect(read([], { ...mapping, transforms: ["first"] })).toBe("FREE");
  });
});
