import { z } from "zod";
import { type JsonObject, jsonObjectSchema } from "./json.js";
import { type PageQuery, pageQueryShape } from "./page-schema.js";
import { timeSpanShape, type TimeSpanQuery } from "./time.js";

const changedKinds = [
  "workspace",
  "provider",
  "policy",
  "resource",
  "permission",
  "api_key",
] as const;

/** A kind of thing that the change log can tell about. */
export type ChangedKind = (typeof changedKinds)[number];

/** Which changes are wanted, as query parameters; what is absent matches everything. */
export interface ChangesQuery extends PageQuery, TimeSpanQuery {
  /** Only this kind of thing. */
  readonly kind?: ChangedKind;
  /** Only things of this key. */
  readonly key?: string;
}

/** One thing that was created, replaced or deleted. It holds no secret, nor the hash of one. */
export interface LoggedChange {
  /** Unique over all workspaces. */
  readonly changeId: string;
  /** The workspace's revision from this change on; an API key raises none. */
  readonly revision: number;
  /** When it was made, RFC 3339 in UTC. */
  readonly at: string;
  /** Who made it. */
  readonly by: {
    /** `api_key`, or `system` for the service itself; a newer server may know more of them. */
    readonly kind: string;
    /** The public part of the API key, or which part of the service. */
    readonly id: string;
  };
  /** The request, as echoed in `X-Request-Id`; absent for the service's own changes. */
  readonly requestId?: string;
  /** What kind of thing; a newer server may know more of them. */
  readonly kind: string;
  /** Its key. */
  readonly key: string;
  /** What was done; revoking an API key is a `replace`. */
  readonly operation: "create" | "replace" | "delete";
  /** What had been decided about it before; absent when it was created. */
  readonly before?: JsonObject;
  /** What was decided about it; absent when it was deleted. */
  readonly after?: JsonObject;
}

/** Reads {@link ChangesQuery} from query parameters. */
export const changesQuerySchema: z.ZodType<ChangesQuery> = z.strictObject({
  ...pageQueryShape,
  ...timeSpanShape,
  kind: z.enum(changedKinds).exactOptional(),
  key: z.string().min(1).max(255).exactOptional(),
});

/** Reads {@link LoggedChange}. */
export const loggedChangeSchema: z.ZodType<LoggedChange> = z.strictObject({
  changeId: z.string(),
  revision: z.number().int(),
  at: z.iso.datetime(),
  by: z.strictObject({ kind: z.string(), id: z.string() }),
  requestId: z.string().exactOptional(),
  kind: z.string(),
  key: z.string(),
  operation: z.enum(["create", "replace", "delete"]),
  before: jsonObjectSchema.exactOptional(),
  after: jsonObjectSchema.exactOptional(),
});
