import type { ProblemCode } from "../problem-catalogue.js";
import { tokenProblems } from "../token-problems.js";
import type { AnyRoute, NamedRoute } from "./named-routes.js";

type Codes = readonly ProblemCode[];

const always: Codes = ["url_malformed", "request_invalid", "rate_limited", "internal_error"];
const withBody: Codes = ["json_malformed", "body_too_large", "content_type_unsupported"];
const withVersion: Codes = ["version_required", "version_stale", "configuration_changed"];
const withKey: Codes = ["api_key_missing", "api_key_invalid", "session_ended"];
const ofWorkspace: Codes = ["workspace_not_permitted", "workspace_unknown"];
const created: Codes = ["already_exists", "quota_exceeded", "configuration_changed"];
const badPolicy: Codes = ["policy_invalid"];
const badReference: Codes = ["reference_unknown", "resource_reserved"];
const decided: Codes = [
  ...Object.keys(tokenProblems).filter(isTokenCode),
  "audit_unavailable",
  "configuration_stale",
];
const checked: Codes = [
  ...decided,
  "explain_not_permitted",
  "client_ip_not_permitted",
  "revision_not_reached",
  "revision_unknown",
];
const badProvider: Codes = [
  "provider_issuer_invalid",
  "provider_issuer_mismatch",
  "provider_issuer_duplicate",
  "provider_audience_required",
  "provider_url_forbidden",
  "provider_jwks_unreachable",
  "provider_no_usable_key",
  "provider_setting_invalid",
];

function isTokenCode(code: string): code is keyof typeof tokenProblems {
  return Object.hasOwn(tokenProblems, code);
}

/** What a route can answer beside what its access, its body and its version bring with them. */
const problemsOf: Readonly<Record<string, Codes>> = {
  "decisions.authorize": checked,
  "decisions.authorizeBatch": checked,
  "decisions.simulate": [
    ...badPolicy,
    "configuration_stale",
    "revision_not_reached",
    "revision_unknown",
  ],
  "authzen.evaluation": [...decided, "subject_not_permitted"],
  "authzen.evaluations": [...decided, "subject_not_permitted"],
  "authzen.metadata": ["workspace_unknown", "route_unknown"],
  "workspaces.create": ["already_exists", "quota_exceeded", "time_zone_unknown"],
  "workspaces.replace": ["time_zone_unknown"],
  "workspaces.remove": ["workspace_not_empty"],
  "providers.create": [...created, ...badProvider],
  "providers.read": ["provider_unknown"],
  "providers.replace": ["provider_unknown", ...badProvider],
  "providers.remove": ["provider_unknown"],
  "providers.test": ["provider_unknown"],
  "providers.keys": ["provider_unknown"],
  "providers.refreshKeys": ["provider_unknown"],
  "policies.create": [...created, ...badPolicy, ...badReference],
  "policies.read": ["policy_unknown"],
  "policies.replace": ["policy_unknown", ...badPolicy],
  "policies.remove": ["policy_unknown", "referenced"],
  "policies.versions": ["policy_unknown"],
  "policies.version": ["policy_unknown", "policy_version_unknown"],
  "policies.rollback": ["policy_unknown", "policy_version_unknown", ...badPolicy],
  "resources.create": [...created, "resource_reserved"],
  "resources.read": ["resource_unknown"],
  "resources.replace": ["resource_unknown", "resource_reserved", "referenced"],
  "resources.remove": ["resource_unknown", "resource_reserved", "referenced"],
  "permissions.create": [...created, ...badReference],
  "permissions.read": ["permission_unknown"],
  "permissions.replace": ["permission_unknown", ...badReference],
  "permissions.remove": ["permission_unknown"],
  "configuration.apply": [
    "quota_exceeded",
    "time_zone_unknown",
    ...badProvider,
    ...badPolicy,
    ...badReference,
  ],
  "apiKeys.create": ["scope_not_grantable", "expiry_not_grantable", "quota_exceeded"],
  "apiKeys.revoke": ["api_key_unknown"],
  "audit.decision": ["decision_unknown"],
  "session.create": ["api_key_invalid"],
};

function problemsOfAccess({ access, method, path }: AnyRoute): Codes {
  const ofCookie: Codes = method === "get" ? [] : ["origin_not_permitted"];
  if (access === "anyone") {
    return ofCookie;
  }
  const isOfWorkspace = path.includes(":workspace");
  const needsScope = access.includes(":");
  return [
    ...withKey,
    ...ofCookie,
    ...(isOfWorkspace ? ofWorkspace : []),
    ...(needsScope ? (["scope_missing"] as const) : []),
    "storage_unavailable",
  ];
}

// AuthZEN answers a wrong content type like any other mistake in a request (certification scenario, "Invalid content type").
function problemsOfBody({ group, route }: NamedRoute): Codes {
  if (route.bodyLimitBytes === 0) {
    return [];
  }
  return withBody.filter((code) => group !== "authzen" || code !== "content_type_unsupported");
}

/** The codes of the problems that a route can answer, each once. */
export function routeProblems(named: NamedRoute): readonly ProblemCode[] {
  const { group, name, route } = named;
  const codes = [
    ...always,
    ...problemsOfBody(named),
    ...problemsOfAccess(route),
    ...(route.requiresVersion ? withVersion : []),
    ...(problemsOf[`${group}.${name}`] ?? []),
  ];
  return [...new Set(codes)];
}
