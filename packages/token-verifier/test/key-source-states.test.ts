import {
  createKeySources,
  createTokenVerifier,
  type KeyLookup,
  type KeySource,
  type KeySourceEvent,
  type KeySourceStatus,
  type Limits,
  type ManagedKeySources,
  type TrustedIssuer,
} from "@byot/token-verifier";
import { calculateJwkThumbprint } from "jose";
import { describe, expect, test } from "vitest";
import {
  acmeKey,
  acmeProvider,
  adaClaims,
  createHandClock,
  type HandClock,
  outcome,
  trustIn,
} from "./support/acme.js";
import {
  createHandWait,
  createKeyEndpoint,
  type HandWait,
  type KeyEndpoint,
  settle,
} from "./support/key-endpoint.js";
import { createRsaKey, signToken } from "./support/signing-key.js";

const nextKey = createRsaKey("acme-2027");
const provider = acmeProvider({ keys: { jwksUri: "https://login.acme.example/keys" } });

/** One source of keys, with everything around it in the hands of the test. */
interface Stage {
  readonly keys: ManagedKeySources;
  readonly source: KeySource;
  readonly endpoint: KeyEndpoint;
  readonly time: HandWait;
  readonly clock: HandClock;
  readonly events: readonly KeySourceEvent[];
  readonly fetches: () => number;
  readonly status: () => KeySourceStatus;
  /** Looks for a key and says how that went. */
  readonly look: (kid?: string) => Promise<string>;
}

function setStage(limits: Partial<Limits> = {}, chance = 1): Stage {
  const endpoint = createKeyEndpoint(acmeKey);
  const time = createHandWait();
  const clock = createHandClock();
  const events: KeySourceEvent[] = [];
  const keys = createKeySources({
    fetcher: endpoint.fetcher,
    onEvent: (event) => events.push(event),
    clock,
    wait: time.wait,
    // As close to 1 as a random number gets: the back-off is as long as it can be.
    random: () => Math.min(chance, 1 - Number.EPSILON),
    limits,
  });
  const source = keys.sourceFor(provider);
  return {
    keys,
    source,
    endpoint,
    time,
    clock,
    events,
    fetches: () => endpoint.requests.length,
    status: () => keys.status(provider),
    look: async (kid = acmeKey.kid) => describeLookup(await source.find({ alg: "RS256", kid })),
  };
}

function describeLookup(lookup: KeyLookup): string {
  return lookup.status === "found" ? "found" : `${lookup.status}, ${lookup.retryAfterSeconds} s`;
}

/** Whether a promise is settled without anything from outside. */
async function isSettled(work: Promise<unknown>): Promise<boolean> {
  const pending = Symbol("pending");
  return (await Promise.race([work, settle().then(() => pending)])) !== pending;
}

describe("an empty source", () => {
  test("fetches on first use, and everybody waits for that one fetch", async () => {
    const { endpoint, fetches, look, status } = setStage();
    endpoint.hold();
    expect(status()).toMatchObject({ state: "empty", fetches: 0 });

    const lookups = Promise.all(Array.from({ length: 50 }, () => look()));
    await expect(isSettled(lookups)).resolves.toBe(false);
    await endpoint.release();

    expect(new Set(await lookups)).toEqual(new Set(["found"]));
    expect(fetches()).toBe(1);
    expect(status()).toMatchObject({ state: "fresh", fetches: 1 });
  });

  test("goes on fetching when one of those who wait gives up", async () => {
    const { clock, endpoint, fetches, keys } = setStage();
    endpoint.hold();
    const verifier = createTokenVerifier({ keys, clock });
    const token = signToken(adaClaims, acmeKey);
    const impatient = new AbortController();

    const given = verifier.verify(trustIn(provider), token, { signal: impatient.signal });
    const patient = verifier.verify(trustIn(provider), token);
    impatient.abort(new Error("the caller is gone"));

    await expect(given).rejects.toThrow("the caller is gone");
    await endpoint.release();
    await expect(outcome(patient)).resolves.toBe("accepted");
    expect(fetches()).toBe(1);
  });

  test("is unavailable while its issuer does not answer", async () => {
    const { endpoint, fetches, look, status } = setStage();
    endpoint.fail();

    await expect(look()).resolves.toBe("unavailable, 1 s");
    await expect(look()).resolves.toBe("unavailable, 1 s");

    expect(fetches()).toBe(1);
    expect(status()).toMatchObject({ state: "empty", failure: { code: "unreachable" } });
  });
});

