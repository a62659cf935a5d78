import { mapClaims } from "@byot/claim-mapper";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const names = fc.constantFrom("plan", "metadata", "__proto__", "constructor", "toString", "a.b");
const paths = fc
  .array(fc.constantFrom("plan", "metadata", "__proto__", "constructor", "a", "b"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((segments) => segments.join("."));

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(null, true, "premium", 3, 2 ** 60, 0.5),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(names, tie("value"), { maxKeys: 4, noNullPrototype: true }),
})).object as fc.Arbitrary<Record<string, unknown>>;

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

describe("mapping any claims", () => {
  test("finds what a walk over entries finds, and nothing inherited", () => {
    fc.assert(
      fc.property(json, paths, (claims, jwtPath) => {
        const { attributes, problems } = mapClaims(claims, [{ attribute: "x", jwtPath }]);
        const expected = findNaively(claims, jwtPath) ?? undefined;

        const found = attributes.get("ext_x");
        if (expected === undefined) {
          expect(found).toBeUndefined();
          expect(problems).toMatchObject([{ code: "claim_missing" }]);
        } else if (problems.length === 0) {
          expect(found).toEqual(expected);
        } else {
          expect(problems).toMatchObject([{ code: "claim_invalid" }]);
          expect(found).toHaveProperty("invalid");
        }
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
