import type { KeySettings, KeySourceStatus, ManagedKeySources } from "@byot/token-verifier";
import { expect, test } from "vitest";
import { type WatchedKeySources, watchKeySources } from "../../src/metrics/key-sources-in-use.js";

const fresh: KeySourceStatus = {
  state: "fresh",
  keys: [],
  droppedKeys: [],
  failures: 0,
  fetches: 1,
  fetching: false,
};

const noKeys: ManagedKeySources = {
  sourceFor: () => ({
    find: () => Promise.resolve({ status: "unknown" }),
    findNow: () => undefined,
  }),
  status: () => fresh,
  refresh: () => Promise.resolve(fresh),
};

function provider(id: string, issuer = `https://${id}.example`): KeySettings {
  return { workspaceId: "acme", id, issuer, keys: { jwksUri: `${issuer}/keys` } };
}

interface Watch extends WatchedKeySources {
  pass(millis: number): void;
}

function watch(mostProviders = 10): Watch {
  let now = 0;
  const parts = { stopwatch: () => now, useMillis: 1000, mostProviders };
  return {
    ...watchKeySources(noKeys, parts),
    pass: (millis) => {
      now += millis;
    },
  };
}

function issuersIn(watched: WatchedKeySources): readonly string[] {
  return watched.inUse().map(({ issuer }) => issuer);
}

test("tells of the keys that tokens were held against", () => {
  const watched = watch();
  watched.keys.sourceFor(provider("clerk"));

  expect(watched.inUse()).toEqual([{ issuer: "https://clerk.example", statuses: [fresh] }]);
});

test("tells nothing of keys that were only looked at or fetched", async () => {
  const watched = watch();
  watched.keys.status(provider("clerk"));
  await watched.keys.refresh(provider("okta"));

  expect(issuersIn(watched)).toEqual([]);
});

test("forgets keys that nobody has used for a while, such as those of a deleted provider", () => {
  const watched = watch();
  const used = provider("clerk");
  watched.keys.sourceFor(used);
  watched.keys.sourceFor(provider("okta"));
  watched.pass(900);
  watched.keys.sourceFor(used);
  watched.pass(900);

  expect(issuersIn(watched)).toEqual(["https://clerk.example"]);
});

test("puts the providers of one issuer together, whichever their workspaces", () => {
  const watched = watch();
  const shared = "https://accounts.example";
  watched.keys.sourceFor(provider("one", shared));
  watched.keys.sourceFor({ ...provider("one", shared), workspaceId: "globex" });

  expect(watched.inUse()).toEqual([{ issuer: shared, statuses: [fresh, fresh] }]);
});

test("takes a provider that was changed for the same one", () => {
  const watched = watch();
  watched.keys.sourceFor(provider("login", "https://old.example"));
  watched.keys.sourceFor(provider("login", "https://new.example"));

  expect(issuersIn(watched)).toEqual(["https://new.example"]);
});

test("remembers so many providers and no more", () => {
  const watched = watch(2);
  for (const id of ["one", "two", "three"]) {
    watched.keys.sourceFor(provider(id));
  }

  expect(issuersIn(watched).toSorted()).toEqual(["https://three.example", "https://two.example"]);
});
