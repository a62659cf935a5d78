import {
  createKeySources,
  type Limits,
  type ManagedKeySources,
  type TrustedIssuer,
} from "@byot/token-verifier";
import { expect, test } from "vitest";
import { acmeKey, acmeProvider } from "./support/acme.js";
import {
  createHandWait,
  createKeyEndpoint,
  type HandWait,
  type KeyEndpoint,
  settle,
} from "./support/key-endpoint.js";

interface Stage {
  readonly keys: ManagedKeySources;
  readonly endpoint: KeyEndpoint;
  readonly time: HandWait;
}

/** Sources of an endpoint that holds back its answers. */
function setStage(limits: Partial<Limits> = {}): Stage {
  const endpoint = createKeyEndpoint(acmeKey);
  endpoint.hold();
  const time = createHandWait();
  return {
    keys: createKeySources({ fetcher: endpoint.fetcher, wait: time.wait, limits }),
    endpoint,
    time,
  };
}

function providerOf(workspaceId: string, index: number): TrustedIssuer {
  return acmeProvider({
    workspaceId,
    id: `login-${index}`,
    keys: { jwksUri: `https://login.${workspaceId}.example/${index}` },
  });
}

function providersOf(workspaceId: string, count: number): readonly TrustedIssuer[] {
  return Array.from({ length: count }, (_, index) => providerOf(workspaceId, index));
}

test("two fetches of one workspace are under way at a time", async () => {
  const { endpoint, keys } = setStage();

  const work = Promise.all(providersOf("acme", 5).map((each) => keys.refresh(each)));
  await settle();
  expect(endpoint.open()).toBe(2);
  await endpoint.release();

  expect((await work).map(({ state }) => state)).toEqual(Array(5).fill("fresh"));
  expect(endpoint.requests).toHaveLength(5);
});

test("sixteen fetches of all workspaces are under way at a time", async () => {
  const { endpoint, keys } = setStage();
  const providers = Array.from({ length: 20 }, (_, index) => providerOf(`acme-${index}`, 0));

  const work = Promise.all(providers.map((each) => keys.refresh(each)));
  await settle();
  expect(endpoint.open()).toBe(16);
  await endpoint.release();

  expect(new Set((await work).map(({ state }) => state))).toEqual(new Set(["fresh"]));
});

test("workspaces take turns, however many fetches one of them wants", async () => {
  const { endpoint, keys } = setStage({ concurrentFetches: 1 });
  const wanted = [
    ...providersOf("acme", 4),
    ...providersOf("globex", 2),
    providerOf("umbrella", 0),
  ];

  const work = Promise.all(wanted.map((each) => keys.refresh(each)));
  await settle();
  await endpoint.release();
  await work;

  expect(endpoint.requests.map(({ url }) => new URL(url).hostname.split(".")[1])).toEqual([
    "acme",
    "acme",
    "globex",
    "umbrella",
    "acme",
    "globex",
    "acme",
  ]);
});

test("a fetch whose turn does not come in time fails, and the next one is tried later", async () => {
  const { endpoint, keys, time } = setStage({ concurrentFetches: 1 });
  const work = Promise.all(providersOf("acme", 2).map((each) => keys.refresh(each)));
  await settle();
  expect(time.pending()).toEqual([5000]);

  await time.elapse();
  await endpoint.release();

  await expect(work).resolves.toMatchObject([
    { state: "fresh" },
    { state: "empty", failure: { code: "fetch_queue_full" } },
  ]);
  expect(endpoint.requests).toHaveLength(1);
  expect(time.pending()).toEqual([]);
});

test("a fetch that finds the queue full fails at once", async () => {
  const { endpoint, keys } = setStage({ queuedFetches: 1 });
  const work = Promise.all(providersOf("acme", 4).map((each) => keys.refresh(each)));
  await settle();
  await endpoint.release();

  expect((await work).map(({ failure }) => failure?.code)).toEqual([
    undefined,
    undefined,
    undefined,
    "fetch_queue_full",
  ]);
});

test("a fetch that fails makes room", async () => {
  const { endpoint, keys } = setStage({ concurrentFetches: 1 });
  endpoint.fail();
  await endpoint.release();

  await keys.refresh(providerOf("acme", 0));
  await keys.refresh(providerOf("acme", 1));

  expect(endpoint.requests).toHaveLength(2);
});
