import { ByotClient } from "@byot/sdk";
import type { Resource } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { apiKey } from "./decisions.js";
import { json, problem, startFaultServer } from "./fault-server.js";
import type { FaultServer } from "./fault-server.js";

function resource(name: string): Resource {
  const at = "2026-03-02T09:30:00.000Z";
  return { name, category: "custom", actions: ["read"], version: 1, createdAt: at, updatedAt: at };
}

function clientOf(server: FaultServer): ByotClient {
  return new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey, retries: 0 });
}

async function namesOf(list: AsyncIterable<Resource>): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of list) {
    names.push(name);
  }
  return names;
}

const first = json(200, {
  data: [resource("invoices"), resource("orders")],
  page: { nextCursor: "b3JkZXJz=" },
});
const last = json(200, { data: [resource("refunds")], page: { nextCursor: null } });

describe("a list", () => {
  test("is gone through page after page", async () => {
    await using server = await startFaultServer(first, last);

    const names = await namesOf(clientOf(server).resources.list({ limit: 2 }));

    expect(names).toEqual(["invoices", "orders", "refunds"]);
    expect(server.seen.map(({ url }) => url)).toEqual([
      "/v1/workspaces/acme/resources?limit=2",
      "/v1/workspaces/acme/resources?limit=2&cursor=b3JkZXJz%3D",
    ]);
  });

  test("asks for nothing until somebody looks, and for no page that nobody wants", async () => {
    await using server = await startFaultServer(first, last);
    const list = clientOf(server).resources.list();

    expect(server.seen).toEqual([]);
    for await (const { name } of list) {
      expect(name).toBe("invoices");
      break;
    }

    expect(server.seen).toHaveLength(1);
  });

  test("gives one page with the cursor of the next", async () => {
    await using server = await startFaultServer(first, last);
    const list = clientOf(server).resources.list();

    const page = await list.page();
    const next = await list.page(page.nextCursor ?? undefined);

    expect(page).toMatchObject({ data: [{ name: "invoices" }, { name: "orders" }] });
    expect(next).toMatchObject({ data: [{ name: "refunds" }], nextCursor: null });
  });

  test("begins where an earlier one stopped", async () => {
    await using server = await startFaultServer(last);

    const names = await namesOf(clientOf(server).resources.list({ cursor: "b3JkZXJz=" }));

    expect(names).toEqual(["refunds"]);
    expect(server.seen[0]?.url).toBe("/v1/workspaces/acme/resources?cursor=b3JkZXJz%3D");
  });

  test("that is broken off throws, and is not taken for the whole", async () => {
    await using server = await startFaultServer(first, problem(503, "storage_unavailable"));

    await expect(namesOf(clientOf(server).resources.list())).rejects.toMatchObject({
      code: "storage_unavailable",
    });
  });

  test.each<[string, unknown]>([
    ["no page", { data: [] }],
    ["a cursor that is empty", { data: [], page: { nextCursor: "" } }],
    ["a cursor that is no text", { data: [], page: { nextCursor: 7 } }],
    ["items that are not resources", { data: [{ id: "x" }], page: { nextCursor: null } }],
    ["no list", { data: {}, page: { nextCursor: null } }],
  ])("is refused when the answer has %s", async (_name, body) => {
    await using server = await startFaultServer(json(200, body));

    await expect(namesOf(clientOf(server).resources.list())).rejects.toMatchObject({
      code: "response_invalid",
      message: "the answer to `resources.list` is not what was asked for",
    });
  });

  test("that leads in a circle is refused", async () => {
    await using server = await startFaultServer(first);

    await expect(namesOf(clientOf(server).resources.list())).rejects.toMatchObject({
      code: "response_invalid",
    });
    expect(server.seen).toHaveLength(2);
  });
});
