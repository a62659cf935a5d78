import { claimMappingSchema, type ClaimMapping, mapClaims } from "@byot/claim-mapper";
import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

// Thousands of runs each: a slow machine may take its time, as long as every one of them holds.
vi.setConfig({ testTimeout: 60_000 });

const hostileNames = [
  "plan",
  "metadata",
  "roles",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "length",
  "0",
  "a.b",
  "a.*",
  "*",
  "[0]",
  '["x"]',
  "\\",
  "\\.",
  '"',
  "🦉",
] as const;

const names = fc.constantFrom(...hostileNames);

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(null, true, "premium", "", "42", 3, -0, 2 ** 60, 0.5),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(names, fc.constant("")), tie("value"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;

const json = fc.dictionary(names, values, { maxKeys: 5, noNullPrototype: true });

type NamedStep = { readonly name: string } | { readonly index: number } | "every";

const steps: fc.Arbitrary<readonly NamedStep[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ name: fc.oneof(names, fc.constant("")) }) },
    { weight: 1, arbitrary: fc.record({ index: fc.nat({ max: 2 }) }) },
    { weight: 1, arbitrary: fc.constant("every" as const) },
  ),
  { minLength: 1, maxLength: 4 },
);

/** Writes a path in one of the spellings there are for it. */
function spell(path: readonly NamedStep[], inBrackets: boolean): string {
  return path
    .map((step, index) => {
      const dot = index === 0 ? "" : ".";
      if (step === "every") {
        return `${dot}*`;
      }
      if ("index" in step) {
        return `[${step.index}]`;
      }
      return inBrackets || step.name === ""
        ? `["${step.name.replaceAll(/["\\]/g, "\\$&")}"]`
        : `${dot}${step.name.replaceAll(/[.*[\]\\]/g, "\\$&")}`;
    })
    .join("");
}

/** The same question answered without descriptors: through a list of entries. */
function findNaively(claims: unknown, text: string, path: readonly NamedStep[]): unknown {
  const whole = ownEntries(claims).find(([name]) => name === text);
  return whole === undefined ? follow(claims, path) : (whole[1] ?? undefined);
}

function follow(from: unknown, [step, ...rest]: readonly NamedStep[]): unknown {
  if (step === undefined) {
    return from ?? undefined;
  }
  if (step !== "every") {
    return follow(take(from, step), rest);
  }
  const isContainer = typeof from === "object" && from !== null;
  const children = Array.isArray(from) ? from : ownEntries(from).map(([, value]) => value);
  const found = children.map((child) => follow(child, rest)).filter((each) => each !== undefined);
  return isContainer && (found.length > 0 || children.length === 0) ? found.flat() : undefined;
}

function take(from: unknown, step: Exclude<NamedStep, "every">): unknown {
  return "index" in step
    ? (Array.isArray(from) ? from : []).at(step.index)
    : ownEntries(from).find(([name]) => name === step.name)?.[1];
}

function ownEntries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}

function expectedFor(claim: unknown) {
  if (claim === undefined) {
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

function outcomeOf(claims: Record<string, unknown>, mapping: ClaimMapping) {
  const { attributes, problems } = mapClaims(claims, [mapping]);
  const value = attributes.get("ext_x");
  const isInvalid = typeof value === "object" && "invalid" in value;
  return { found: isInvalid ? "invalid" : value, codes: problems.map(({ code }) => code) };
}

function throwsFor(claims: Record<string, unknown>, mapping: ClaimMapping): string | undefined {
  try {
    mapClaims(claims, [mapping]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.name : "something else";
  }
}

const transforms = fc.array(
  fc.constantFrom(
    ...(["trim", "lower_case", "nfc", "first", "unique", "split: ", "strip_prefix:pre"] as const),
  ),
  { maxLength: 3 },
);

const types = fc.constantFrom(
  ...([
    "string",
    "integer",
    "double",
    "boolean",
    "numeric_date",
    "string_set",
    "integer_set",
  ] as const),
);

const mappings: fc.Arbitrary<ClaimMapping> = fc.record(
  {
    attribute: fc.constant("x"),
    jwtPath: fc.oneof(
      steps.map((path) => spell(path, false)),
      fc.array(names, { minLength: 1, maxLength: 3 }),
      fc.record({
        anyOf: fc.array(
          names.map((name) => [name]),
          { minLength: 1, maxLength: 3 },
        ),
      }),
    ),
    type: types,
    transforms,
  },
  { requiredKeys: ["attribute", "jwtPath"] },
);

describe("mapping any claims", () => {
  test("finds what a walk over entries finds, and nothing inherited", () => {
    fc.assert(
      fc.property(json, steps, fc.boolean(), (claims, path, inBrackets) => {
        const jwtPath = spell(path, inBrackets);

        const expected = expectedFor(findNaively(claims, jwtPath, path));
        expect(outcomeOf(claims, { attribute: "x", jwtPath })).toEqual(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  test("finds by listed names what it finds by the same names in brackets", () => {
    fc.assert(
      fc.property(json, fc.array(names, { minLength: 1, maxLength: 4 }), (claims, path) => {
        const inBrackets = spell(
          path.map((name) => ({ name })),
          true,
        );
        fc.pre(!Object.hasOwn(claims, inBrackets));

        expect(outcomeOf(claims, { attribute: "x", jwtPath: path })).toEqual(
          outcomeOf(claims, { attribute: "x", jwtPath: inBrackets }),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test("never throws, and gives every mapping a value or a problem", () => {
    fc.assert(
      fc.property(json, mappings, (claims, mapping) => {
        const { attributes, problems } = mapClaims(claims, [mapping]);

        expect(attributes.size + problems.length).toBeGreaterThan(0);
        expect(attributes.size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 3_000 },
    );
  });

  test("never throws on anything JSON can say", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), mappings, (claim, mapping) => {
        const claims = { plan: claim, metadata: claim, roles: [claim] };

        expect(() => mapClaims(claims, [mapping])).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });

  test("changes nothing in the claims and gives the same answer twice", () => {
    fc.assert(
      fc.property(json, mappings, (claims, mapping) => {
        const before = JSON.stringify(claims);

        expect(mapClaims(claims, [mapping])).toEqual(mapClaims(claims, [mapping]));
        expect(JSON.stringify(claims)).toBe(before);
      }),
    );
  });

  test("takes or refuses any text as a path, and throws for none", () => {
    const texts = fc.array(fc.constantFrom("a", ".", "*", "[", "]", '"', "\\", "0", "🦉"), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          texts.map((parts) => parts.join("")),
          fc.string({ unit: "binary" }),
        ),
        json,
        (jwtPath, claims) => {
          const mapping = { attribute: "x", jwtPath };

          const isTaken = claimMappingSchema.safeParse(mapping).success;

          expect(throwsFor(claims, mapping)).toBe(isTaken ? undefined : "TypeError");
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("finds a claim named by any path that is taken", () => {
    const texts = fc.array(fc.constantFrom("a", ".", "*", "[0]", "\\.", '["b"]'), { minLength: 1 });
    fc.assert(
      fc.property(
        texts.map((parts) => parts.join("")),
        (jwtPath) => {
          const mapping = { attribute: "x", jwtPath };
          fc.pre(claimMappingSchema.safeParse(mapping).success);

          expect(outcomeOf({ a: 2, [jwtPath]: 1 }, mapping)).toEqual({ found: 1, codes: [] });
        },
      ),
    );
  });
});