describe("the soft life", () => {
  test.each([
    ["without `max-age`", undefined, 300],
    ["with a `max-age` of 120 s", 120, 120],
    ["with a `max-age` under a minute", 15, 60],
    ["with a `max-age` of 0", 0, 60],
    ["with a `max-age` of a day", 86_400, 900],
  ])("%s (%s) is %i s", async (_situation, maxAgeSeconds, life) => {
    const { clock, endpoint, look, status } = setStage();
    endpoint.publish([acmeKey], maxAgeSeconds === undefined ? {} : { maxAgeSeconds });
    await look();

    clock.advance(life - 1);
    expect(status().state).toBe("fresh");
    clock.advance(1);
    expect(status().state).toBe("stale");
  });

  test("is refreshed ahead by a use in its last fifth, which nobody waits for", async () => {
    const { clock, endpoint, fetches, keys, look, source, status } = setStage();
    await look();
    clock.advance(239);
    await look();
    expect(fetches()).toBe(1);

    clock.advance(1);
    endpoint.hold();
    await expect(look()).resolves.toBe("found");
    expect(source.findNow({ alg: "RS256", kid: acmeKey.kid })).toBeDefined();
    expect(fetches()).toBe(2);
    const landed = keys.refresh(provider);
    await endpoint.release();
    await landed;

    clock.advance(239);
    expect(status()).toMatchObject({ state: "fresh", ageSeconds: 239 });
  });

  test("is not refreshed by anything while nobody uses the source", async () => {
    const { clock, fetches, look, time } = setStage();
    await look();

    clock.advance(86_400);
    await settle();

    expect(fetches()).toBe(1);
    expect(time.pending()).toEqual([]);
  });
});

describe("the first use after the soft life", () => {
  test("waits for a fetch, so that a withdrawn key is not found again", async () => {
    const { clock, endpoint, look } = setStage();
    await look();
    endpoint.publish([nextKey]);
    clock.advance(3000);

    await expect(look()).resolves.toBe("unknown, 10 s");
    await expect(look(nextKey.kid)).resolves.toBe("found");
  });

  test("is served old keys when the fetch takes more than a second", async () => {
    const { clock, endpoint, fetches, keys, look, source, status, time } = setStage();
    await look();
    endpoint.hold();
    clock.advance(300);

    const lookups = Promise.all([look(), look(), look()]);
    await expect(isSettled(lookups)).resolves.toBe(false);
    expect(source.findNow({ alg: "RS256", kid: acmeKey.kid })).toBeUndefined();
    expect(time.pending()).toEqual([1000]);
    await time.elapse();

    await expect(lookups).resolves.toEqual(["found", "found", "found"]);
    await expect(isSettled(look())).resolves.toBe(true);
    expect(status()).toMatchObject({ state: "stale", fetching: true });
    expect(fetches()).toBe(2);
    const landed = keys.refresh(provider);
    await endpoint.release();
    await expect(landed).resolves.toMatchObject({ state: "fresh", fetches: 2 });
  });

  test("is served old keys when the fetch fails, and so is everybody during the back-off", async () => {
    const { clock, endpoint, fetches, look, source } = setStage();
    await look();
    endpoint.fail();
    clock.advance(300);

    await expect(look()).resolves.toBe("found");
    await expect(look()).resolves.toBe("found");
    expect(source.findNow({ alg: "RS256", kid: acmeKey.kid })).toBeDefined();
    expect(fetches()).toBe(2);
  });

  test("leaves no timer behind when the fetch is fast", async () => {
    const { clock, endpoint, look, time } = setStage();
    await look();
    endpoint.hold();
    clock.advance(300);

    const lookup = look();
    await settle();
    expect(time.pending()).toEqual([1000]);
    await endpoint.release();

    await expect(lookup).resolves.toBe("found");
    expect(time.pending()).toEqual([]);
  });
});

