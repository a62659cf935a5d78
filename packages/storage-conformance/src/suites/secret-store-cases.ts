import { expect } from "vitest";
import { awkwardKeys, awkwardText } from "../samples/sample-keys.js";
import { numbers } from "../samples/sample-log-records.js";
import { casesOf, type StorageCase } from "../storage-case.js";

/** What `SecretStore` promises. */
export const secretStoreCases: readonly StorageCase[] = casesOf("SecretStore", {
  "the first secret proposed under a name is the one that everybody gets": async ({ storage }) => {
    expect(await storage.secrets.findOrCreate("pseudonyms", "first")).toBe("first");
    expect(await storage.secrets.findOrCreate("pseudonyms", "second")).toBe("first");
  },
  "each name has a secret of its own, compared byte for byte": async ({ storage }) => {
    for (const name of awkwardKeys) {
      expect(await storage.secrets.findOrCreate(name, `of ${name}`)).toBe(`of ${name}`);
    }
    for (const name of awkwardKeys) {
      expect(await storage.secrets.findOrCreate(name, "late")).toBe(`of ${name}`);
    }
  },
  "a secret is kept as it is, whatever its characters": async ({ storage }) => {
    await storage.secrets.findOrCreate("pseudonyms", awkwardText);
    expect(await storage.secrets.findOrCreate("pseudonyms", "late")).toBe(awkwardText);
  },
  "whoever asks at the same time gets the same secret": async ({ storage }) => {
    const answers = await Promise.all(
      numbers(1, 20).map((n) => storage.secrets.findOrCreate("pseudonyms", `proposal ${n}`)),
    );
    const [first = ""] = answers;
    expect(first).toMatch(/^proposal \d+$/u);
    expect(new Set(answers)).toStrictEqual(new Set([first]));
    expect(await storage.secrets.findOrCreate("pseudonyms", "late")).toBe(first);
  },
});
