import { problemCatalogue, type ProblemCode } from "@byot/api-contract";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createRateLimits,
  type LimitedCaller,
  type LimitName,
  type RateLimits,
} from "../../src/http/rate-limits.js";

const caller: LimitedCaller = { client: "192.0.2.7", workspaceId: "acme" };
const mostFailures = 3;

let limited: LimitName[];

beforeEach(() => {
  // The library that counts reads the time of day by itself.
  vi.useFakeTimers();
  limited = [];
});

afterEach(() => {
  vi.useRealTimers();
});

function failuresLimited(): RateLimits {
  return createRateLimits({
    requestsPerMinute: 0,
    failedChecksPerMinute: mostFailures,
    onLimited: (name) => limited.push(name),
  });
}

async function fail(limits: RateLimits, code: ProblemCode, from = caller): Promise<ProblemCode> {
  const { problem } = await limits.judgeFailure({ code, detail: "as it is" }, from);
  return problem.code;
}

async function failOften(limits: RateLimits, code: ProblemCode, from = caller): Promise<void> {
  for (let count = 0; count < mostFailures; count++) {
    expect(await fail(limits, code, from)).toBe(code);
  }
}

describe("failures", () => {
  test("are answered as they are until there are too many, and by 429 from then on", async () => {
    const limits = failuresLimited();
    await failOften(limits, "token_signature_invalid");

    const { problem, fields } = await limits.judgeFailure(
      { code: "token_signature_invalid", detail: "as it is" },
      caller,
    );

    expect(problem).toMatchObject({ code: "rate_limited", retryAfterSeconds: 60 });
    expect(fields).toEqual({
      "RateLimit-Limit": "3",
      "RateLimit-Remaining": "0",
      "RateLimit-Reset": "60",
    });
    expect(problemCatalogue.rate_limited.status).toBe(429);
    expect(limited).toEqual(["failed_checks"]);
  });

  test("are answered as they are again once the minute is over", async () => {
    const limits = failuresLimited();
    await failOften(limits, "token_malformed");
    vi.advanceTimersByTime(59_000);
    const { problem } = await limits.judgeFailure({ code: "token_malformed", detail: "" }, caller);
    vi.advanceTimersByTime(1_000);

    expect(problem).toMatchObject({ code: "rate_limited", retryAfterSeconds: 1 });
    expect(await fail(limits, "token_malformed")).toBe("token_malformed");
  });

  test("of another client or in another workspace are no matter", async () => {
    const limits = failuresLimited();
    await failOften(limits, "token_malformed");

    expect(await fail(limits, "token_malformed", { ...caller, client: "192.0.2.8" })).toBe(
      "token_malformed",
    );
    expect(await fail(limits, "token_malformed", { ...caller, workspaceId: "globex" })).toBe(
      "token_malformed",
    );
    expect(await fail(limits, "token_malformed")).toBe("rate_limited");
  });

  test("of API keys count for a client in whichever workspace, apart from those of tokens", async () => {
    const limits = failuresLimited();
    await failOften(limits, "token_malformed");
    await failOften(limits, "api_key_invalid");

    expect(await fail(limits, "api_key_invalid", { ...caller, workspaceId: undefined })).toBe(
      "rate_limited",
    );
    expect(limited).toEqual(["failed_keys"]);
  });

  test.each<[ProblemCode]>([
    ["token_missing"],
    ["token_expired"],
    ["token_not_active"],
    ["token_issued_in_future"],
    ["token_lifetime_too_long"],
    ["jwks_unavailable"],
    ["audit_unavailable"],
    ["request_invalid"],
    ["api_key_missing"],
    ["scope_missing"],
  ])("with %s do not count, and are never answered by 429", async (code) => {
    const limits = failuresLimited();

    await failOften(limits, code);

    expect(await fail(limits, code)).toBe(code);
    expect(await fail(limits, "token_malformed")).toBe("token_malformed");
  });

  test("are not limited at 0", async () => {
    const limits = createRateLimits({ requestsPerMinute: 0, failedChecksPerMinute: 0 });

    await failOften(limits, "token_malformed");

    expect(await fail(limits, "token_malformed")).toBe("token_malformed");
  });
});

describe("requests", () => {
  test("are not limited unless that is asked for", async () => {
    expect(await failuresLimited().refuseRequest("192.0.2.7")).toBeUndefined();
  });

  test("of a client are refused once there are too many, and those of others are not", async () => {
    const limits = createRateLimits({ requestsPerMinute: 2, failedChecksPerMinute: 0 });
    const first = [
      await limits.refuseRequest("192.0.2.7"),
      await limits.refuseRequest("192.0.2.7"),
    ];

    expect(first).toEqual([undefined, undefined]);
    expect(await limits.refuseRequest("192.0.2.7")).toMatchObject({
      problem: { code: "rate_limited" },
      fields: { "RateLimit-Limit": "2", "RateLimit-Remaining": "0" },
    });
    expect(await limits.refuseRequest("192.0.2.8")).toBeUndefined();
  });

  test.each([
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"],
    ["2001:db8::1", "2001:db8:0:0:1:2:3:4"],
    ["::1", "::2"],
    ["2001:0db8:0001:0002::1", "2001:db8:1:2::2"],
    ["64:ff9b::192.0.2.7", "64:ff9b::198.51.100.1"],
  ])(
    "of %s and %s are those of one client: both are in one network of 64 bits",
    async (one, other) => {
      const limits = createRateLimits({ requestsPerMinute: 1, failedChecksPerMinute: 0 });
      await limits.refuseRequest(one);

      expect(await limits.refuseRequest(other)).toBeDefined();
    },
  );

  test("of another network of 64 bits are another client's", async () => {
    const limits = createRateLimits({ requestsPerMinute: 1, failedChecksPerMinute: 0 });
    await limits.refuseRequest("2001:db8:1:2::1");

    expect(await limits.refuseRequest("2001:db8:1:3::1")).toBeUndefined();
  });

  test("of clients that are unknown are those of one client", async () => {
    const limits = createRateLimits({ requestsPerMinute: 1, failedChecksPerMinute: 0 });
    await limits.refuseRequest(undefined);

    expect(await limits.refuseRequest(undefined)).toBeDefined();
  });
});

test("keeps the counts of so many clients and no more, those seen last", async () => {
  const limits = createRateLimits({
    requestsPerMinute: 1,
    failedChecksPerMinute: 0,
    mostClients: 10,
  });
  for (let last = 0; last < 1_000; last++) {
    await limits.refuseRequest(`192.0.${last >> 8}.${last & 255}`);
  }

  expect(vi.getTimerCount()).toBeLessThanOrEqual(10);
  expect(await limits.refuseRequest("192.0.3.231")).toBeDefined();
  expect(await limits.refuseRequest("192.0.0.0")).toBeUndefined();
});