describe("the hard life", () => {
  test.each([
    [3600, 3599],
    [1000, 999],
    [0, 299],
  ])("of %i s ends the service %i s after the last success", async (hardLifeSeconds, last) => {
    const { clock, endpoint, look, status } = setStage({ hardLifeSeconds });
    await look();
    endpoint.fail();

    clock.advance(last);
    await expect(look()).resolves.toBe("found");
    clock.advance(1);
    expect(status().state).toBe("expired");
    await expect(look()).resolves.toMatch(/^unavailable/);

    endpoint.publish([acmeKey]);
    clock.advance(60);
    await expect(look()).resolves.toBe("found");
    expect(status()).toMatchObject({ state: "fresh", failures: 0 });
  });

  test("is over for everybody at once, and they share one fetch", async () => {
    const { clock, endpoint, fetches, look, source } = setStage();
    await look();
    clock.advance(3600);
    endpoint.hold();

    const lookups = Promise.all(Array.from({ length: 50 }, () => look()));
    await expect(isSettled(lookups)).resolves.toBe(false);
    expect(source.findNow({ alg: "RS256", kid: acmeKey.kid })).toBeUndefined();
    await endpoint.release();

    expect(new Set(await lookups)).toEqual(new Set(["found"]));
    expect(fetches()).toBe(2);
  });
});

describe("an unknown key", () => {
  test("is fetched for when the last attempt is ten seconds ago, whatever came of it", async () => {
    const { clock, endpoint, fetches, look } = setStage();
    await look();
    endpoint.publish([acmeKey, nextKey]);

    clock.advance(9);
    await expect(look(nextKey.kid)).resolves.toBe("unknown, 1 s");
    clock.advance(1);
    await expect(look(nextKey.kid)).resolves.toBe("found");
    expect(fetches()).toBe(2);
  });

  test("joins the fetch under way", async () => {
    const { clock, endpoint, fetches, look } = setStage();
    await look();
    endpoint.publish([acmeKey, nextKey]);
    endpoint.hold();
    clock.advance(10);

    const lookups = Promise.all(Array.from({ length: 50 }, () => look(nextKey.kid)));
    await expect(isSettled(lookups)).resolves.toBe(false);
    await expect(look()).resolves.toBe("found");
    await endpoint.release();

    expect(new Set(await lookups)).toEqual(new Set(["found"]));
    expect(fetches()).toBe(2);
  });

  test("can not be told from a new one while the last fetch failed", async () => {
    const { clock, endpoint, look } = setStage();
    await look();
    endpoint.fail();
    clock.advance(10);

    await expect(look("stranger")).resolves.toBe("unavailable, 10 s");
    await expect(look()).resolves.toBe("found");
  });

  test("of a token that names none is no reason to fetch", async () => {
    const { clock, endpoint, fetches, source } = setStage();
    endpoint.publish([acmeKey, nextKey]);
    await source.find({ alg: "RS256" });
    clock.advance(60);

    await expect(source.find({ alg: "RS256" })).resolves.toMatchObject({ status: "unknown" });
    expect(fetches()).toBe(1);
  });

  test("ten thousand times while good tokens flow costs one fetch per interval", async () => {
    const { clock, fetches, look } = setStage();
    await look();

    for (let second = 0; second < 100; second += 1) {
      clock.advance(1);
      const strangers = Array.from({ length: 100 }, (_, index) => look(`${second}-${index}`));
      const outcomes = await Promise.all([look(), ...strangers, look()]);
      expect([outcomes.at(0), outcomes.at(-1)]).toEqual(["found", "found"]);
    }

    expect(fetches()).toBe(1 + 10);
  });
});

