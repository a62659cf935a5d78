import { routes, sessionCookieName } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { type Service, type ServiceOptions, startService } from "../support/service.js";

const { create, read, remove } = routes.session;
const eightHours = 8 * 60 * 60;

/** Signs in with a key, as a page of the server does, and answers the `Cookie` header from then on. */
async function signIn(service: Service, apiKey: string): Promise<string> {
  const { headers } = await service.call(create, { key: null, body: { apiKey } });
  const [cookie = ""] = headers.getSetCookie();
  return service.keepSecret(cookie.split(";")[0] ?? "");
}

const newResource = { body: { name: "invoices", actions: ["read"] } };

async function startSignedIn(options?: ServiceOptions) {
  const service = await startService(options);
  await makeAcme(service);
  const cookie = await signIn(service, service.rootKey);
  return { service, cookie, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

describe("a session", () => {
  test("is a cookie that no script reads and no other site's page sends", async () => {
    await using service = await startService();

    const { status, headers, answer } = await service.call(create, {
      key: null,
      body: { apiKey: service.rootKey },
    });

    expect(status).toBe(201);
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^byot_session=[\w.-]+; Path=\/; Max-Age=28800; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(answer.data).toMatchObject({ name: "test", expiresAt: "2026-03-02T17:00:00.000Z" });
    expect(answer.data).not.toHaveProperty("workspace");
    expect(answer.data.scopes).toContain("config:write");
  });

  test.each([
    ["https://authz.acme.com", true],
    ["http://authz.acme.internal", false],
  ])(
    "is sent by https alone where the server is reached at %s: %s",
    async (publicUrl, isSecure) => {
      await using service = await startService({ publicUrl });

      const { headers } = await service.call(create, {
        key: null,
        body: { apiKey: service.rootKey },
      });

      expect(headers.getSetCookie()[0]?.endsWith("; Secure")).toBe(isSecure);
    },
  );

  test("stands for its key, for reading and, from a page of the server, for writing", async () => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;

    const whose = await service.call(read, { key: null, headers: { cookie } });
    const listed = await service.call(routes.policies.list, { key: null, headers: { cookie } });
    const created = await service.call(routes.resources.create, {
      ...newResource,
      key: null,
      headers: { cookie, origin: service.url },
    });

    expect(whose.answer.data.expiresAt).toBe("2026-03-02T17:00:00.000Z");
    expect(listed.answer.data).toHaveLength(2);
    expect(created.status).toBe(201);
  });

  test("names the workspace of its key, and opens no other", async () => {
    await using signedIn = await startSignedIn();
    const { service } = signedIn;
    const cookie = await signIn(service, await service.makeKey({ workspaceId: "beta" }));

    const whose = await service.call(read, { key: null, headers: { cookie } });
    const problem = await service.refuse(routes.policies.list, { key: null, headers: { cookie } });

    expect(whose.answer.data.workspace).toBe("beta");
    expect(problem.code).toBe("workspace_not_permitted");
  });

  test("may no more than its key", async () => {
    await using signedIn = await startSignedIn();
    const { service } = signedIn;
    const cookie = await signIn(service, await service.makeKey({ scopes: ["config:read"] }));

    const problem = await service.refuse(routes.resources.create, {
      ...newResource,
      key: null,
      headers: { cookie, origin: service.url },
    });

    expect(problem.code).toBe("scope_missing");
  });

  test("lets a check be explained, as its key does", async () => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;
    const token = await service.tokenOf("ben");

    const { answer } = await service.call(routes.decisions.authorize, {
      key: null,
      headers: { cookie, origin: service.url },
      body: { token, resource: "premium-features", action: "access", explain: true },
    });

    expect(answer.data.explanation?.summary).toContain("premium_access");
  });

  test("gives way to a key that is sent on purpose", async () => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;

    const problem = await service.refuse(routes.policies.list, {
      key: "byot_wrong",
      headers: { cookie },
    });

    expect(problem.code).toBe("api_key_invalid");
  });

  test("is nothing that a key alone would have", async () => {
    await using service = await startService();

    const problem = await service.refuse(read);

    expect(problem.code).toBe("session_ended");
  });
});

describe("a session changes nothing", () => {
  const foreign: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["another site", { origin: "https://evil.example" }],
    ["another port of the same host", { origin: "http://127.0.0.1:1" }],
    ["a page that hides where it comes from", { origin: "null" }],
    ["a page that does not say where it comes from", {}],
    ["a host that begins like it", { origin: "http://127.0.0.1.evil.example" }],
  ];

  test.each(foreign)("for %s", async (_title, headers) => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;

    const problem = await service.refuse(routes.resources.create, {
      ...newResource,
      key: null,
      headers: { ...headers, cookie },
    });
    const revision = await service.storage.revision("acme");

    expect(problem.code).toBe("origin_not_permitted");
    expect(revision).toBe((await service.storage.readConfiguration("acme"))?.revision);
    expect(await service.storage.resources.find("acme", "invoices")).toBeUndefined();
  });

  test("for a page of its own host where the server is known by another name", async () => {
    await using signedIn = await startSignedIn({ publicUrl: "https://authz.acme.com" });
    const { service, cookie } = signedIn;
    const from = (origin: string) => ({ key: null, headers: { cookie, origin }, ...newResource });

    const problem = await service.refuse(routes.resources.create, from(service.url));
    const created = await service.call(routes.resources.create, from("https://authz.acme.com"));

    expect(problem.code).toBe("origin_not_permitted");
    expect(created.status).toBe(201);
  });

  test("for another site that asks for a check", async () => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;

    const problem = await service.refuse(routes.decisions.authorize, {
      key: null,
      headers: { cookie, origin: "https://evil.example" },
      body: { token: await service.tokenOf("ada"), resource: "orders", action: "approve" },
    });

    expect(problem.code).toBe("origin_not_permitted");
  });
});

