import { type ClaimMapping, compileClaimMapper, mapClaims } from "@byot/claim-mapper";
import { describe, expect, test } from "vitest";

const plan: ClaimMapping = { attribute: "plan", jwtPath: "metadata.plan" };

function attributesOf(claims: Record<string, unknown>, mapping: ClaimMapping) {
  return Object.fromEntries(mapClaims(claims, [mapping]).attributes);
}

describe("where a claim is looked for", () => {
  test("a dotted path walks objects", () => {
    expect(attributesOf({ metadata: { plan: "premium" } }, plan)).toEqual({ ext_plan: "premium" });
  });

  test("a claim whose whole name is the path comes first", () => {
    const claims = { "metadata.plan": "premium", metadata: { plan: "free" } };

    expect(attributesOf(claims, plan)).toEqual({ ext_plan: "premium" });
  });

  test.each([
    ["a namespaced claim", "https://acme.com/roles"],
    ["a claim with a colon", "cognito:groups"],
  ])("%s needs no escaping", (_name, jwtPath) => {
    const claims = { [jwtPath]: ["manager"] };

    expect(attributesOf(claims, { attribute: "roles", jwtPath })).toEqual({
      ext_roles: ["manager"],
    });
  });

  test.each([
    ["an inherited member", "constructor"],
    ["an inherited member further down", "metadata.toString"],
    ["a prototype", "__proto__"],
    ["a member of a prototype", "metadata.__proto__.polluted"],
    ["the length of an array", "roles.length"],
    ["an element of an array", "roles.0"],
    ["a member of a string", "name.length"],
  ])("%s is not a claim", (_name, jwtPath) => {
    const claims = { metadata: {}, roles: ["manager"], name: "acme" };

    const { attributes, problems } = mapClaims(claims, [{ attribute: "plan", jwtPath }]);

    expect(attributes.size).toBe(0);
    expect(problems).toMatchObject([{ code: "claim_missing" }]);
  });

  test("a claim that is really named like a prototype is a claim", () => {
    const claims = Object.fromEntries([["__proto__", { plan: "premium" }]]);

    expect(attributesOf(claims, { attribute: "plan", jwtPath: "__proto__.plan" })).toEqual({
      ext_plan: "premium",
    });
  });
});

describe("a claim that is absent", () => {
  test("is reported with where the path ended and the names present there", () => {
    const claims = { sub: "ada", metadata: { tier: "gold", region: "eu" } };

    expect(mapClaims(claims, [plan])).toEqual({
      attributes: new Map(),
      problems: [
        {
          code: "claim_missing",
          attribute: "plan",
          jwtPath: "metadata.plan",
          required: false,
          resolved: ["metadata"],
          presentKeys: ["tier", "region"],
          message: "claim `metadata.plan` for attribute `plan` is missing",
        },
      ],
    });
  });

  test("is reported with the names of all claims when not even the first name resolves", () => {
    const { problems } = mapClaims({ sub: "ada", plan: "premium" }, [plan]);

    expect(problems).toMatchObject([{ resolved: [], presentKeys: ["sub", "plan"] }]);
  });

  test("is not hidden by null", () => {
    const { attributes, problems } = mapClaims({ metadata: { plan: null } }, [plan]);

    expect(attributes.size).toBe(0);
    expect(problems).toMatchObject([
      { code: "claim_missing", resolved: ["metadata", "plan"], presentKeys: [] },
    ]);
  });

  test("takes the default, without a problem", () => {
    const result = mapClaims({}, [{ ...plan, default: "free" }]);

    expect(result).toEqual({ attributes: new Map([["ext_plan", "free"]]), problems: [] });
  });

  test("takes the default where it is null", () => {
    expect(attributesOf({ metadata: { plan: null } }, { ...plan, default: "free" })).toEqual({
      ext_plan: "free",
    });
  });

  test("is marked as required where the mapping requires it", () => {
    expect(mapClaims({}, [{ ...plan, required: true }]).problems).toMatchObject([
      { code: "claim_missing", required: true },
    ]);
  });

  test("lists at most 64 names", () => {
    const claims = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`claim${n}`, n]));

    expect(mapClaims(claims, [plan]).problems[0]?.presentKeys).toHaveLength(64);
  });
});

