import { type ApiKeyRecord, type ApiKeyStore, defaultWorkspaceSettings } from "@byot/storage";
import { openMemoryStorage } from "@byot/storage-memory";
import { expect, test } from "vitest";
import { createApiKey } from "../../src/access/api-key.js";
import { ensureRootKey, type RootKeyParts } from "../../src/access/root-key.js";
import { origin } from "../support/service.js";

const at = new Date("2026-03-02T09:00:00Z");
const bytesOf =
  (value: number) =>
  (length: number): Uint8Array =>
    new Uint8Array(length).fill(value);
const first = createApiKey(bytesOf(1));
const second = createApiKey(bytesOf(2));

function partsOf(apiKeys: ApiKeyStore, changes: Partial<RootKeyParts> = {}): RootKeyParts {
  return {
    apiKeys,
    chosen: undefined,
    deliver: async () => undefined,
    clock: () => at,
    randomBytes: bytesOf(1),
    ...changes,
  };
}

async function goodKeys(apiKeys: ApiKeyStore): Promise<readonly string[]> {
  const { items } = await apiKeys.list(undefined, { limit: 200 });
  return items.filter(({ revokedAt }) => revokedAt === undefined).map(({ id }) => id);
}

const workspaceKey = (made: typeof first, id: string): ApiKeyRecord => ({
  id: made.id,
  secretHash: made.secretHash,
  name: "ci",
  scopes: ["config:read"],
  workspaceId: id,
  createdAt: at,
});

/** A store of keys, and the workspace that some of them open. */
async function keysOfAcme(): Promise<ApiKeyStore> {
  const storage = openMemoryStorage();
  const value = { id: "acme", name: "Acme", settings: defaultWorkspaceSettings };
  const writes = [{ operation: "put", kind: "workspace", value, expectedVersion: null }] as const;
  await storage.apply({ ...origin, workspaceId: "acme", at, writes });
  return storage.apiKeys;
}

test("makes a root key with every scope and for every workspace when there is none", async () => {
  const apiKeys = await keysOfAcme();
  const delivered: string[] = [];

  const outcome = await ensureRootKey(
    partsOf(apiKeys, { deliver: async (key) => void delivered.push(key) }),
  );

  expect(outcome).toBe("made");
  expect(delivered).toEqual([first.key]);
  expect(await apiKeys.find(first.id)).toEqual({
    id: first.id,
    secretHash: first.secretHash,
    name: "root",
    scopes: ["*"],
    createdAt: at,
  });
});

test("makes no key that could not be delivered", async () => {
  const apiKeys = await keysOfAcme();

  const ensured = ensureRootKey(
    partsOf(apiKeys, { deliver: () => Promise.reject(new Error("disk full")) }),
  );

  await expect(ensured).rejects.toThrow("disk full");
  expect(await goodKeys(apiKeys)).toEqual([]);
});

test("keeps the root key of an earlier start", async () => {
  const apiKeys = await keysOfAcme();
  await ensureRootKey(partsOf(apiKeys));

  const outcome = await ensureRootKey(partsOf(apiKeys, { randomBytes: bytesOf(9) }));

  expect(outcome).toBe("kept");
  expect(await goodKeys(apiKeys)).toEqual([first.id]);
});

test("finds the root key behind more keys than one page holds", async () => {
  const apiKeys = await keysOfAcme();
  for (let index = 0; index < 250; index += 1) {
    const id = `AAAA${String(index).padStart(4, "0")}`;
    await apiKeys.create({ ...workspaceKey(second, "acme"), id }, origin);
  }
  await ensureRootKey(partsOf(apiKeys, { randomBytes: bytesOf(255) }));

  const outcome = await ensureRootKey(partsOf(apiKeys));

  expect(outcome).toBe("kept");
});

test("takes the chosen key, at this start and at the next", async () => {
  const apiKeys = await keysOfAcme();

  const origins = [
    await ensureRootKey(partsOf(apiKeys, { chosen: second.key })),
    await ensureRootKey(partsOf(apiKeys, { chosen: second.key })),
  ];

  expect(origins).toEqual(["chosen", "chosen"]);
  expect(await goodKeys(apiKeys)).toEqual([second.id]);
});

test("lets servers of one database choose the same key at the same moment", async () => {
  const apiKeys = await keysOfAcme();
  const start = (): Promise<string> => ensureRootKey(partsOf(apiKeys, { chosen: second.key }));

  const outcomes = await Promise.all([start(), start(), start(), start()]);

  expect(outcomes).toEqual(["chosen", "chosen", "chosen", "chosen"]);
  expect(await goodKeys(apiKeys)).toEqual([second.id]);
});

test("takes every power from the old root key when another is chosen, and leaves workspaces' keys", async () => {
  const apiKeys = await keysOfAcme();
  await ensureRootKey(partsOf(apiKeys));
  await apiKeys.create({ ...workspaceKey(first, "acme"), id: "ACMEACME" }, origin);

  await ensureRootKey(partsOf(apiKeys, { chosen: second.key }));

  expect(await goodKeys(apiKeys)).toEqual(["ACMEACME", second.id].toSorted());
  expect((await apiKeys.find(first.id))?.revokedAt).toEqual(at);
});

test("refuses to choose a key that was superseded before", async () => {
  const apiKeys = await keysOfAcme();
  await ensureRootKey(partsOf(apiKeys, { chosen: first.key }));
  await ensureRootKey(partsOf(apiKeys, { chosen: second.key }));

  const again = ensureRootKey(partsOf(apiKeys, { chosen: first.key }));

  await expect(again).rejects.toMatchObject({ name: "StartProblem" });
  expect(await goodKeys(apiKeys)).toEqual([second.id]);
});

test("refuses to choose a key whose id another key has, and repeats neither", async () => {
  const apiKeys = await keysOfAcme();
  await ensureRootKey(partsOf(apiKeys));
  const impostor = `byot_${first.id}_${"A".repeat(43)}`;

  const chosen = ensureRootKey(partsOf(apiKeys, { chosen: impostor }));

  await expect(chosen).rejects.toMatchObject({ name: "StartProblem" });
  await expect(chosen).rejects.not.toThrow(first.id);
  expect(await goodKeys(apiKeys)).toEqual([first.id]);
});

test("refuses to choose a key of one workspace, which could not do everything", async () => {
  const apiKeys = await keysOfAcme();
  await ensureRootKey(partsOf(apiKeys));
  await apiKeys.create(workspaceKey(second, "acme"), origin);

  const chosen = ensureRootKey(partsOf(apiKeys, { chosen: second.key }));

  await expect(chosen).rejects.toMatchObject({ name: "StartProblem" });
  expect(await goodKeys(apiKeys)).toContain(first.id);
});
