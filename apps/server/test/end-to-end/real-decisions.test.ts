import { problemSchema, routes } from "@byot/api-contract";
import { ByotClient, TokenRefusedError } from "@byot/sdk";
import { requestJson } from "@byot/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decidedRows, type DecisionRow, person, refusedRows } from "./decision-rows.js";
import { orderApproval, premiumAccess } from "../../src/demo/demo-policies.js";
import { audience, type RealService, startRealService } from "./real-service.js";
import { storeKinds } from "./server-stores.js";

function titled(rows: readonly DecisionRow[]): readonly (readonly [string, DecisionRow])[] {
  return rows.map((row) => [row.title, row]);
}

describe.each(storeKinds)("on %s", (_name, openStore) => {
  let service: RealService;
  const mintedTokens = new Set<string>();

  async function createAll(things: readonly (readonly [string, object])[]): Promise<void> {
    const statuses: number[] = [];
    for (const [path, body] of things) {
      statuses.push((await service.call("POST", `/v1/workspaces${path}`, body)).status);
    }
    expect(statuses).toEqual(things.map(() => 201));
  }

  function acmeProvider(): object {
    return {
      name: "Acme identity provider",
      providerType: "oidc",
      issuer: service.idp.issuer,
      allowedAudiences: [audience],
      claimMappings: [
        { attribute: "plan", jwtPath: "metadata.plan" },
        { attribute: "role", jwtPath: "role" },
      ],
    };
  }

  async function configure(workspace: string): Promise<void> {
    const orders = { resource: "orders", actions: ["approve"] };
    const premium = { resource: "premium-features", actions: ["access"] };
    await createAll([
      ["", { id: workspace, name: "Acme" }],
      [`/${workspace}/providers`, acmeProvider()],
      [`/${workspace}/resources`, { name: "premium-features", actions: ["access"] }],
      [`/${workspace}/resources`, { name: "orders", actions: ["approve"] }],
      [`/${workspace}/policies`, { ...premiumAccess, appliesTo: [premium] }],
      [`/${workspace}/policies`, { ...orderApproval, appliesTo: [orders] }],
    ]);
  }

  /** What the logs say of each request. */
  async function readLogs(
    workspace: string,
  ): Promise<ReadonlyMap<string, DecisionRow["expected"]>> {
    const path = `/v1/workspaces/${workspace}/audit`;
    const [decisions, refusals] = await Promise.all([
      service.call("GET", `${path}/decisions?limit=200`),
      service.call("GET", `${path}/refusals?limit=200`),
    ]);
    return new Map<string, DecisionRow["expected"]>([
      ...routes.audit.decisions.answer
        .parse(decisions.body)
        .data.map(
          ({ requestId, decision, reason }) =>
            [requestId, { allowed: decision === "Allow", reason }] as const,
        ),
      ...routes.audit.refusals.answer
        .parse(refusals.body)
        .data.map(({ requestId, code }) => [requestId, { refused: code }] as const),
    ]);
  }

  beforeAll(async () => {
    service = await startRealService(await openStore());
    await configure("acme");
  }, 60_000);

  afterAll(() => service.stop());

  async function mint(row: DecisionRow): Promise<string> {
    const token = await row.token(service.idp);
    mintedTokens.add(token);
    return token;
  }

  async function authorize(workspace: string, row: DecisionRow) {
    const { resource, action, context } = row;
    return requestJson(`${service.url}/v1/workspaces/${workspace}/authorize`, {
      method: "POST",
      body: {
        token: await mint(row),
        resource,
        action,
        ...(context === undefined ? {} : { context }),
      },
    });
  }

  describe("a check over HTTP", () => {
    test.for(titled(decidedRows))("%s", async ([, row]) => {
      const { status, body } = await authorize("acme", row);

      expect(status).toBe(200);
      const { data } = routes.decisions.authorize.answer.parse(body);
      expect({ allowed: data.allowed, reason: data.reason.code }).toEqual(row.expected);
      expect(data.decision).toBe(data.allowed ? "Allow" : "Deny");
    });

    test.for(titled(refusedRows))("%s", async ([, row]) => {
      const { status, headers, body } = await authorize("acme", row);

      expect(status).toBe(401);
      expect(headers.get("www-authenticate")).toContain("Bearer");
      expect({ refused: problemSchema.parse(body).code }).toEqual(row.expected);
    });

    test("says by which rule it allows, to a key that may know", async () => {
      const { body } = await requestJson(`${service.url}/v1/workspaces/acme/authorize`, {
        method: "POST",
        headers: { authorization: `Bearer ${service.rootKey}` },
        body: {
          token: await service.idp.accessToken("ada"),
          resource: "orders",
          action: "approve",
          context: { orderAmount: 50_000 },
          explain: true,
        },
      });

      const { data } = routes.decisions.authorize.answer.parse(body);
      expect(data.explanation?.summary).toBe(
        "rule `manager-high-value` of policy `order_approval` allows it",
      );
    });

    test("answers on a policy change with the very next check", async () => {
      const premium = { resource: "reports", actions: ["read"] };
      const nobody = {
        name: "reports_access",
        specification: { rules: [], default: { effect: "Deny" } },
      };
      await createAll([
        ["/acme/resources", { name: "reports", actions: ["read"] }],
        ["/acme/policies", { ...nobody, appliesTo: [premium] }],
      ]);
      const row: DecisionRow = {
        title: "",
        token: person("ada"),
        resource: "reports",
        action: "read",
        expected: { allowed: false, reason: "denied_by_default" },
      };
      const before = await authorize("acme", row);
      const read = await service.call("GET", "/v1/workspaces/acme/policies/reports_access");

      const replaced = await requestJson(
        `${service.url}/v1/workspaces/acme/policies/reports_access`,
        {
          method: "PUT",
          headers: {
            authorization: `Bearer ${service.rootKey}`,
            "if-match": read.headers.get("etag") ?? "",
          },
          body: { specification: { rules: [], default: { effect: "Allow" } } },
        },
      );
      const after = await authorize("acme", row);

      expect(replaced.status).toBe(200);
      const outcomes = [before, after].map(
        ({ body }) => routes.decisions.authorize.answer.parse(body).data.allowed,
      );
      expect(outcomes).toEqual([false, true]);
    });
  });

  async function reasonInWideOpen(resource: string, action: string): Promise<string> {
    const row = { title: "", token: person("ada"), resource, action, expected: { refused: "" } };
    const { body } = await authorize("wide-open", row);
    return routes.decisions.authorize.answer.parse(body).data.reason.code;
  }

  describe("administrative resources", () => {
    const allowAll = {
      name: "allow_all",
      specification: { rules: [{ rule_id: "everyone", effect: "Allow" }] },
    };

    test("stay closed to external principals in a workspace that allows everything", async () => {
      await createAll([
        ["", { id: "wide-open", name: "Wide open" }],
        ["/wide-open/providers", acmeProvider()],
        ["/wide-open/resources", { name: "anything", actions: ["read"] }],
        ["/wide-open/policies", { ...allowAll, appliesTo: [{ resource: "*", actions: ["*"] }] }],
      ]);

      expect(await reasonInWideOpen("anything", "read")).toBe("allowed_by_rule");
      expect(await reasonInWideOpen("billing", "read")).toBe("admin_resource_forbidden");
      expect(await reasonInWideOpen("workspace::users", "read")).toBe("admin_resource_forbidden");
    });

    test("cannot be named by a resource or a permission", async () => {
      const attempts = await Promise.all([
        service.call("POST", "/v1/workspaces/acme/resources", {
          name: "billing",
          actions: ["read"],
        }),
        service.call("POST", "/v1/workspaces/acme/permissions", {
          resource: "workspace::users",
          actions: ["*"],
          policy: "premium_access",
        }),
        service.call("POST", "/v1/workspaces/acme/policies", {
          ...allowAll,
          appliesTo: [{ resource: "billing", actions: ["*"] }],
        }),
      ]);

      const codes = attempts.map(({ body }) => problemSchema.parse(body).code);
      expect(codes).toEqual(["resource_reserved", "resource_reserved", "resource_reserved"]);
    });
  });

  describe("a check through the SDK", () => {
    test.for(titled([...decidedRows, ...refusedRows]))("%s", async ([, row]) => {
      const byot = new ByotClient({ baseUrl: service.url, workspaceId: "acme", timeoutMs: 10_000 });
      const { resource, action, context = {} } = row;

      const outcome = await byot
        .checkAuthorization({ token: await mint(row), resource, action, context })
        .then(
          ({ data }) => ({ allowed: data.allowed, reason: data.reason.code }),
          (error: unknown) => ({
            refused: error instanceof TokenRefusedError ? error.code : "something else",
          }),
        );

      expect(outcome).toEqual(row.expected);
    });
  });

  describe("the decision log", () => {
    test("holds every decision and every refused token", async () => {
      await configure("recorded");
      const rows = [...decidedRows, ...refusedRows];
      const answers = await Promise.all(rows.map((row) => authorize("recorded", row)));
      const requestIds = answers.map(({ headers }) => headers.get("x-request-id") ?? "");

      // Refused tokens are written in the background.
      await expect
        .poll(async () => {
          const logged = await readLogs("recorded");
          return requestIds.map((requestId) => logged.get(requestId));
        })
        .toEqual(rows.map(({ expected }) => expected));
    });

    test("holds the rule that decided and who asked", async () => {
      const { body } = await service.call(
        "GET",
        "/v1/workspaces/acme/audit/decisions?resource=premium-features&decision=Allow&limit=1",
      );

      expect(routes.audit.decisions.answer.parse(body).data).toMatchObject([
        {
          subject: "ada",
          issuer: service.idp.issuer,
          provider: "acme-identity-provider",
          reason: "allowed_by_rule",
          determining: [{ policy: "premium_access", rule: "premium-plan", effect: "Allow" }],
        },
      ]);
    });

    test("and all else that is kept or printed is free of every token, key and password", async () => {
      const haystack = [
        await service.store.contents(),
        service.process.stdout(),
        service.process.stderr(),
      ].join("\n");
      // A JWT's header is the same for many tokens; its payload and signature are what must not leak.
      const parts = [...mintedTokens].flatMap((token) =>
        [token, ...token.split(".").slice(1)].filter((part) => part.length > 0),
      );
      const secrets = [...parts, service.rootKey, ...service.store.secrets];

      expect(haystack.includes("premium-features")).toBe(true);
      expect(secrets.length).toBeGreaterThan(decidedRows.length);
      expect(secrets.filter((secret) => haystack.includes(secret))).toEqual([]);
    });
  });
});
