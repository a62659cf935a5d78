import { apiKeyChange, type ApiKeyRecord } from "@byot/storage";
import { expect, test } from "vitest";

const at = new Date("2026-03-02T09:00:00Z");
const origin = { by: { kind: "api_key", id: "byot_root" }, requestId: "request-1" } as const;
const key: ApiKeyRecord = {
  id: "byot_shop",
  secretHash: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
  name: "shop",
  scopes: ["check"],
  workspaceId: "acme",
  createdAt: at,
  expiresAt: new Date("2027-03-02T09:00:00Z"),
};

test("tells of a new key without its secret", () => {
  const change = apiKeyChange({ workspaceId: "acme", revision: 4, at, origin, after: key });

  expect(change).toEqual({
    workspaceId: "acme",
    revision: 4,
    at,
    by: { kind: "api_key", id: "byot_root" },
    requestId: "request-1",
    kind: "api_key",
    key: "byot_shop",
    operation: "create",
    after: { name: "shop", scopes: ["check"], expiresAt: "2027-03-02T09:00:00.000Z" },
  });
});

test("tells of a revoked key what changed", () => {
  const { by } = origin;
  const after = { ...key, revokedAt: at };

  const change = apiKeyChange({
    workspaceId: "acme",
    revision: 4,
    at,
    origin: { by },
    before: key,
    after,
  });

  expect(change).not.toHaveProperty("requestId");
  expect(change).toMatchObject({
    operation: "replace",
    before: { name: "shop", scopes: ["check"], expiresAt: "2027-03-02T09:00:00.000Z" },
    after: { revokedAt: "2026-03-02T09:00:00.000Z" },
  });
});
