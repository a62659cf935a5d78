import { type ApiKeyRecord, type ApiKeyStore, StorageError } from "@byot/storage";
import { StartProblem } from "../process/start-problem.js";
import { apiKeyId, createApiKey, hashApiKey, matchesApiKey } from "./api-key.js";
import { everyScope } from "./granted-scopes.js";
import { systemOrigin } from "./system-origin.js";

/** What the root key is settled with. */
export interface RootKeyParts {
  /** Where keys are kept. */
  readonly apiKeys: ApiKeyStore;
  /** The key that the operator has chosen; `undefined` to keep the one there is, or to make one. */
  readonly chosen: string | undefined;
  /** Hands a key that was made to its owner. It is called before the key opens anything. */
  readonly deliver: (key: string) => Promise<void>;
  /** The time of day. */
  readonly clock: () => Date;
  /** Makes `length` unguessable bytes. */
  readonly randomBytes: (length: number) => Uint8Array;
}

/** How the root key came to be: chosen by the operator, kept from an earlier start, or made and delivered now. */
export type RootKeyOrigin = "chosen" | "kept" | "made";

const origin = systemOrigin("start");

/**
 * Sees to it that there is a key that may do everything. Choosing one revokes every other key without a workspace, so
 * that choosing a new one takes the old one's power away. Servers that share a database may choose the same one at the
 * same time.
 *
 * @throws StartProblem when the chosen key has the public part of a key that is not a good root key: one with another
 * secret, a revoked one, or one of a workspace.
 */
export async function ensureRootKey(parts: RootKeyParts): Promise<RootKeyOrigin> {
  const current = await goodRootKeys(parts.apiKeys);
  if (parts.chosen !== undefined) {
    await chooseRootKey(parts, parts.chosen, current);
    return "chosen";
  }
  if (current.length > 0) {
    return "kept";
  }
  const { key, id, secretHash } = createApiKey(parts.randomBytes);
  await parts.deliver(key);
  await parts.apiKeys.create(rootRecord(id, secretHash, parts.clock()), origin);
  return "made";
}

async function chooseRootKey(
  { apiKeys, clock }: RootKeyParts,
  chosen: string,
  current: readonly ApiKeyRecord[],
): Promise<void> {
  const id = apiKeyId(chosen) ?? "";
  await createUnlessThere(apiKeys, rootRecord(id, hashApiKey(chosen), clock()));
  const stored = await apiKeys.find(id);
  if (stored === undefined || !isRootKey(stored) || !matchesApiKey(chosen, stored.secretHash)) {
    throw new StartProblem(
      "BYOT_ROOT_KEY has the public part of another key, a revoked one or one of a workspace; choose a new one",
    );
  }
  const superseded = current.filter((record) => record.id !== id);
  await Promise.all(superseded.map((record) => apiKeys.revoke(record.id, clock(), origin)));
}

async function createUnlessThere(apiKeys: ApiKeyStore, record: ApiKeyRecord): Promise<void> {
  if ((await apiKeys.find(record.id)) !== undefined) {
    return;
  }
  try {
    await apiKeys.create(record, origin);
  } catch (error) {
    // Another server of the same database has written it just now.
    if (!(error instanceof StorageError && error.code === "ALREADY_EXISTS")) {
      throw error;
    }
  }
}

async function goodRootKeys(
  apiKeys: ApiKeyStore,
  cursor?: string,
): Promise<readonly ApiKeyRecord[]> {
  const page = await apiKeys.list(undefined, {
    limit: 200,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const good = page.items.filter(isRootKey);
  return page.nextCursor === null
    ? good
    : [...good, ...(await goodRootKeys(apiKeys, page.nextCursor))];
}

function isRootKey({ workspaceId, revokedAt }: ApiKeyRecord): boolean {
  return workspaceId === undefined && revokedAt === undefined;
}

function rootRecord(id: string, secretHash: string, createdAt: Date): ApiKeyRecord {
  return { id, secretHash, name: "root", scopes: [everyScope], createdAt };
}