describe("the value of a claim", () => {
  test.each([
    ["a string", "premium"],
    ["an empty string", ""],
    ["a string of 1,024 characters", "x".repeat(1_024)],
    ["an integer", 42],
    ["the largest safe integer", Number.MAX_SAFE_INTEGER],
    ["a fraction", 0.5],
    ["a bigint", 2n ** 64n],
    ["true", true],
    ["false", false],
    ["an array of strings", ["manager", "member"]],
    ["an array of numbers", [1, 2.5]],
    ["an empty array", []],
    ["an array of 256 elements", Array.from({ length: 256 }, () => "x")],
  ])("may be %s", (_name, value) => {
    const { attributes, problems } = mapClaims({ metadata: { plan: value } }, [plan]);

    expect(attributes).toEqual(new Map([["ext_plan", value]]));
    expect(problems).toEqual([]);
  });

  test.each([
    ["an object", { tier: "gold" }, "unsupported_type"],
    ["not a number", Number.NaN, "unsupported_type"],
    ["infinite", Number.POSITIVE_INFINITY, "unsupported_type"],
    ["a function", () => "premium", "unsupported_type"],
    ["a string of 1,025 characters", "x".repeat(1_025), "string_too_long"],
    ["an array with such a string", ["x".repeat(1_025)], "string_too_long"],
    ["an integer JSON has rounded", 2 ** 53, "unsafe_integer"],
    ["an array with such an integer", [1, -(2 ** 53)], "unsafe_integer"],
    ["an array of 257 elements", Array.from({ length: 257 }, () => "x"), "set_too_large"],
    ["an array of strings and numbers", ["manager", 1], "mixed_set"],
    ["an array of booleans", [true], "mixed_set"],
    ["an array of arrays", [["manager"]], "mixed_set"],
    ["an array with null", ["manager", null], "unsupported_type"],
    ["an array with an object", [{}], "unsupported_type"],
  ])("is kept as invalid where it is %s", (_name, value, reason) => {
    const mapping = { ...plan, default: "free" };

    const { attributes, problems } = mapClaims({ metadata: { plan: value } }, [mapping]);

    expect(attributes).toEqual(new Map([["ext_plan", { invalid: reason }]]));
    expect(problems).toMatchObject([{ code: "claim_invalid", reason, required: false }]);
  });

  test("is marked as required where it is invalid and the mapping requires it", () => {
    const { problems } = mapClaims({ metadata: { plan: {} } }, [{ ...plan, required: true }]);

    expect(problems).toMatchObject([{ code: "claim_invalid", required: true }]);
  });

  test("never appears in a problem", () => {
    const claims = { metadata: { plan: { secret: "s3cret" } }, name: "s3cret" };

    expect(JSON.stringify(mapClaims(claims, [plan]).problems)).not.toContain("s3cret");
  });

  test("is a copy where it is an array", () => {
    const roles = ["member"];
    const { attributes } = mapClaims({ roles }, [{ attribute: "roles", jwtPath: "roles" }]);

    roles.push("manager");

    expect(attributes.get("ext_roles")).toEqual(["member"]);
  });
});

describe("a compiled mapper", () => {
  test("maps any number of tokens", () => {
    const mapper = compileClaimMapper([plan]);

    expect(mapper.map({ metadata: { plan: "premium" } }).attributes.get("ext_plan")).toBe(
      "premium",
    );
    expect(mapper.map({ metadata: { plan: "free" } }).attributes.get("ext_plan")).toBe("free");
  });

  test("does not follow later changes of the mappings", () => {
    const mapping = { attribute: "plan", jwtPath: "plan" };
    const mapper = compileClaimMapper([mapping]);

    mapping.jwtPath = "admin";

    expect(mapper.map({ plan: "free", admin: "premium" }).attributes.get("ext_plan")).toBe("free");
  });

  test("is refused for mappings the schema refuses", () => {
    expect(() => compileClaimMapper([plan, plan])).toThrow(TypeError);
    expect(() => compileClaimMapper([plan, plan])).toThrow("attribute `plan` is mapped twice");
  });
});
