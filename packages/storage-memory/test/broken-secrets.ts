import type { SecretStore } from "@byot/storage";
import { withSecrets, type BrokenPromise } from "./broken-promise.js";

/** Ways to break what is promised of secrets. */
export const brokenSecrets: readonly BrokenPromise[] = [
  {
    does: "answers the secret that was proposed last",
    caughtBy: "the first secret proposed under a name is the one that everybody gets",
    breakIt: (storage) => withSecrets(storage, async (_, proposed) => proposed),
  },
  {
    does: "compares the names of secrets without letter case",
    caughtBy: "each name has a secret of its own, compared byte for byte",
    breakIt: (storage) =>
      withSecrets(storage, (name, proposed) =>
        storage.secrets.findOrCreate(name.toLowerCase(), proposed),
      ),
  },
  {
    does: "keeps secrets in ASCII",
    caughtBy: "a secret is kept as it is, whatever its characters",
    breakIt: (storage) =>
      withSecrets(storage, async (name, proposed) =>
        (await storage.secrets.findOrCreate(name, proposed)).replaceAll(/[^ -~]/gu, "?"),
      ),
  },
  {
    does: "looks for a secret and makes it in two steps",
    caughtBy: "whoever asks at the same time gets the same secret",
    breakIt: (storage) => withSecrets(storage, findThenCreate()),
  },
];

function findThenCreate(): SecretStore["findOrCreate"] {
  const secrets = new Map<string, string>();
  return async (name, proposed) => {
    const found = secrets.get(name);
    await Promise.resolve();
    if (found === undefined) {
      secrets.set(name, proposed);
    }
    return found ?? proposed;
  };
}
