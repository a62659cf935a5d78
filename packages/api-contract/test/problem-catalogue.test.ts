import { problemCatalogue, problemSchema } from "@byot/api-contract";
import { tokenRefusalCodes, trustedIssuerProblemCodes } from "@byot/token-verifier";
import { describe, expect, test } from "vitest";

const problems = Object.entries(problemCatalogue);

function codesWithStatus(status: number): readonly string[] {
  return problems.filter(([, kind]) => kind.status === status).map(([code]) => code);
}

describe("the catalogue of problems", () => {
  test.each(tokenRefusalCodes)(
    "answers the refused token `%s` with 401, or 503 without keys",
    (code) => {
      expect(problemCatalogue[code].status).toBe(code === "jwks_unavailable" ? 503 : 401);
    },
  );

  test.each(trustedIssuerProblemCodes)("answers the bad provider `%s` with 422", (code) => {
    expect(problemCatalogue[code].status).toBe(422);
  });

  test("has 401 for what is wrong with a credential, and for nothing else", () => {
    const credentials = [
      ...tokenRefusalCodes.filter((code) => code.startsWith("token_")),
      "api_key_missing",
      "api_key_invalid",
      "session_ended",
    ];

    expect(codesWithStatus(401).toSorted()).toEqual(credentials.toSorted());
  });

  test("has these codes for every other status", () => {
    const statuses = new Set(
      problems.map(([, { status }]) => status).filter((each) => each !== 401),
    );

    expect(Object.fromEntries([...statuses].map((each) => [each, codesWithStatus(each)]))).toEqual({
      400: ["json_malformed", "request_invalid", "url_malformed"],
      403: [
        "scope_missing",
        "scope_not_grantable",
        "expiry_not_grantable",
        "workspace_not_permitted",
        "explain_not_permitted",
        "client_ip_not_permitted",
        "origin_not_permitted",
        "subject_not_permitted",
      ],
      404: [
        "route_unknown",
        "workspace_unknown",
        "provider_unknown",
        "policy_unknown",
        "policy_version_unknown",
        "resource_unknown",
        "permission_unknown",
        "api_key_unknown",
        "decision_unknown",
      ],
      405: ["method_not_allowed"],
      409: [
        "already_exists",
        "configuration_changed",
        "quota_exceeded",
        "referenced",
        "revision_unknown",
        "workspace_not_empty",
        "provider_issuer_duplicate",
      ],
      412: ["version_stale"],
      413: ["body_too_large"],
      415: ["content_type_unsupported"],
      422: [
        "time_zone_unknown",
        "policy_invalid",
        "reference_unknown",
        "resource_reserved",
        "provider_issuer_invalid",
        "provider_issuer_mismatch",
        "provider_audience_required",
        "provider_url_forbidden",
        "provider_jwks_unreachable",
        "provider_no_usable_key",
        "provider_setting_invalid",
      ],
      428: ["version_required"],
      429: ["rate_limited"],
      500: ["internal_error"],
      503: [
        "jwks_unavailable",
        "storage_unavailable",
        "audit_unavailable",
        "configuration_stale",
        "revision_not_reached",
      ],
    });
  });

  test("says when to try again where trying again can help, and nowhere else", () => {
    const passing = problems.filter(([, kind]) => kind.retryAfterSeconds !== undefined);

    expect(passing.map(([code]) => code).toSorted()).toEqual(
      [...codesWithStatus(429), ...codesWithStatus(503)].toSorted(),
    );
  });

  test.each(problems)(
    "has a title and a sentence on what to do for `%s`",
    (code, { title, fix }) => {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z][^.\n]*$/);
      expect(fix).toMatch(/^[A-Z][^\n]*[^.\s]\.$/);
    },
  );

  test("names no two problems alike", () => {
    const titles = problems.map(([, { title }]) => title);

    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe("a problem", () => {
  const problem = {
    type: "urn:byot:problem:request_invalid",
    title: "Invalid request",
    status: 400,
    detail: "`/resource`: is required",
    code: "request_invalid",
    fix: "Correct what `errors` lists.",
    requestId: "request-1",
  };

  test("may list each mistake", () => {
    const errors = [{ path: "/resource", code: "invalid_type", message: "is required" }];

    expect(problemSchema.parse({ ...problem, errors })).toEqual({ ...problem, errors });
    expect(problemSchema.parse(problem)).toEqual(problem);
  });

  test("may have a code that is newer than its reader", () => {
    expect(problemSchema.safeParse({ ...problem, code: "teapot" }).success).toBe(true);
  });
});
