import type { DataAnswer, ItemPath, ProviderKeysAnswer, Routes } from "@byot/api-contract";
import type { ProviderRecord } from "@byot/storage";
import type { KeySourceStatus, ManagedKeySources } from "@byot/token-verifier";
import { unknownThing } from "./collection.js";
import { existingWorkspace } from "./existing-workspace.js";
import type { Operation, OperationOf } from "./operation.js";
import { done, type Outcome, refused } from "./outcome.js";
import type { Services } from "./services.js";

type KeyServices = Pick<Services, "storage" | "keys">;

/** Says how the keys of a provider are doing on this server. Looking fetches nothing. */
export function readKeys(services: KeyServices): OperationOf<Routes["providers"]["keys"]> {
  return answerKeys(services, async (keys, provider) => keys.status(provider));
}

/** Fetches the keys of a provider, unless that was done a moment ago, and says how they are doing then. */
export function refreshKeys(
  services: KeyServices,
): OperationOf<Routes["providers"]["refreshKeys"]> {
  return answerKeys(services, async (keys, provider) => {
    const status = keys.status(provider);
    return wasJustAsked(status) ? status : keys.refresh(provider);
  });
}

const shortestPauseSeconds = 10;

// Otherwise whoever holds a key could let this server flood an identity provider.
function wasJustAsked({ ageSeconds, failure }: KeySourceStatus): boolean {
  return failure === undefined && ageSeconds !== undefined && ageSeconds < shortestPauseSeconds;
}

type Look = (keys: ManagedKeySources, provider: ProviderRecord) => Promise<KeySourceStatus>;

function answerKeys<Query, Body>(
  { storage, keys }: KeyServices,
  look: Look,
): Operation<ItemPath, Query, Body, DataAnswer<ProviderKeysAnswer>> {
  return async ({ path }) => {
    const provider = await findProvider(storage, path);
    return provider.ok
      ? done({ answer: { data: describe(await look(keys, provider.value)) } })
      : provider;
  };
}

async function findProvider(
  storage: KeyServices["storage"],
  { workspace, key }: ItemPath,
): Promise<Outcome<ProviderRecord>> {
  const provider = await storage.providers.find(workspace, key);
  if (provider !== undefined) {
    return done(provider);
  }
  const existing = await existingWorkspace(storage, workspace);
  const unknown = { kind: "provider", unknownCode: "provider_unknown" } as const;
  return existing.ok ? refused(unknownThing(unknown, key)) : existing;
}

function describe(status: KeySourceStatus): ProviderKeysAnswer {
  const { state, jwksUri, ageSeconds, keys, droppedKeys, failure, nextAttemptAt } = status;
  return {
    state,
    ...(jwksUri === undefined ? {} : { jwksUri }),
    ...(ageSeconds === undefined ? {} : { ageSeconds }),
    keys: keys.map(({ kid, thumbprint, algorithms }) => ({
      ...named(kid),
      thumbprint,
      algorithms,
    })),
    droppedKeys: droppedKeys.map(({ kid, reason }) => ({ ...named(kid), reason })),
    ...(failure === undefined
      ? {}
      : { lastFailure: { code: failure.code, message: failure.message } }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt: nextAttemptAt.toISOString() }),
  };
}

function named(kid: string | undefined): { readonly kid?: string } {
  return kid === undefined ? {} : { kid };
}
