import type { CallGate, SecretStore } from "@byot/storage";

/** Makes an empty store of secrets behind a gate. */
export function createMemorySecrets(gate: CallGate): SecretStore {
  const secrets = new Map<string, string>();
  return {
    findOrCreate: (name, proposed) =>
      gate.run(() => {
        const secret = secrets.get(name) ?? proposed;
        secrets.set(name, secret);
        return secret;
      }),
  };
}