describe("after a failure", () => {
  test.each([
    ["at the most", 1, [1, 2, 4, 8, 16, 32, 60, 60]],
    ["at the least", 0, [0.5, 1, 2, 4, 8, 16, 30, 30]],
  ])("the issuer is left alone twice as long each time, %s", async (_end, chance, expected) => {
    const { clock, endpoint, fetches, look, status } = setStage({}, chance);
    endpoint.fail();

    for (const [failures, seconds] of expected.entries()) {
      await look();
      expect(status()).toMatchObject({ failures: failures + 1, fetches: failures + 1 });
      const wait = (status().nextAttemptAt?.getTime() ?? 0) - clock().getTime();
      expect(wait).toBe(seconds * 1000);
      clock.advance(seconds - 0.1);
      await look();
      expect(fetches()).toBe(failures + 1);
      clock.advance(0.1);
    }
  });

  test("one success makes the next failure the first again", async () => {
    const { clock, endpoint, look, status } = setStage();
    endpoint.fail();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await look();
      clock.advance(60);
    }
    endpoint.publish([acmeKey]);
    await expect(look()).resolves.toBe("found");
    endpoint.fail();
    clock.advance(300);

    await look();

    expect(status()).toMatchObject({ failures: 1, failure: { code: "unreachable" } });
  });

  test("for ten minutes there are at most two fetches a minute after the first", async () => {
    const { clock, endpoint, fetches, look } = setStage({}, 0);
    await look();
    endpoint.fail();
    clock.advance(300);

    const perMinute: number[] = [];
    for (let minute = 0; minute < 10; minute += 1) {
      const before = fetches();
      for (let second = 0; second < 60; second += 1) {
        await expect(look()).resolves.toBe("found");
        await look("stranger");
        clock.advance(1);
      }
      perMinute.push(fetches() - before);
    }

    expect(Math.max(...perMinute.slice(1))).toBeLessThanOrEqual(2);
  });
});

describe("a clock that is set back", () => {
  test("by a correction changes nothing", async () => {
    const { clock, fetches, look, status } = setStage();
    await look();
    clock.advance(100);
    await look();

    clock.advance(-0.5);

    await expect(look()).resolves.toBe("found");
    expect(status()).toMatchObject({ state: "fresh", ageSeconds: 100 });
    expect(fetches()).toBe(1);
  });

  test.each([-3600, -86_400])("by %i s makes keys neither young nor lost", async (seconds) => {
    const { clock, endpoint, look, status } = setStage();
    await look();
    clock.advance(200);
    await look();
    endpoint.fail();

    clock.advance(seconds);

    await expect(look()).resolves.toBe("found");
    expect(status()).toMatchObject({ state: "stale", ageSeconds: 200, failures: 1 });
    clock.advance(3399);
    await expect(look()).resolves.toBe("found");
    clock.advance(1);
    await expect(look()).resolves.toMatch(/^unavailable/);
  });

  test("does not keep the issuer from being asked", async () => {
    const { clock, endpoint, look } = setStage();
    endpoint.fail();
    await look();

    clock.advance(-86_400);
    await expect(look()).resolves.toBe("unavailable, 1 s");
    endpoint.publish([acmeKey]);
    clock.advance(1);

    await expect(look()).resolves.toBe("found");
  });

  test("or forward makes keys expire and be fetched again", async () => {
    const { clock, fetches, look } = setStage();
    await look();
    clock.advance(86_400);
    await expect(look()).resolves.toBe("found");

    clock.advance(-86_400);

    await expect(look()).resolves.toBe("found");
    expect(fetches()).toBe(3);
  });

  test("or forward during a fetch makes its keys come too late", async () => {
    const { clock, endpoint, look } = setStage();
    endpoint.hold();
    const lookup = look();
    await settle();

    clock.advance(86_400);
    await endpoint.release();

    await expect(lookup).resolves.toBe("unavailable, 1 s");
    await expect(look()).resolves.toBe("found");
  });
});

