import type { ProblemKind } from "./problem-kind.js";

/** The stable code of a problem with the right to ask. */
export type AccessProblemCode =
  | "api_key_missing"
  | "api_key_invalid"
  | "scope_missing"
  | "scope_not_grantable"
  | "expiry_not_grantable"
  | "workspace_not_permitted"
  | "explain_not_permitted"
  | "client_ip_not_permitted"
  | "session_ended"
  | "origin_not_permitted"
  | "subject_not_permitted";

/** Why a caller may not have what it asks for. */
export const accessProblems: Readonly<Record<AccessProblemCode, ProblemKind>> = {
  api_key_missing: {
    status: 401,
    title: "API key missing",
    fix: "Send `Authorization: Bearer byot_…`; a user's token does not open this route.",
  },
  api_key_invalid: {
    status: 401,
    title: "API key invalid",
    fix: "Check that the key is complete, not revoked and not expired.",
  },
  scope_missing: { status: 403, title: "Scope missing", fix: "Use a key that has the scope." },
  scope_not_grantable: {
    status: 403,
    title: "Scope not grantable",
    fix: "Grant only scopes that your own key has.",
  },
  expiry_not_grantable: {
    status: 403,
    title: "Expiry not grantable",
    fix: "Let the key end no later than your own.",
  },
  workspace_not_permitted: {
    status: 403,
    title: "Key of another workspace",
    fix: "Use a key of this workspace.",
  },
  explain_not_permitted: {
    status: 403,
    title: "Explanation not permitted",
    fix: "Leave out `explain`, or send an API key with the scope `decisions:explain`.",
  },
  client_ip_not_permitted: {
    status: 403,
    title: "Client address not permitted",
    fix: "Leave out `clientIp`, or send an API key with the scope `decisions:client_ip`.",
  },
  session_ended: {
    status: 401,
    title: "Session ended",
    fix: "Sign in to the console again.",
  },
  origin_not_permitted: {
    status: 403,
    title: "Origin not permitted",
    fix: "Use the console from the address that this server knows as its own.",
  },
  subject_not_permitted: {
    status: 403,
    title: "Subject without token not permitted",
    fix: "Send the user's token, or an API key with the scope `decisions:subject`.",
  },
};
