import {
  createKeySources,
  createTokenVerifier,
  createWorkspaceTrust,
  type DocumentFetcher,
  type TokenVerifier,
  type TrustedIssuer,
  type VerifiedTokenCache,
} from "@byot/token-verifier";
import { createVerifiedTokenCache, nodeSignatures } from "@byot/token-verifier/node";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { acmeKey, adaClaims, createHandClock, noonSeconds } from "./support/acme.js";
import { createHandWait, createKeyEndpoint } from "./support/key-endpoint.js";
import { remoteProvider, until } from "./support/remembering.js";
import { createRsaKey, signToken } from "./support/signing-key.js";

const otherKey = createRsaKey("acme-2027");
const impostor = createRsaKey("acme-2026");
const keySets = [[acmeKey], [acmeKey, otherKey], [otherKey], [impostor], [impostor, otherKey]];

const tokens = [
  signToken({ ...adaClaims, exp: noonSeconds + 40 }, acmeKey),
  signToken({ ...adaClaims, exp: noonSeconds + 5000, nbf: noonSeconds - 20 }, acmeKey),
  signToken({ ...adaClaims, exp: noonSeconds + 5000, iat: noonSeconds + 25 }, acmeKey),
  signToken({ ...adaClaims, exp: noonSeconds + 90_000, aud: ["web", "acme-api"] }, otherKey),
  signToken({ ...adaClaims, exp: noonSeconds + 90_000, azp: "web-app" }, acmeKey, {
    typ: "at+jwt",
  }),
  signToken({ ...adaClaims, exp: noonSeconds + 90_000, sub: "eve" }, impostor),
  "no token",
];

/** What can happen to the configuration of a workspace. */
const edits: readonly Partial<TrustedIssuer>[] = [
  {},
  { allowedAudiences: ["web"] },
  { allowedAudiences: ["other-api"] },
  { authorizedParties: ["web-app"] },
  { tokenTypes: ["at+jwt"] },
  { algorithms: ["RS512"] },
  { clockToleranceSeconds: 0 },
  { maxLifetimeSeconds: 600 },
  { issuer: "https://login.other.example" },
  { requireKid: true },
];

type Event =
  | { readonly type: "verify"; readonly workspace: number; readonly token: number }
  | { readonly type: "pass"; readonly seconds: number }
  | { readonly type: "publish"; readonly keys: number }
  | { readonly type: "outage" }
  | { readonly type: "edit"; readonly workspace: number; readonly edit: number }
  | { readonly type: "toggle"; readonly workspace: number }
  | {
      readonly type: "neighbour";
      readonly workspace: number;
      readonly first: boolean;
      readonly edit: number;
    };

const workspace = fc.nat({ max: 1 });
/** Half of all edits change nothing but the version, so that tokens keep being accepted. */
const edit = fc.oneof(fc.constant(0), fc.nat({ max: edits.length - 1 }));

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.record({
      type: fc.constant("verify" as const),
      workspace,
      token: fc.nat({ max: tokens.length - 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("pass" as const),
      seconds: fc.constantFrom(0, 1, 9, 10, 11, 29, 59, 60, 61, 240, 300, 3600, -1, -45, -3600),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("publish" as const),
      keys: fc.nat({ max: keySets.length - 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: "outage" as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("edit" as const), workspace, edit }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("toggle" as const), workspace }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("neighbour" as const),
      workspace,
      first: fc.boolean(),
      edit,
    }),
  },
);

/** Two workspaces whose configuration changes, every change a new version and a new trust. */
class Configuration {
  readonly #providers = ["acme", "globex"].map((workspaceId) => [remoteProvider({ workspaceId })]);
  #version = 10;

  trust(index: number): ReturnType<typeof createWorkspaceTrust> {
    const workspaceId = index === 0 ? "acme" : "globex";
    return createWorkspaceTrust(workspaceId, this.#version, this.#providers[index] ?? []);
  }

  change(index: number, changes: (provider: TrustedIssuer) => Partial<TrustedIssuer>): void {
    this.#version += 1;
    const [first, ...others] = this.#providers[index] ?? [];
    if (first !== undefined) {
      const changed = { ...first, ...changes(first), version: this.#version };
      this.#providers[index] = [changed, ...others];
    }
  }

  add(index: number, isFirst: boolean, changes: Partial<TrustedIssuer>): void {
    this.#version += 1;
    const providers = this.#providers[index] ?? [];
    const added = remoteProvider({
      workspaceId: index === 0 ? "acme" : "globex",
      ...changes,
      id: `added-${this.#version}`,
      version: this.#version,
    });
    this.#providers[index] = isFirst ? [added, ...providers] : [...providers, added];
  }
}

/** The world that both verifiers live in, and their answers to everything that happens in it. */
class World {
  readonly clock = createHandClock();
  readonly endpoint = createKeyEndpoint(acmeKey);
  readonly configuration = new Configuration();
  readonly forgetful = this.#verifier();
  readonly remembering: TokenVerifier;
  hits = 0;
  /** How many fetches began and ended: between two events none is under way. */
  #began = 0;
  #ended = 0;

  constructor() {
    this.remembering = this.#verifier(this.#counted(createVerifiedTokenCache()));
  }

  async happen(step: Event): Promise<readonly [unknown, unknown] | undefined> {
    if (step.type === "verify") {
      const trust = this.configuration.trust(step.workspace);
      const text = tokens[step.token];
      const remembered = await this.remembering.verify(trust, text);
      const fresh = await this.forgetful.verify(trust, text);
      await until(() => this.#began === this.#ended);
      return [remembered, fresh];
    }
    this.#change(step);
    return undefined;
  }

  #change(step: Exclude<Event, { readonly type: "verify" }>): void {
    switch (step.type) {
      case "pass":
        this.clock.advance(step.seconds);
        return;
      case "publish":
        this.endpoint.publish(keySets[step.keys] ?? []);
        return;
      case "outage":
        this.endpoint.fail();
        return;
      case "edit":
        this.configuration.change(step.workspace, () => edits[step.edit] ?? {});
        return;
      case "toggle":
        this.configuration.change(step.workspace, ({ enabled }) => ({ enabled: !enabled }));
        return;
      case "neighbour":
        this.configuration.add(step.workspace, step.first, edits[step.edit] ?? {});
        return;
    }
  }

  /** Each verifier has key sources of its own, so that what one of them fetches is no help to the other. */
  #verifier(cache?: VerifiedTokenCache): TokenVerifier {
    const fetcher: DocumentFetcher = (request) => {
      this.#began += 1;
      return this.endpoint.fetcher(request);
    };
    const onEvent = (): void => {
      this.#ended += 1;
    };
    const { wait } = createHandWait();
    const keys = createKeySources({ fetcher, clock: this.clock, wait, random: () => 0.5, onEvent });
    return createTokenVerifier({ keys, clock: this.clock, signatures: nodeSignatures(), cache });
  }

  #counted(cache: VerifiedTokenCache): VerifiedTokenCache {
    return {
      ...cache,
      isRevoked: (token) => {
        this.hits += 1;
        return cache.isRevoked(token);
      },
    };
  }
}

test("a verifier with a memory and one without never answer differently, whatever happens", async () => {
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 10, maxLength: 60 }), async (steps) => {
      const world = new World();
      for (const step of steps) {
        const answers = await world.happen(step);
        expect(answers?.[0]).toEqual(answers?.[1]);
      }
      hits += world.hits;
    }),
    { numRuns: 400, seed: 11 },
  );
  // Without hits there would be nothing to compare.
  expect(hits).toBeGreaterThan(200);
}, 120_000);
