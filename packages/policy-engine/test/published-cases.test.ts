import { existsSync, readFileSync } from "node:fs";
import { type Effect, parsePolicy } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { decide, type Given, outcomeOfRules, parsed } from "./support/decide.js";

interface PublishedCase {
  readonly id: string;
  readonly policy: { readonly specification: { readonly default?: { readonly effect: Effect } } };
  readonly request: Given & {
    readonly attributes: Given;
    readonly request_metadata: Given;
  };
  readonly expected: { readonly decision: string; readonly indeterminate?: string };
}

const file = new URL("../../../../shared/conformance/policy/cases.json", import.meta.url);
const text = existsSync(file) ? readFileSync(file, "utf8") : "[]";
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a file of known shape, described beside it
const cases = JSON.parse(text) as PublishedCase[];
const supported = cases.filter(({ policy }) => parsePolicy(documentOf(policy)).ok);

function documentOf({ specification }: PublishedCase["policy"]) {
  return { name: "published", specification };
}

function answer({ policy, request: { attributes, resource, action, ...others } }: PublishedCase) {
  const document = parsed(documentOf(policy));
  const given = { ...others, ...attributes };
  const asked = { resource: String(resource), action: String(action) };
  if (document.specification.default === undefined) {
    return outcomeOfRules(document.specification.rules, given, asked);
  }
  const { decision, indeterminate } = decide([document], given, asked);
  return indeterminate ?? decision;
}

describe.skipIf(cases.length === 0)(
  "published cases (skipped where the folder is not there)",
  () => {
    test("can all be read", () => {
      expect(supported).toHaveLength(cases.length);
    });

    test.each(supported)("$id", (published) => {
      const { decision, indeterminate } = published.expected;

      expect(answer(published)).toBe(indeterminate ?? decision);
    });
  },
);
