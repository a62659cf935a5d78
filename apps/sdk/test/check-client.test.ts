import { ByotClient } from "@byot/sdk";
import { CheckClient } from "@byot/sdk/check";
import { expect, test } from "vitest";
import { allow, deny, question, token } from "./decisions.js";
import { json, startFaultServer } from "./fault-server.js";

test("a client that only checks answers as the whole one does", async () => {
  await using server = await startFaultServer(
    json(200, { data: allow }),
    json(200, { data: deny }),
    json(200, { data: { revision: 12, decisions: [allow] } }),
  );
  const byot = new CheckClient({ baseUrl: server.url, workspaceId: "acme" });

  expect(await byot.checkOrThrow(question)).toMatchObject({ data: allow });
  expect(await byot.isAllowed(question)).toBe(false);
  expect(await byot.checkAuthorizations({ token, checks: [question] })).toMatchObject({
    data: { decisions: [allow] },
  });
});

test("the whole client is one that checks", () => {
  const byot = new ByotClient({ baseUrl: "https://authz.acme.com", workspaceId: "acme" });

  expect(byot).toBeInstanceOf(CheckClient);
});

test("the same client but for some options only checks as well", async () => {
  await using server = await startFaultServer(json(200, { data: allow }));
  const byot = new CheckClient({ baseUrl: server.url, workspaceId: "acme" });

  const other = byot.withOptions({ workspaceId: "globex" });
  await other.checkAuthorization(question);

  expect(other.workspaceId).toBe("globex");
  expect(server.seen[0]?.url).toBe("/v1/workspaces/globex/authorize");
});
