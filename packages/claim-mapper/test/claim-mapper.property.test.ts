import { mapClaims } from "@byot/claim-mapper";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const names = fc.constantFrom("plan", "metadata", "__proto__", "constructor", "toString", "a.b");
const paths = fc
  .array(fc.constantFrom("plan", "metadata", "__proto__", "constructor", "a", "b"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((segments) => segments.join("."));

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(null, true, "premium", 3, 2 ** 60, 0.5),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const json = fc.dictionary(names, values, { maxKeys: 4, noNullPrototype: true });

/** The same question answered without descriptors: through JSON text and a list of entries. */
function findNaively(claims: unknown, path: string): unknown {
  const whole = ownEntries(claims).find(([name]) => name === path);
  if (whole !== undefined) {
    return whole[1];
  }
  let reached: unknown = claims;
  for (const segment of path.split(".")) {
    reached = ownEntries(reached).find(([name]) => name === segment)?.[1];
  }
  return reached;
}

function ownEntries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}

function expectedFor(claim: unknown) {
  if (claim === undefined || claim === null) {
    return { found: undefined, codes: ["claim_missing"] };
  }
  return isUsable(claim)
    ? { found: claim, codes: [] }
    : { found: "invalid", codes: ["claim_invalid"] };
}

function isUsable(claim: unknown): boolean {
  const elements: unknown[] = Array.isArray(claim) ? claim : [claim];
  const kinds = new Set(elements.map((element) => typeof element));
  return (
    kinds.size <= 1 &&
    !kinds.has("object") &&
    !(Array.isArray(claim) && kinds.has("boolean")) &&
    !elements.includes(2 ** 60)
  );
}

describe("mapping any claims", () => {
  test("finds what a walk over entries finds, and nothing inherited", () => {
    fc.assert(
      fc.property(json, paths, (claims, jwtPath) => {
        const { attributes, problems } = mapClaims(claims, [{ attribute: "x", jwtPath }]);

        const codes = problems.map(({ code }) => code);
        const expected = expectedFor(findNaively(claims, jwtPath));
        const value = attributes.get("ext_x");
        const found = typeof value === "object" && "invalid" in value ? "invalid" : value;
        expect({ found, codes }).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test("gives every mapping a value or a problem", () => {
    fc.assert(
      fc.property(json, paths, (claims, jwtPath) => {
        const { attributes, problems } = mapClaims(claims, [{ attribute: "x", jwtPath }]);

        expect(attributes.size + problems.length).toBeGreaterThan(0);
      }),
    );
  });

  test("changes nothing in the claims and gives the same answer twice", () => {
    fc.assert(
      fc.property(json, paths, (claims, jwtPath) => {
        const before = JSON.stringify(claims);
        const mappings = [{ attribute: "x", jwtPath }];

        expect(mapClaims(claims, mappings)).toEqual(mapClaims(claims, mappings));
        expect(JSON.stringify(claims)).toBe(before);
      }),
    );
  });
});
