import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

type Models = Map<string, Map<string, AdapterPayload>>;

/**
 * Where an identity provider keeps its sessions and grants: in memory, until it is stopped. Nothing
 * is removed when it expires, the provider looks at the times itself.
 */
export function createOidcMemory(): AdapterFactory {
  const models: Models = new Map();
  return (name) => {
    const payloads = new Map<string, AdapterPayload>();
    models.set(name, payloads);
    return createAdapter(payloads, models);
  };
}

function createAdapter(payloads: Map<string, AdapterPayload>, models: Models): Adapter {
  const findBy = async (
    matches: (payload: AdapterPayload) => boolean,
  ): Promise<AdapterPayload | undefined> => [...payloads.values()].find(matches);
  return {
    upsert: async (id, payload) => {
      payloads.set(id, payload);
    },
    find: async (id) => payloads.get(id),
    findByUid: (uid) => findBy((payload) => payload.uid === uid),
    findByUserCode: (userCode) => findBy((payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = payloads.get(id);
      if (payload !== undefined) {
        payload.consumed = true;
      }
    },
    destroy: async (id) => {
      payloads.delete(id);
    },
    revokeByGrantId: async (grantId) => {
      for (const payload of models.values()) {
        removeGrant(payload, grantId);
      }
    },
  };
}

function removeGrant(payloads: Map<string, AdapterPayload>, grantId: string): void {
  for (const [id, payload] of payloads) {
    if (payload.grantId === grantId) {
      payloads.delete(id);
    }
  }
}