/** Whether a cookie still opens something, or why not. */
async function stillOpens(service: Service, cookie: string): Promise<string> {
  const request = { key: null, headers: { cookie } };
  const { status } = await service.ask(read, request);
  return status === 200 ? "open" : (await service.refuse(read, request)).code;
}

describe("a session ends", () => {
  test("after eight hours", async () => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;

    service.clock.advanceSeconds(eightHours - 1);
    const before = await stillOpens(service, cookie);
    service.clock.advanceSeconds(1);

    expect([before, await stillOpens(service, cookie)]).toEqual(["open", "session_ended"]);
  });

  test("with its key, the moment that ends or is revoked", async () => {
    await using service = await startService();
    const expiresAt = new Date("2026-03-02T10:00:00Z");
    const ending = await signIn(service, await service.makeKey({ expiresAt }));
    const key = await service.makeKey({ workspaceId: "acme" });
    const revoked = await signIn(service, key);
    const whose = await service.call(read, { key: null, headers: { cookie: ending } });

    await service.call(routes.apiKeys.revoke, { path: { key: key.slice(5, 13) } });
    const afterRevoking = await stillOpens(service, revoked);
    service.clock.set(expiresAt);

    expect(whose.answer.data.expiresAt).toBe(expiresAt.toISOString());
    expect(afterRevoking).toBe("session_ended");
    expect(await stillOpens(service, ending)).toBe("session_ended");
  });

  test("in its browser, when it is asked for", async () => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;

    const { status, headers } = await service.call(remove, {
      key: null,
      headers: { cookie, origin: service.url },
    });

    expect(status).toBe(204);
    expect(headers.getSetCookie()).toEqual([
      "byot_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict",
    ]);
  });

  test.each([
    ["its key's id", (value: string) => `AAAAAAAA${value.slice(8)}`],
    ["its end", (value: string) => value.replace(/\.\d+\./, ".9999999999.")],
    ["its signature", (value: string) => `${value.slice(0, -1)}${value.endsWith("A") ? "E" : "A"}`],
    ["its length", (value: string) => value.slice(0, -1)],
    ["everything", () => "nonsense"],
    ["everything, to nothing", () => ""],
  ])("for whoever changes %s", async (_title, change) => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;
    const value = cookie.slice(sessionCookieName.length + 1);

    const opens = await stillOpens(service, `${sessionCookieName}=${change(value)}`);

    expect(opens).toBe("session_ended");
  });

  test("where two of them are sent, since nobody knows which is meant", async () => {
    await using signedIn = await startSignedIn();
    const { service, cookie } = signedIn;
    const another = await signIn(service, await service.makeKey());

    expect(await stillOpens(service, `${cookie}; ${another}`)).toBe("session_ended");
    expect(await stillOpens(service, `theme=dark; ${cookie}`)).toBe("open");
  });

  test("with the server that made it: another one's opens nothing", async () => {
    await using signedIn = await startSignedIn();
    await using another = await startService();

    expect(await stillOpens(another, signedIn.cookie)).toBe("session_ended");
  });
});

describe("signing in", () => {
  test.each([
    ["a wrong key", async () => `byot_AAAAAAAA_${"A".repeat(43)}`],
    ["nonsense", async () => "nonsense"],
    ["a user's token", (service: Service) => service.tokenOf("ada")],
    ["a revoked key", (service: Service) => service.makeKey({ revokedAt: new Date(0) })],
    ["a key that has ended", (service: Service) => service.makeKey({ expiresAt: new Date(0) })],
  ])("is refused with %s", async (_title, makeKey) => {
    await using service = await startService();
    const apiKey = (await makeKey(service)).slice(0, 255);

    const answer = await service.ask(create, { key: null, body: { apiKey } });

    expect(answer).toMatchObject({ status: 401, body: { code: "api_key_invalid" } });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test("is refused to another site's page, and so is signing out", async () => {
    await using service = await startService();
    const headers = { origin: "https://evil.example" };

    const problems = [
      await service.refuse(create, { key: null, headers, body: { apiKey: service.rootKey } }),
      await service.refuse(remove, { key: null, headers }),
    ];

    expect(problems.map(({ code }) => code)).toEqual([
      "origin_not_permitted",
      "origin_not_permitted",
    ]);
  });
});
