import type { TokenRefusalCode, TrustedIssuerProblemCode } from "@byot/token-verifier";
import { type AccessProblemCode, accessProblems } from "./access-problems.js";
import type { ProblemKind } from "./problem-kind.js";
import { tokenProblems } from "./token-problems.js";

const requestProblems = {
  json_malformed: { status: 400, title: "Malformed JSON", fix: "Send one well-formed JSON value." },
  request_invalid: { status: 400, title: "Invalid request", fix: "Correct what `errors` lists." },
  route_unknown: {
    status: 404,
    title: "No such route",
    fix: "Check the path and the API version.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    fix: "Use one of the methods in the `Allow` header.",
  },
  body_too_large: { status: 413, title: "Body too large", fix: "Send less in one request." },
  content_type_unsupported: {
    status: 415,
    title: "Content type not supported",
    fix: "Send `Content-Type: application/json` in UTF-8, without compression.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    fix: "Wait as long as `Retry-After` says.",
    retryAfterSeconds: 1,
  },
  url_malformed: { status: 400, title: "Malformed URL", fix: "Percent-encode the path as UTF-8." },
} as const;

const configurationProblems = {
  workspace_unknown: {
    status: 404,
    title: "Unknown workspace",
    fix: "Check the workspace in the path.",
  },
  provider_unknown: { status: 404, title: "Unknown provider", fix: "Check the provider's id." },
  policy_unknown: { status: 404, title: "Unknown policy", fix: "Check the policy's name." },
  policy_version_unknown: {
    status: 404,
    title: "Unknown version",
    fix: "Use one of the versions that `versions` of the policy lists.",
  },
  resource_unknown: { status: 404, title: "Unknown resource", fix: "Check the resource's name." },
  permission_unknown: {
    status: 404,
    title: "Unknown permission",
    fix: "Check the permission's id.",
  },
  api_key_unknown: { status: 404, title: "Unknown API key", fix: "Check the key's id." },
  decision_unknown: {
    status: 404,
    title: "Unknown decision",
    fix: "Check the decision's id; the log keeps it for the workspace's `retentionDays`.",
  },
  already_exists: {
    status: 409,
    title: "Already exists",
    fix: "Choose another name or id, or replace it: PUT with the `ETag` that GET answers as `If-Match`.",
  },
  configuration_changed: {
    status: 409,
    title: "Configuration changed meanwhile",
    fix: "Send the request again.",
  },
  quota_exceeded: {
    status: 409,
    title: "Quota exceeded",
    fix: "Delete what is no longer used, or split the workspace.",
  },
  referenced: {
    status: 409,
    title: "Still referred to",
    fix: "Delete the permissions that refer to it first.",
  },
  revision_unknown: {
    status: 409,
    title: "Revision unknown",
    fix: "Send as `minRevision` a revision that this workspace has answered.",
  },
  workspace_not_empty: {
    status: 409,
    title: "Workspace not empty",
    fix: "Empty it, or delete it with `?cascade=true`.",
  },
  version_stale: {
    status: 412,
    title: "Version stale",
    fix: "Read the current version, apply the change to it and send its `ETag` as `If-Match`.",
  },
  version_required: {
    status: 428,
    title: "Version required",
    fix: "Send the `ETag` of what you read as `If-Match`.",
  },
  time_zone_unknown: {
    status: 422,
    title: "Unknown time zone",
    fix: "Use a name of the IANA time zone database, such as `Europe/Berlin`.",
  },
  policy_invalid: { status: 422, title: "Invalid policy", fix: "Correct what `errors` lists." },
  reference_unknown: {
    status: 422,
    title: "Reference unknown",
    fix: "Create what is referred to first.",
  },
  resource_reserved: {
    status: 422,
    title: "Resource reserved",
    fix: "Choose a name outside the reserved prefixes `workspace` and `billing`.",
  },
  provider_issuer_invalid: {
    status: 422,
    title: "Invalid issuer",
    fix: "Copy the issuer from the identity provider's discovery document, character by character.",
  },
  provider_issuer_mismatch: {
    status: 422,
    title: "Issuer mismatch",
    fix: "Copy the issuer from the identity provider's discovery document, the slash at the end included.",
  },
  provider_audience_required: {
    status: 422,
    title: "Audience required",
    fix: "List at least one audience that the identity provider puts into tokens for this API.",
  },
  provider_url_forbidden: {
    status: 422,
    title: "URL forbidden",
    fix: "Use an https URL of a public host, without user name, query or fragment.",
  },
  provider_jwks_unreachable: {
    status: 422,
    title: "Keys unreachable",
    fix: "See that the discovery document and the key set can be fetched without redirects by anybody.",
  },
  provider_no_usable_key: {
    status: 422,
    title: "No usable key",
    fix: "Give at least one public RSA signing key of 2048 to 4096 bits.",
  },
  provider_setting_invalid: {
    status: 422,
    title: "Invalid provider setting",
    fix: "Correct what `errors` lists.",
  },
  provider_issuer_duplicate: {
    status: 409,
    title: "Issuer and audience already taken",
    fix: "Give providers of one issuer audiences that do not overlap, or change the existing provider.",
  },
} as const;

const serverProblems = {
  internal_error: {
    status: 500,
    title: "Internal error",
    fix: "Try again; report the request id if it stays.",
  },
  storage_unavailable: {
    status: 503,
    title: "Storage unavailable",
    fix: "Try again.",
    retryAfterSeconds: 1,
  },
  audit_unavailable: {
    status: 503,
    title: "Decision could not be recorded",
    fix: "Try again; no decision is answered that is not in the log.",
    retryAfterSeconds: 1,
  },
  configuration_stale: {
    status: 503,
    title: "Configuration not confirmed",
    fix: "Try again; this server has not reached its database for too long to know that its policies are current.",
    retryAfterSeconds: 1,
  },
  revision_not_reached: {
    status: 503,
    title: "Revision not reached",
    fix: "Try again; this server has not loaded the revision of `minRevision` yet.",
    retryAfterSeconds: 1,
  },
} as const;

/** The stable code of a problem. */
export type ProblemCode =
  | TokenRefusalCode
  | TrustedIssuerProblemCode
  | keyof typeof requestProblems
  | AccessProblemCode
  | keyof typeof configurationProblems
  | keyof typeof serverProblems;

/** Every problem that the API answers, by its stable code. */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemKind>> = {
  ...tokenProblems,
  ...requestProblems,
  ...accessProblems,
  ...configurationProblems,
  ...serverProblems,
};