describe("the status", () => {
  test("tells keys, dropped keys and counts", async () => {
    const { endpoint, look, status } = setStage();
    const weak = createRsaKey("weak", { bits: 1024 });
    endpoint.publish([acmeKey, weak, nextKey, nextKey]);

    await look();

    expect(status()).toEqual({
      state: "fresh",
      jwksUri: "https://login.acme.example/keys",
      ageSeconds: 0,
      keys: [
        {
          kid: "acme-2026",
          algorithms: ["RS256"],
          thumbprint: await calculateJwkThumbprint(acmeKey.jwk),
        },
      ],
      droppedKeys: [
        { index: 1, kid: "weak", reason: "has an rsa modulus of 1024 bits, not 2048 to 4096" },
        { index: 2, kid: "acme-2027", reason: "shares its `kid` with another key" },
        { index: 3, kid: "acme-2027", reason: "shares its `kid` with another key" },
      ],
      failures: 0,
      fetches: 1,
      fetching: false,
    });
  });

  test("tells a failure beside the keys that serve, and when the next attempt may be", async () => {
    const { clock, endpoint, look, status } = setStage();
    await look();
    endpoint.fail();
    clock.advance(300);
    await look();

    expect(status()).toMatchObject({
      state: "stale",
      ageSeconds: 300,
      keys: [{ kid: "acme-2026" }],
      failure: { code: "unreachable", message: "nobody is there" },
      failures: 1,
      fetches: 2,
      nextAttemptAt: new Date(clock().getTime() + 1000),
    });
  });

  test("of a provider that nobody uses is empty, and looking does not fetch", () => {
    const { fetches, keys } = setStage();

    expect(keys.status({ ...provider, id: "acme-other" })).toEqual({
      state: "empty",
      keys: [],
      droppedKeys: [],
      failures: 0,
      fetches: 0,
      fetching: false,
    });
    expect(fetches()).toBe(0);
  });

  test("of inline keys tells which are used", async () => {
    const { keys } = setStage();
    const inline: TrustedIssuer = acmeProvider({
      keys: { inline: { keys: [acmeKey.jwk, { kty: "oct" }] } },
    });

    expect(keys.status(inline).state).toBe("empty");
    await expect(keys.refresh(inline)).resolves.toMatchObject({
      state: "fresh",
      keys: [{ kid: "acme-2026" }],
      droppedKeys: [{ index: 1, reason: "is not for an allowed algorithm" }],
    });
    await expect(
      keys.refresh(acmeProvider({ keys: { inline: { keys: [] } } })),
    ).resolves.toMatchObject({ state: "empty", failure: { code: "no_usable_key" } });
  });
});

describe("a refresh", () => {
  test("fetches at once, back-off or not", async () => {
    const { endpoint, keys, look } = setStage();
    endpoint.fail();
    await look();
    endpoint.publish([acmeKey]);

    await expect(keys.refresh(provider)).resolves.toMatchObject({ state: "fresh", fetches: 2 });
    await expect(keys.refresh(provider)).resolves.toMatchObject({ state: "fresh", fetches: 3 });
  });

  test("joins the fetch under way", async () => {
    const { endpoint, fetches, keys, look } = setStage();
    endpoint.hold();
    const work = Promise.all([look(), keys.refresh(provider), keys.refresh(provider)]);
    await settle();
    await endpoint.release();

    await work;

    expect(fetches()).toBe(1);
  });

  test("that fails costs no good keys", async () => {
    const { endpoint, keys, look } = setStage();
    await look();
    endpoint.fail();

    await expect(keys.refresh(provider)).resolves.toMatchObject({ state: "fresh", failures: 1 });
    await expect(look()).resolves.toBe("found");
  });
});

describe("events", () => {
  test("tell what became of every attempt", async () => {
    const { clock, endpoint, events, look } = setStage();
    await look();
    endpoint.fail();
    clock.advance(300);
    await look();

    const owner = {
      workspaceId: "acme",
      providerId: "acme-login",
      issuer: "https://login.acme.example",
    };
    expect(events).toMatchObject([
      { type: "keys_fetched", ...owner, keys: [{ kid: "acme-2026" }] },
      { type: "fetch_failed", ...owner, failure: { code: "unreachable" }, failures: 1 },
    ]);
  });

  test("that nobody can stand do no harm", async () => {
    const { fetcher } = createKeyEndpoint(acmeKey);
    const keys = createKeySources({
      fetcher,
      onEvent: () => {
        throw new Error("oops");
      },
    });

    await expect(keys.refresh(provider)).resolves.toMatchObject({ state: "fresh" });
  });
});
