import { createKeySources, type DocumentFetcher } from "@byot/token-verifier";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { acmeKey, acmeProvider, createHandClock } from "./support/acme.js";
import { createHandWait, type HandWait, settle } from "./support/key-endpoint.js";
import { createRsaKey, type SigningKey } from "./support/signing-key.js";

const signers: readonly SigningKey[] = [acmeKey, createRsaKey("acme-2027")];
const provider = acmeProvider({ keys: { jwksUri: "https://login.acme.example/keys" } });

type Mood = "good" | "bad" | "slow";

type Act =
  | { readonly type: "pass"; readonly seconds: number }
  | { readonly type: "look"; readonly kid: string }
  | { readonly type: "mood"; readonly mood: Mood }
  | { readonly type: "publish"; readonly signers: readonly number[] };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("pass" as const), seconds: seconds() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("look" as const),
      kid: fc.constantFrom("acme-2026", "acme-2027", "stranger"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("mood" as const),
      mood: fc.constantFrom<Mood>("good", "bad", "slow"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("publish" as const),
      signers: fc.constantFrom([0], [1], [0, 1]),
    }),
  },
);

function seconds(): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min: 0, max: 70 }), fc.constantFrom(239, 240, 299, 300, 3599, 3600));
}

/** The issuer. When it is slow, an answer is given when somebody who waits has no patience left. */
class Issuer {
  mood: Mood = "good";
  published: readonly SigningKey[] = [acmeKey];
  fetches = 0;
  #held: (() => void)[] = [];

  /** What it answers now: the ids of keys, or nothing. */
  get kids(): readonly string[] | undefined {
    return this.mood === "bad" ? undefined : this.published.map(({ kid }) => kid);
  }

  readonly fetcher: DocumentFetcher = () => {
    this.fetches += 1;
    const { mood, published } = this;
    const text = JSON.stringify({ keys: published.map(({ jwk }) => jwk) });
    const answer: Awaited<ReturnType<DocumentFetcher>> =
      mood === "bad"
        ? { ok: false, error: { code: "unreachable", message: "nobody is there" } }
        : { ok: true, value: { bytes: new TextEncoder().encode(text) } };
    return mood === "slow"
      ? new Promise((resolve) => {
          this.#held.push(() => resolve(answer));
        })
      : Promise.resolve(answer);
  };

  release(): void {
    for (const answer of this.#held.splice(0)) {
      answer();
    }
  }
}

/**
 * The same rules, told a second time as history: a list of attempts, and every question answered by looking
 * through all of it. Slow attempts end, well, when the lookup that began or met them has run out of patience.
 */
class Chronicle {
  readonly #attempts: { readonly at: number; readonly kids: readonly string[] | undefined }[] = [];

  /** What somebody who looks for a key now is told, given what the issuer would answer. */
  look(kid: string, now: number, issuer: Issuer): string {
    const { kids, mood } = issuer;
    const age = this.#age(now);
    const hadKey = this.#serves(kid, now);
    const attempted = age >= (hadKey ? 240 : 300) && this.#attempt(now, kids);
    // Whoever is served old keys does not see what became of a refresh ahead or of a slow attempt.
    if (hadKey && (age < 300 || (attempted && mood === "slow"))) {
      return "found";
    }
    if (age < 3600) {
      this.#attemptForStranger(kid, now, kids);
    }
    return this.#serves(kid, now) ? "found" : this.#notFound();
  }

  #attemptForStranger(kid: string, now: number, kids: readonly string[] | undefined): void {
    if (!this.#serves(kid, now) && this.#sinceLast(now) >= 10) {
      this.#attempt(now, kids);
    }
  }

  /** How many attempts there were. */
  count(): number {
    return this.#attempts.length;
  }

  #age(now: number): number {
    return now - (this.#lastGood()?.at ?? Number.NEGATIVE_INFINITY);
  }

  #notFound(): string {
    return this.#attempts.at(-1)?.kids === undefined ? "unavailable" : "unknown";
  }

  #attempt(now: number, kids: readonly string[] | undefined): boolean {
    const isLeftAlone = this.#sinceLast(now) < this.#backOff();
    if (!isLeftAlone) {
      this.#attempts.push({ at: now, kids });
    }
    return !isLeftAlone;
  }

  /** Seconds of back-off after the failures at the end of history; the test makes them as long as can be. */
  #backOff(): number {
    const good = this.#attempts.findLastIndex(({ kids }) => kids !== undefined);
    const failures = this.#attempts.length - 1 - good;
    return failures === 0 ? 0 : Math.min(60, 2 ** (failures - 1));
  }

  #sinceLast(now: number): number {
    return now - (this.#attempts.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
  }

  #lastGood(): { readonly at: number; readonly kids?: readonly string[] | undefined } | undefined {
    return this.#attempts.findLast(({ kids }) => kids !== undefined);
  }

  #serves(kid: string, now: number): boolean {
    const good = this.#lastGood();
    return good?.kids?.includes(kid) === true && now - good.at < 3600;
  }
}

/** What was answered, with the number of fetches by then: in truth, and by the chronicle. */
interface Record {
  readonly truth: readonly unknown[];
  readonly told: readonly unknown[];
}

async function play(acts: readonly Act[]): Promise<Record> {
  const issuer = new Issuer();
  const time = createHandWait();
  const clock = createHandClock();
  const begin = clock().getTime();
  const chronicle = new Chronicle();
  const truth: unknown[] = [];
  const told: unknown[] = [];
  const keys = createKeySources({
    fetcher: issuer.fetcher,
    clock,
    wait: time.wait,
    random: () => 1 - Number.EPSILON,
  });

  async function look({ kid }: { readonly kid: string }): Promise<void> {
    const now = Math.round((clock().getTime() - begin) / 1000);
    told.push([chronicle.look(kid, now, issuer), chronicle.count()]);
    const status = await settleLookup(
      keys.sourceFor(provider).find({ alg: "RS256", kid }),
      issuer,
      time,
    );
    if (keys.status(provider).fetching) {
      // Joined, so that the next step begins with no fetch under way.
      await keys.refresh(provider);
    }
    truth.push([status, issuer.fetches]);
  }

  for (const step of acts) {
    if (step.type === "pass") {
      clock.advance(step.seconds);
    } else if (step.type === "mood") {
      issuer.mood = step.mood;
    } else if (step.type === "publish") {
      issuer.published = signers.filter((_, index) => step.signers.includes(index));
    } else {
      await look(step);
    }
  }
  return { truth, told };
}

/** Lets a lookup run out of patience first and lets the issuer answer then. */
async function settleLookup(
  lookup: Promise<{ readonly status: string }>,
  issuer: Issuer,
  time: HandWait,
): Promise<string> {
  if (issuer.mood === "slow") {
    await settle();
    await time.elapse();
    issuer.release();
  }
  const { status } = await lookup;
  return status;
}

test("a source answers as its history says, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      const { truth, told } = await play(acts);
      expect(truth).toEqual(told);
    }),
    { numRuns: 300 },
  );
}, 60_000);
