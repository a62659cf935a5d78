import { CheckClient } from "@byot/sdk/check";
import type { Checker } from "@byot/sdk/express";
import { allow, deny, token } from "../decisions.js";
import { json, problem, raw, reset, startFaultServer } from "../fault-server.js";
import type { Behaviour, FaultServer } from "../fault-server.js";

/** What a protected route answers. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A protected route, asked with these header fields. */
export type Ask = (headers: Readonly<Record<string, string>>) => Promise<Answered>;

/** The header of a user who is signed in. */
export const signedIn = { authorization: `Bearer ${token}` };

/** A client of a server that behaves like this, without retries. */
export function clientOf(server: FaultServer): CheckClient {
  return new CheckClient({ baseUrl: server.url, workspaceId: "acme", retries: 0 });
}

/** What a request looks like, what byot answers, and what the route has to answer. */
export interface GuardCase {
  readonly headers: Readonly<Record<string, string>>;
  readonly byot: Behaviour;
  readonly status: number;
  readonly challenge: string | null;
  readonly problem?: object;
  /** How often byot is asked. */
  readonly asked: number;
}

const allowed = json(200, { data: allow });
const refusedToken = {
  status: 401,
  challenge: 'Bearer realm="api", error="invalid_token"',
} as const;
const noToken = { status: 401, challenge: 'Bearer realm="api"' } as const;
const unavailable = { status: 503, challenge: null } as const;
const ownFault = { status: 500, challenge: null } as const;

/** The same for every framework. */
export const guardCases: Readonly<Record<string, GuardCase>> = {
  "an allow goes on": {
    headers: signedIn,
    byot: allowed,
    status: 200,
    challenge: null,
    asked: 1,
  },
  "a deny": {
    headers: signedIn,
    byot: json(200, { data: deny }),
    status: 403,
    challenge: 'Bearer realm="api", error="insufficient_scope"',
    problem: {
      type: "urn:byot:problem:access_denied",
      status: 403,
      code: "access_denied",
      title: "Forbidden",
      detail: "the user may not do this",
      reason: "denied_by_default",
      decisionId: deny.decisionId,
    },
    asked: 1,
  },
  "an allow with an unknown obligation": {
    headers: signedIn,
    byot: json(200, {
      data: { ...allow, obligations: [{ id: "x", on: "Allow", attributes: {} }] },
    }),
    status: 403,
    challenge: 'Bearer realm="api", error="insufficient_scope"',
    problem: { code: "access_denied", reason: "obligation_unknown" },
    asked: 1,
  },
  "no token": {
    headers: {},
    byot: allowed,
    ...noToken,
    problem: { code: "token_missing", title: "Unauthorized", detail: "a bearer token is needed" },
    asked: 0,
  },
  "another scheme": {
    headers: { authorization: "Basic YWRhOnB3" },
    byot: allowed,
    ...noToken,
    problem: { code: "token_missing" },
    asked: 0,
  },
  "a scheme without a token": {
    headers: { authorization: "Bearer" },
    byot: allowed,
    ...refusedToken,
    problem: { code: "token_malformed" },
    asked: 0,
  },
  "two tokens": {
    headers: { authorization: `Bearer ${token}, Bearer ${token}` },
    byot: allowed,
    ...refusedToken,
    problem: { code: "token_malformed" },
    asked: 0,
  },
  "a scheme in lower case goes on": {
    headers: { authorization: `bearer  ${token} ` },
    byot: allowed,
    status: 200,
    challenge: null,
    asked: 1,
  },
  "a refused token": {
    headers: signedIn,
    byot: problem(401, "token_expired"),
    ...refusedToken,
    problem: { code: "token_expired", detail: "the token is not accepted" },
    asked: 1,
  },
  "keys that cannot be had": {
    headers: signedIn,
    byot: problem(503, "jwks_unavailable", { "Retry-After": "7" }),
    ...unavailable,
    problem: { code: "authorization_unavailable", title: "Service Unavailable" },
    asked: 1,
  },
  "a limit of byot": {
    headers: signedIn,
    byot: problem(429, "rate_limited"),
    ...unavailable,
    problem: { code: "authorization_unavailable" },
    asked: 1,
  },
  "a lost connection": {
    headers: signedIn,
    byot: reset(),
    ...unavailable,
    problem: { code: "authorization_unavailable" },
    asked: 1,
  },
  "a missing API key": {
    headers: signedIn,
    byot: problem(401, "api_key_missing"),
    ...ownFault,
    asked: 1,
  },
  "a missing scope": {
    headers: signedIn,
    byot: problem(403, "scope_missing"),
    ...ownFault,
    asked: 1,
  },
  "an unknown workspace": {
    headers: signedIn,
    byot: problem(404, "workspace_unknown"),
    ...ownFault,
    asked: 1,
  },
  "a page of a proxy": {
    headers: signedIn,
    byot: raw(200, "<html></html>", "text/html"),
    ...ownFault,
    asked: 1,
  },
};

/** What became of one request to a protected route. */
export interface Outcome {
  readonly status: number;
  readonly challenge: string | null;
  /** Whether the handler behind the guard answered. */
  readonly wentOn: boolean;
  readonly showsToken: boolean;
  /** What byot was asked. */
  readonly questions: readonly unknown[];
  /** The problem document, where one was answered. */
  readonly problem: unknown;
}

function problemIn({ headers, text }: Answered): unknown {
  const isProblem = headers.get("content-type")?.startsWith("application/problem+json") === true;
  const isKept = headers.get("cache-control") !== "no-store";
  return isProblem && !isKept ? JSON.parse(text) : undefined;
}

/** Asks a framework's protected route as a case says. */
export async function outcomeOf(
  { headers, byot }: GuardCase,
  serve: (client: CheckClient) => Promise<{ readonly ask: Ask } & AsyncDisposable>,
): Promise<Outcome> {
  await using server = await startFaultServer(byot);
  await using app = await serve(clientOf(server));
  const answered = await app.ask(headers);
  return {
    status: answered.status,
    challenge: answered.headers.get("www-authenticate"),
    wentOn: answered.text === `approved by ${allow.decisionId}`,
    showsToken: answered.text.includes(token),
    questions: server.seen.map(({ body }) => body),
    problem: problemIn(answered),
  };
}

/** What has to become of it. */
export function expectedOf({ status, challenge, problem: body, asked }: GuardCase): object {
  const question = { token, resource: "orders", action: "approve", context: { orderId: "o-42" } };
  return {
    status,
    challenge,
    wentOn: status === 200,
    showsToken: false,
    questions: Array.from({ length: asked }, () => question),
    problem: body,
  };
}

/** A stand-in for a client that allows everything. */
export const allowing: Checker = {
  checkAuthorization: async () => ({ data: allow, requestId: undefined }),
};

/** A stand-in for a client that denies everything. */
export const denying: Checker = {
  checkAuthorization: async () => ({ data: deny, requestId: undefined }),
};
