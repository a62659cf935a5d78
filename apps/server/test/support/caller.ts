import {
  type Problem,
  problemCatalogue,
  problemSchema,
  type Route,
  type RouteCall as ApiRouteCall,
} from "@byot/api-contract";
import { type JsonAnswer, type JsonRequest, requestJson } from "@byot/testkit";
import { expect } from "vitest";

/** How a route is called. */
export interface RouteCall {
  /** The path's parameters. @defaultValue `{ workspace: "acme" }` */
  readonly path?: Readonly<Record<string, string>>;
  /** The query. */
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The API key; `null` for none. @defaultValue the root key */
  readonly key?: string | null;
  /** Sent as `If-Match`; a number is made an entity tag. */
  readonly version?: number | string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A success. */
export interface Success<Answer> {
  /** HTTP status. */
  readonly status: number;
  /** Header fields. */
  readonly headers: Headers;
  /** The whole answer, as its schema read it. */
  readonly answer: Answer;
}

type AskedRoute = Pick<ApiRouteCall<never, never, never>, "method" | "path">;

type AnyRoute<Answer> = Pick<Route<never, never, never, Answer>, "method" | "path" | "status"> & {
  readonly answer: { parse(value: unknown): Answer };
};

/** Calls the API and holds every answer against what is promised of all answers. */
export interface Caller {
  /** A key that may do everything. */
  readonly rootKey: string;
  /** Calls a route that must succeed; its answer is read with the route's schema. */
  call<Answer>(route: AnyRoute<Answer>, request?: RouteCall): Promise<Success<Answer>>;
  /** Calls a route that must refuse, and answers why. */
  refuse(route: AskedRoute, request?: RouteCall): Promise<Problem>;
  /** Calls a route, whatever comes of it. */
  ask(route: AskedRoute, request?: RouteCall): Promise<JsonAnswer>;
  /** Sends anything to any path. */
  send(path: string, request?: JsonRequest): Promise<JsonAnswer>;
  /** Remembers what no answer and no log line may repeat. */
  keepSecret(secret: string): string;
  /** All that was remembered. */
  secrets(): readonly string[];
}

/** Makes a caller of the API at a URL. */
export function createCaller(url: string, rootKey: string): Caller {
  const secrets = new Set([rootKey]);

  async function send(path: string, request?: JsonRequest): Promise<JsonAnswer> {
    const answer = await requestJson(`${url}${path}`, request);
    checkAnswer(answer, request?.method !== "HEAD");
    for (const secret of secrets) {
      expect(answer.text).not.toContain(secret);
      expect(JSON.stringify([...answer.headers])).not.toContain(secret);
    }
    return answer;
  }

  function ask(route: AskedRoute, request: RouteCall = {}): Promise<JsonAnswer> {
    return send(pathOf(route.path, request), {
      method: route.method.toUpperCase(),
      headers: headersOf(request, rootKey),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
  }

  return {
    rootKey,
    send,
    ask,
    async call(route, request) {
      const { status, headers, text, body } = await ask(route, request);
      expect({ status, text }).toMatchObject({ status: route.status });
      return { status, headers, answer: route.answer.parse(body) };
    },
    async refuse(route, request) {
      const { status, text, body } = await ask(route, request);
      expect({ refused: status >= 400, text }).toMatchObject({ refused: true });
      return problemSchema.parse(body);
    },
    keepSecret(secret) {
      secrets.add(secret);
      return secret;
    },
    secrets: () => [...secrets],
  };
}

/** A path with its parameters filled in. */
export function pathOf(path: string, request: Pick<RouteCall, "path" | "query"> = {}): string {
  const { path: parameters = {}, query = {} } = request;
  const values: Readonly<Record<string, string>> = {
    workspace: "acme",
    key: "none",
    version: "1",
    ...parameters,
  };
  const filled = path.replaceAll(/:(\w+)/g, (_whole, name: string) =>
    encodeURIComponent(values[name] ?? ""),
  );
  const search = new URLSearchParams(query).toString();
  return search === "" ? filled : `${filled}?${search}`;
}

function headersOf({ key, version, headers }: RouteCall, rootKey: string): Record<string, string> {
  return {
    ...(key === null ? {} : { authorization: `Bearer ${key ?? rootKey}` }),
    ...(version === undefined
      ? {}
      : { "if-match": typeof version === "number" ? `"${version}"` : version }),
    ...headers,
  };
}

function checkAnswer({ status, headers, body, text }: JsonAnswer, hasBody: boolean): void {
  expect(headers.get("x-request-id")).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.has("x-powered-by")).toBe(false);
  if (
    status >= 400 &&
    hasBody &&
    headers.get("content-type") !== "application/json; charset=utf-8"
  ) {
    const problem = problemSchema.parse(body);
    const known = new Map(Object.entries(problemCatalogue)).get(problem.code);
    expect({ ...known, status, text }).toMatchObject({
      status: problem.status,
      title: problem.title,
    });
    expect(known?.status).toBe(status);
    expect(headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(problem.requestId).toBe(headers.get("x-request-id"));
    expect(problem.detail).not.toContain("\n");
  }
  if (status === 401) {
    expect(headers.get("www-authenticate")).toMatch(/^Bearer\b/);
  }
}
