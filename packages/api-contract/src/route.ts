import type { z } from "zod";
import type { Scope } from "./scopes.js";

/** Who may call a route. */
export type RouteAccess =
  /** The holder of a user's token, which travels in the body. */
  | "token"
  /** The holder of any good API key, whatever its scopes and its workspace. */
  | "any_key"
  /** Anybody: the route itself asks for a credential in the body. */
  | "anyone"
  /** The holder of an API key with this scope. */
  | Scope;

/** The values of one request, read and checked. */
export interface RouteInput<Path, Query, Body> {
  /** Parameters of the path. */
  readonly path: Path;
  /** Query parameters. */
  readonly query: Query;
  /** The body; `undefined` where the route has none. */
  readonly body: Body;
}

/** How one route is called, whatever it answers. */
export interface RouteCall<Path, Query, Body> {
  /** The HTTP method. */
  readonly method: "get" | "post" | "put" | "delete";
  /** The path, with `:name` for parameters. */
  readonly path: string;
  /** One sentence for people. */
  readonly summary: string;
  /** Who may call it. */
  readonly access: RouteAccess;
  /** Reads the path's parameters. */
  readonly parameters: z.ZodType<Path>;
  /** Reads the query parameters. */
  readonly query: z.ZodType<Query>;
  /** Reads the body. */
  readonly body: z.ZodType<Body>;
  /** The largest body, in bytes. */
  readonly bodyLimitBytes: number;
  /** Whether `If-Match` must carry the version that the request is about. */
  readonly requiresVersion: boolean;
}

/** A route that answers one JSON value, or nothing. */
export interface Route<Path, Query, Body, Answer> extends RouteCall<Path, Query, Body> {
  /** `application/json`. */
  readonly format: "json";
  /** The status of a success. */
  readonly status: 200 | 201 | 204;
  /** Reads the whole answer of a success. */
  readonly answer: z.ZodType<Answer>;
}

/**
 * A route that answers line by line for as long as there is something to say. What goes wrong before the first line is
 * a problem like any other; afterwards the connection is cut, so that a part is never taken for the whole.
 */
export interface StreamRoute<Path, Query, Line> extends RouteCall<Path, Query, undefined> {
  /** `application/x-ndjson`: one JSON value for each line, each line ended by LF. */
  readonly format: "ndjson";
  /** The status of a success. */
  readonly status: 200;
  /** Reads one line. */
  readonly line: z.ZodType<Line>;
}
