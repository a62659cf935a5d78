import { systemResources } from "@byot/authorizer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowAll, configuration, policy } from "./support/configuration.js";
import { issueToken } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const ada = await issueToken("ada");

const conditions = [
  { function: "string_equal", attribute: "ext_plan", value: "premium" },
  { function: "string_equal", attribute: "external_subject", value: "ada" },
  { function: "boolean_equal", attribute: "is_external_principal", value: true },
  {
    function: "integer_less_equal",
    attribute: "request_metadata",
    metadata_key: "amount",
    value: 10,
  },
  { function: "string_equal", attribute: "ext_absent", value: "anything" },
];
const effects = fc.constantFrom("Allow", "Deny");
const policies = fc
  .record({
    rules: fc.array(fc.record({ effect: effects, conditions: fc.subarray(conditions) }), {
      minLength: 1,
      maxLength: 3,
    }),
    default: fc.option(fc.record({ effect: effects }), { nil: undefined }),
  })
  .map(({ rules, ...rest }) => {
    const named = rules.map((rule, index) => ({ rule_id: `rule-${index}`, ...rule }));
    return policy("generated", JSON.parse(JSON.stringify({ ...rest, rules: named })));
  });
const contexts = fc.oneof(
  fc.dictionary(
    fc.constantFrom("amount", "ext_plan", "external_subject", "is_external_principal", "__proto__"),
    fc.oneof(fc.integer({ min: 0, max: 20 }), fc.boolean(), fc.constant("ada"), fc.constant(null)),
  ),
  fc.constant({}),
);
const names = fc.constantFrom("orders", "invoices", "*", ...systemResources, "billing::refunds");
const actions = fc.constantFrom("approve", "dance", "*");
const resources = Object.fromEntries(
  ["orders", ...systemResources, "billing::refunds"].map((name) => [name, ["approve"]]),
);

describe("any check", () => {
  test("is answered exactly as it was recorded, and allowed only as an Allow", async () => {
    await fc.assert(
      fc.asyncProperty(
        policies,
        contexts,
        fc.tuple(names, actions),
        async (document, context, asked) => {
          const [resource, action] = asked;
          const { check, decisions } = startAuthorizer([
            configuration({ policies: [document], resources }),
          ]);

          const checked = await check({ token: ada, resource, action, context });

          const [recorded] = decisions;
          expect(decisions).toHaveLength(1);
          expect(checked).toMatchObject({
            ok: true,
            value: {
              allowed: recorded?.decision === "Allow",
              decision: recorded?.decision,
              reason: recorded?.reason,
              decisionId: recorded?.decisionId,
              revision: recorded?.revision,
              evaluatedAt: recorded?.at,
              determining: recorded?.determining,
              errors: recorded?.errors,
            },
          });
          expect(recorded).toMatchObject({ resource, action, personal: { subject: "ada" } });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("is allowed for nothing but a resource and an action that the workspace has", async () => {
    const { check } = startAuthorizer([configuration({ policies: [allowAll], resources })]);

    await fc.assert(
      fc.asyncProperty(
        fc.oneof(names, fc.string()),
        fc.oneof(actions, fc.string()),
        async (resource, action) => {
          const checked = await check({ token: ada, resource, action });

          const isOpen = resource === "orders" && action === "approve";
          expect(checked.ok && checked.value.allowed).toBe(isOpen);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("with anything but the token itself is refused, and nothing of it is told", async () => {
    const { check, refusals, decisions } = startAuthorizer();
    const changes = fc.tuple(
      fc.nat({ max: ada.length - 1 }),
      fc.constantFrom("", "A", "_", ".", "=", "\n"),
    );

    await fc.assert(
      fc.asyncProperty(changes, async ([index, inserted]) => {
        const token = `${ada.slice(0, index)}${inserted}${ada.slice(index + 1)}`;
        fc.pre(token !== ada);

        const checked = await check({ token });

        expect(checked.ok).toBe(false);
        const told = JSON.stringify([checked, refusals.at(-1)]);
        const parts = [...token.split("."), ...ada.split(".")].filter(({ length }) => length >= 16);
        expect(parts.some((part) => told.includes(part.slice(0, 16)))).toBe(false);
      }),
      { numRuns: 300 },
    );
    expect(decisions).toEqual([]);
  });
});
