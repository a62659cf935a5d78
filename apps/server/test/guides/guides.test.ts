import { readdirSync } from "node:fs";
import { join } from "node:path";
import { problemCatalogue, providerTypes, routes } from "@byot/api-contract";
import { type AttributeInput, compilePolicies, parsePolicy } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { repository } from "../end-to-end/readme-story.js";
import { guideFiles, jsonOf, sectionOf } from "./guide.js";

const shownAttributes = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);

function planOf(file: string) {
  const { appliesTo, ...document } = routes.policies.create.body.parse(jsonOf(file, "A policy")[0]);
  const parsed = parsePolicy(document);
  if (!parsed.ok) {
    throw new Error(parsed.error.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  }
  return compilePolicies(
    appliesTo.map(({ resource, actions, priority }) => ({
      resource,
      actions,
      priority,
      policyId: document.name,
    })),
    [{ id: document.name, version: 1, document: parsed.value }],
  );
}

function decide(file: string, attributes: Readonly<Record<string, AttributeInput>>) {
  const { resource, action, context } = routes.decisions.authorize.body.parse(
    jsonOf(file, "The answer")[0],
  );
  const named = new Map(Object.entries(attributes));
  const { allowed, decision, reason } = planOf(file).decide({
    resource,
    action,
    named,
    metadata: context,
  });
  return { allowed, decision, reason: { code: reason } };
}

describe.each(guideFiles)("the guide %s", (file) => {
  const attributes = shownAttributes.parse(jsonOf(file, "What policies read")[0]);

  test("shows a provider the API takes as it is", () => {
    const [body] = jsonOf(file, "The provider");

    expect(routes.providers.create.body.parse(body)).toEqual({
      enabled: true,
      ...z.looseObject({}).parse(body),
    });
  });

  test("shows what its policy answers", () => {
    expect(decide(file, attributes)).toEqual(jsonOf(file, "The answer")[1]);
  });

  test("shows a policy that allows nothing without a token's attributes", () => {
    expect(decide(file, {}).allowed).toBe(false);
  });

  test("names refusals there are", () => {
    const rows = sectionOf(file, "Typical mistakes").matchAll(
      /^\| `((?:token|provider|jwks)_\w+)`/gm,
    );
    const named = [...rows].map(([, code = ""]) => code);

    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((code) => !Object.hasOwn(problemCatalogue, code))).toEqual([]);
  });
});

test("with too many groups the guide of Entra denies, because nobody can tell", () => {
  const attributes = { ext_roles: ["Order.Approver"], ext_groups: { invalid: "wrong_type" } };

  expect(decide("entra.md", attributes)).toMatchObject({
    allowed: false,
    reason: { code: "undetermined" },
  });
});

test("there is a preset for every provider type, and no other", () => {
  const files = readdirSync(join(repository, "packages/provider-presets/src/presets"));
  const names = files.map((name) => name.replace(/\.ts$/, ""));

  expect(names.filter((name) => name !== "common-mappings").toSorted()).toEqual(
    [...providerTypes].toSorted(),
  );
});
