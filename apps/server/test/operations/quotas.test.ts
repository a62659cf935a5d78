import { routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { exceededQuota, mostRules, quotas } from "../../src/operations/quotas.js";
import { makeAcme } from "../support/acme.js";
import { startService } from "../support/service.js";

const create = routes.providers.create;
const fullOfProviders = 64;
const offline = { query: { skipConnectionTest: "true" } };

test("a workspace takes no more providers than its quota, and then one in the place of another", async () => {
  await using service = await startService();
  await makeAcme(service);
  for (let index = 1; index < fullOfProviders; index += 1) {
    const body = { id: `login-${index}`, name: "Login", issuer: "https://idp.acme.test" };
    await service.call(create, {
      ...offline,
      body: { ...body, allowedAudiences: [`api-${index}`] },
    });
  }
  const body = { name: "One more", issuer: "https://more.acme.test", allowedAudiences: ["api"] };

  const problem = await service.refuse(create, { ...offline, body });
  const path = { workspace: "acme", key: "login-1" };
  const { headers } = await service.call(routes.providers.read, { path });
  await service.call(routes.providers.remove, { path, version: headers.get("etag") ?? "" });
  const created = await service.call(create, { ...offline, body });

  expect(problem).toMatchObject({
    code: "quota_exceeded",
    detail: "a workspace holds at most 64 providers",
  });
  expect(created.status).toBe(201);
});

test("every kind of thing has a quota", () => {
  expect(quotas.map(({ kind }) => kind)).toEqual(["provider", "policy", "resource", "permission"]);
});

test("rules are counted over all policies, the replaced one left out", async () => {
  await using service = await startService();
  await makeAcme(service);
  const configuration = await service.storage.readConfiguration("acme");
  if (configuration === undefined) {
    throw new Error("acme is there");
  }
  const [first, second] = configuration.policies;
  const [rule] = first?.document.specification.rules ?? [];
  if (first === undefined || second === undefined || rule === undefined) {
    throw new Error("acme has two policies with rules");
  }
  const others = second.document.specification.rules.length;
  const replacing = (rules: number) =>
    exceededQuota(configuration, [
      {
        operation: "put",
        kind: "policy",
        expectedVersion: first.version,
        value: {
          document: {
            ...first.document,
            specification: { rules: Array.from({ length: rules }, () => rule) },
          },
        },
      },
    ]);

  expect(replacing(mostRules - others)).toBeUndefined();
  expect(replacing(mostRules - others + 1)).toMatchObject({ code: "quota_exceeded" });
});
