import { routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { premiumAccess } from "../../src/demo/demo-policies.js";
import { allowAll, everythingIn, makeAcme } from "../support/acme.js";
import { startService } from "../support/service.js";

const { create, read, remove, replace } = routes.policies;
const orders = { resource: "orders", actions: ["approve"] };

test("creates a policy together with its permissions, at one version", async () => {
  await using service = await startService();
  await makeAcme(service);

  const { answer } = await service.call(create, {
    body: {
      ...allowAll,
      appliesTo: [
        { ...orders, priority: 5 },
        { resource: "*", actions: ["*"] },
      ],
    },
  });
  const [first, second] = answer.data.permissions;
  const stored = await service.call(routes.permissions.read, { path: { key: first?.id ?? "" } });

  expect(answer.data.permissions).toMatchObject([
    { ...orders, priority: 5, policy: "allow_all", version: answer.data.version },
    { resource: "*", actions: ["*"], priority: 0, policy: "allow_all" },
  ]);
  expect(first?.id).not.toBe(second?.id);
  expect(stored.answer.data).toEqual(first);
});

test("says what is worth a second look in a policy that it stores, and only then", async () => {
  await using service = await startService();
  await makeAcme(service);
  const rule = {
    rule_id: "gold-plan",
    effect: "Allow",
    conditions: [{ function: "string_equal", attribute: "ext_plann", value: "gold" }],
  };

  const { answer } = await service.call(create, {
    body: { name: "gold", specification: { rules: [rule], default: { effect: "Deny" } } },
  });
  const stored = await service.call(read, { path: { key: "gold" } });

  expect(answer.data.findings).toContainEqual(
    expect.objectContaining({
      code: "UNKNOWN_ATTRIBUTE",
      severity: "warning",
      path: "/specification/rules/0/conditions/0/attribute",
    }),
  );
  expect(stored.answer.data).not.toHaveProperty("findings");
});

test("refuses a policy that reads an attribute at a type it does not have", async () => {
  await using service = await startService();
  await makeAcme(service);
  const rule = {
    rule_id: "adults",
    effect: "Allow",
    conditions: [
      { function: "integer_equal", attribute: "ext_age", value: 18 },
      { function: "boolean_equal", attribute: "ext_age", value: true },
    ],
  };

  const problem = await service.refuse(create, {
    body: { name: "adults", specification: { rules: [rule] } },
  });

  expect(problem).toMatchObject({ code: "policy_invalid", errors: [{ code: "TYPE_MISMATCH" }] });
});

test("answers a decision with the duties that its rule brings along", async () => {
  await using service = await startService();
  await makeAcme(service);
  const duty = { id: "notify", on: "Allow", attributes: { channel: "finance" } };
  const rule = { rule_id: "everyone", effect: "Allow", obligations: [duty] };
  await service.call(routes.resources.create, { body: { name: "ledgers", actions: ["read"] } });
  await service.call(create, {
    body: {
      name: "with_duty",
      specification: { rules: [rule] },
      appliesTo: [{ resource: "ledgers", actions: ["read"] }],
    },
  });

  const { answer } = await service.call(routes.decisions.authorize, {
    body: { token: await service.tokenOf("ada"), resource: "ledgers", action: "read" },
  });

  expect(answer.data).toMatchObject({ allowed: true, obligations: [duty] });
});

test("reads a policy without its permissions", async () => {
  await using service = await startService();
  await makeAcme(service);

  const { answer } = await service.call(read, { path: { key: "premium_access" } });

  expect(answer.data).toMatchObject(premiumAccess);
  expect(answer.data).not.toHaveProperty("permissions");
});

const leaf = { function: "string_equal", attribute: "ext_plan", value: "premium" };
const rule = { rule_id: "r", effect: "Allow", conditions: [leaf] };
const ruled = (changes: object) => ({ rules: [{ ...rule, ...changes }] });
const conditioned = (changes: object) => ruled({ conditions: [{ ...leaf, ...changes }] });

test.each([
  ["no specification", undefined, "/specification"],
  ["a specification that is no object", [], "/specification"],
  ["rules that are no list", { rules: {} }, "/specification/rules"],
  ["an effect in lower case", ruled({ effect: "allow" }), "/specification/rules/0/effect"],
  ["a rule without a name", ruled({ rule_id: "" }), "/specification/rules/0/rule_id"],
  [
    "an unknown function",
    conditioned({ function: "string_equals_maybe" }),
    "/specification/rules/0/conditions/0/function",
  ],
  ["a number for text", conditioned({ value: 7 }), "/specification/rules/0/conditions/0/value"],
  [
    "a misspelt property",
    conditioned({ values: ["a"] }),
    "/specification/rules/0/conditions/0/values",
  ],
  ["two rules of one name", { rules: [rule, rule] }, "/specification/rules/1/rule_id"],
  ["a default that is no effect", { rules: [rule], default: "Deny" }, "/specification/default"],
])("refuses a policy with %s and says where", async (_title, specification, path) => {
  await using service = await startService();
  await makeAcme(service);
  const before = await everythingIn(service);

  const problem = await service.refuse(create, { body: { name: "broken", specification } });

  expect(problem).toMatchObject({ code: "policy_invalid", status: 422 });
  expect(problem.errors?.map((each) => each.path)).toContain(path);
  expect(problem.errors?.every(({ code, message }) => code !== "" && message !== "")).toBe(true);
  expect(await everythingIn(service)).toEqual(before);
});

test("lists every mistake of a policy at once", async () => {
  await using service = await startService();
  await makeAcme(service);
  const specification = {
    rules: [
      { ...rule, effect: "allow" },
      { ...rule, rule_id: 7 },
    ],
  };

  const problem = await service.refuse(create, { body: { name: "broken", specification } });

  expect(problem.errors?.length).toBeGreaterThanOrEqual(2);
});

test.each([
  [
    "an unknown resource",
    { resource: "invoices", actions: ["read"] },
    "reference_unknown",
    "/appliesTo/1/resource",
  ],
  [
    "an unknown action",
    { resource: "orders", actions: ["approve", "delete"] },
    "reference_unknown",
    "/appliesTo/1/actions/1",
  ],
  [
    "an action that no resource has",
    { resource: "*", actions: ["delete"] },
    "reference_unknown",
    "/appliesTo/1/actions/0",
  ],
])(
  "creates neither policy nor permission when it applies to %s",
  async (_title, target, ...[code, path]) => {
    await using service = await startService();
    await makeAcme(service);
    const before = await everythingIn(service);

    const problem = await service.refuse(create, {
      body: { ...allowAll, appliesTo: [orders, target] },
    });

    expect(problem).toMatchObject({ code, status: 422, errors: [{ path }] });
    expect(await everythingIn(service)).toEqual(before);
  },
);

test.each([["workspace"], ["workspace::users"], ["billing"], ["billing::invoices"]])(
  "lets no policy apply to `%s`",
  async (resource) => {
    await using service = await startService();
    await makeAcme(service);

    const problem = await service.refuse(create, {
      body: { ...allowAll, appliesTo: [{ resource, actions: ["*"] }] },
    });

    expect(problem).toMatchObject({ code: "resource_reserved", status: 422 });
  },
);

test("replaces a policy under the name in the path and no other", async () => {
  await using service = await startService();
  await makeAcme(service);
  const path = { key: "premium_access" };
  const { answer } = await service.call(read, { path });
  const { version } = answer.data;
  const { specification } = allowAll;

  const renamed = await service.refuse(replace, {
    path,
    version,
    body: { name: "other", specification },
  });
  const applied = await service.refuse(replace, {
    path,
    version,
    body: { specification, appliesTo: [orders] },
  });
  const replaced = await service.call(replace, { path, version, body: { specification } });

  expect(renamed).toMatchObject({ errors: [{ path: "/name", code: "name_mismatch" }] });
  expect(applied).toMatchObject({ errors: [{ path: "/appliesTo", code: "unknown_field" }] });
  expect(replaced.answer.data).toMatchObject({ name: "premium_access", specification });
});

test("keeps every version of a policy", async () => {
  await using service = await startService();
  await makeAcme(service);
  const path = { key: "premium_access" };
  const before = await service.call(read, { path });
  const { version } = before.answer.data;
  await service.call(replace, { path, version, body: { specification: allowAll.specification } });

  const old = await service.storage.policies.findVersion("acme", "premium_access", version);

  expect(old?.document).toEqual(premiumAccess);
});

test("deletes no policy that a permission names", async () => {
  await using service = await startService();
  await makeAcme(service);
  const path = { key: "premium_access" };
  const { answer } = await service.call(read, { path });
  const permissions = await service.call(routes.permissions.list);
  const permission = permissions.answer.data.find(({ policy }) => policy === "premium_access");
  const before = await everythingIn(service);

  const problem = await service.refuse(remove, { path, version: answer.data.version });

  expect(problem).toMatchObject({ code: "referenced", status: 409 });
  expect(problem.detail).toContain(`\`${permission?.id ?? "none"}\``);
  expect(await everythingIn(service)).toEqual(before);
});
