import { routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { allowAll, everythingIn, makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

const { create, read, replace, remove, rollback, validate, version, versions } = routes.policies;
const key = "allow_all";
const path = { key };

const described = (description: string) => ({ ...allowAll, description });

/** A service with the policy `allow_all` in three versions; answers them, the oldest first. */
async function startWithVersions(): Promise<{
  readonly service: Service;
  readonly written: readonly [number, number, number];
  [Symbol.asyncDispose](): PromiseLike<void>;
}> {
  const service = await startService();
  await makeAcme(service);
  const first = (await service.call(create, { body: described("One.") })).answer.data.version;
  const second = await write(service, first, "Two.");
  const third = await write(service, second, "Three.");
  return {
    service,
    written: [first, second, third],
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

async function write(service: Service, expected: number, description: string): Promise<number> {
  const body = described(description);
  return (await service.call(replace, { path, version: expected, body })).answer.data.version;
}

describe("the versions of a policy", () => {
  test("are listed newest first, in pages", async () => {
    await using started = await startWithVersions();
    const { service } = started;

    const { answer } = await service.call(versions, { path, query: { limit: "2" } });
    const rest = await service.call(versions, {
      path,
      query: { limit: "2", cursor: answer.page.nextCursor ?? "" },
    });

    expect(answer.data.map(({ description }) => description)).toEqual(["Three.", "Two."]);
    expect(rest.answer.data.map(({ description }) => description)).toEqual(["One."]);
    expect(rest.answer.page.nextCursor).toBeNull();
  });

  test("are read one by one", async () => {
    await using started = await startWithVersions();
    const { service, written } = started;

    const { answer } = await service.call(version, { path: { key, version: `${written[1]}` } });

    expect(answer.data).toMatchObject({ ...described("Two."), version: written[1] });
  });

  test("outlive the policy", async () => {
    await using started = await startWithVersions();
    const { service, written } = started;

    await service.call(remove, { path, version: written[2] });
    const listed = await service.call(versions, { path });
    const problem = await service.refuse(rollback, {
      path,
      version: written[2],
      body: { version: written[0] },
    });

    expect(listed.answer.data).toHaveLength(3);
    expect(problem.code).toBe("policy_unknown");
  });

  test("are those of this workspace: neither another one's nor an earlier one's of its id", async () => {
    await using started = await startWithVersions();
    const { service, written } = started;
    await service.call(routes.workspaces.create, { body: { id: "beta", name: "Beta" } });
    const { headers } = await service.call(routes.workspaces.read);
    service.clock.advanceSeconds(60);
    await service.call(routes.workspaces.remove, {
      query: { cascade: "true" },
      version: headers.get("etag") ?? "",
    });
    service.clock.advanceSeconds(60);
    await service.call(routes.workspaces.create, { body: { id: "acme", name: "Acme" } });

    const problems = [
      await service.refuse(versions, { path: { key, workspace: "beta" } }),
      await service.refuse(versions, { path }),
      await service.refuse(version, { path: { key, version: `${written[0]}` } }),
    ];
    const again = await service.call(create, { body: described("Anew.") });
    const listed = await service.call(versions, { path });
    const stolen = await service.refuse(rollback, {
      path,
      version: again.answer.data.version,
      body: { version: written[0] },
    });

    expect(problems.map(({ code }) => code)).toEqual([
      "policy_unknown",
      "policy_unknown",
      "policy_unknown",
    ]);
    expect(listed.answer.data.map(({ description }) => description)).toEqual(["Anew."]);
    expect(stolen.code).toBe("policy_version_unknown");
  });

  test.each([
    ["a policy there never was", { key: "nothing", version: "1" }, "policy_unknown"],
    ["a version there never was", { key, version: "999" }, "policy_version_unknown"],
    ["a version that is no number", { key, version: "latest" }, "request_invalid"],
    ["a workspace there never was", { key, version: "1", workspace: "no" }, "workspace_unknown"],
  ])("do not hold %s", async (_title, asked, code) => {
    await using started = await startWithVersions();

    const problem = await started.service.refuse(version, { path: asked });

    expect(problem.code).toBe(code);
  });
});

describe("a rollback", () => {
  test("writes what an earlier version says as a new one", async () => {
    await using started = await startWithVersions();
    const { service, written } = started;

    const { answer, headers } = await service.call(rollback, {
      path,
      version: written[2],
      body: { version: written[0] },
    });
    const listed = await service.call(versions, { path });

    expect(answer.data).toMatchObject({ description: "One.", version: written[2] + 1 });
    expect(answer.data.findings).toContainEqual(
      expect.objectContaining({ code: "RULE_UNCONDITIONAL_ALLOW" }),
    );
    expect(headers.get("etag")).toBe(`"${written[2] + 1}"`);
    expect((await service.call(read, { path })).answer.data.description).toBe("One.");
    expect(listed.answer.data.map(({ description }) => description)).toEqual([
      "One.",
      "Three.",
      "Two.",
      "One.",
    ]);
  });

  test("is refused on a version that is no longer the newest, and without one", async () => {
    await using started = await startWithVersions();
    const { service, written } = started;
    const before = await everythingIn(service);

    const problems = [
      await service.refuse(rollback, { path, version: written[1], body: { version: written[0] } }),
      await service.refuse(rollback, { path, body: { version: written[0] } }),
      await service.refuse(rollback, { path, version: written[2], body: { version: 999 } }),
    ];

    expect(problems.map(({ code }) => code)).toEqual([
      "version_stale",
      "version_required",
      "policy_version_unknown",
    ]);
    expect(await everythingIn(service)).toEqual(before);
  });

  test("is refused to what the workspace of today does not permit", async () => {
    await using service = await startService();
    await makeAcme(service);
    const readsNumber = {
      name: key,
      specification: {
        rules: [
          {
            rule_id: "r",
            effect: "Allow",
            conditions: [{ function: "integer_equal", attribute: "ext_level", value: 1 }],
          },
        ],
      },
    };
    const first = (await service.call(create, { body: readsNumber })).answer.data.version;
    const second = await write(service, first, "Two.");
    const provider = (await service.call(routes.providers.read, { path: { key: "acme-login" } }))
      .answer.data;
    const { id: _id, version: stored, createdAt: _c, updatedAt: _u, ...body } = provider;
    await service.call(routes.providers.replace, {
      path: { key: "acme-login" },
      version: stored,
      body: { ...body, claimMappings: [{ attribute: "level", jwtPath: "level", type: "string" }] },
    });
    const before = await everythingIn(service);

    const problem = await service.refuse(rollback, {
      path,
      version: second,
      body: { version: first },
    });

    expect(problem).toMatchObject({ code: "policy_invalid", status: 422 });
    expect(await everythingIn(service)).toEqual(before);
  });
});

describe("a draft", () => {
  test.each([
    ["a policy that can be stored", allowAll, true, "RULE_UNCONDITIONAL_ALLOW"],
    ["nothing at all", {}, false, "PROPERTY_REQUIRED"],
    [
      "a policy that reads what no provider maps",
      {
        name: "typo",
        specification: {
          rules: [
            {
              rule_id: "r",
              effect: "Allow",
              conditions: [{ function: "string_equal", attribute: "ext_plann", value: "premium" }],
            },
          ],
        },
      },
      true,
      "UNKNOWN_ATTRIBUTE",
    ],
    [
      "a policy with an unknown function",
      {
        name: "typo",
        specification: {
          rules: [
            {
              rule_id: "r",
              effect: "Allow",
              conditions: [{ function: "string_equals_", attribute: "ext_plan", value: "a" }],
            },
          ],
        },
      },
      false,
      "UNKNOWN_FUNCTION",
    ],
  ])("that is %s is answered what is to be known about it", async (_title, draft, ...rest) => {
    const [valid, code] = rest;
    await using service = await startService();
    await makeAcme(service);
    const reading = await service.makeKey({ scopes: ["config:read"], workspaceId: "acme" });
    const before = await everythingIn(service);

    const { answer } = await service.call(validate, { key: reading, body: draft });

    expect(answer.data.valid).toBe(valid);
    expect(answer.data.findings.map((finding) => finding.code)).toContain(code);
    expect(await everythingIn(service)).toEqual(before);
  });

  test("is answered the nearest name of a function", async () => {
    await using service = await startService();
    await makeAcme(service);
    const condition = { function: "string_equa", attribute: "ext_plan", value: "premium" };
    const rule = { rule_id: "r", effect: "Allow", conditions: [condition] };

    const { answer } = await service.call(validate, {
      body: { name: "typo", specification: { rules: [rule] } },
    });

    expect(answer.data.findings).toContainEqual(
      expect.objectContaining({
        path: "/specification/rules/0/conditions/0/function",
        severity: "error",
        suggestion: "string_equal",
      }),
    );
  });
});
