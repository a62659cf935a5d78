import { z } from "zod";
import { type PageQuery, pageQueryShape } from "./page-schema.js";
import { timeSpanShape, type TimeSpanQuery } from "./time.js";

/** Which refused tokens are wanted, as query parameters; what is absent matches everything. */
export interface RefusalsQuery extends PageQuery, TimeSpanQuery {
  /** Only this code, such as `token_expired`. */
  readonly code?: string;
}

/** Refused tokens as the log keeps them: one, or those of one second that share everything but the request. */
export interface LoggedRefusal {
  /** A UUIDv7. */
  readonly refusalId: string;
  /** When the first of them was refused, RFC 3339 in UTC. */
  readonly at: string;
  /** How many it stands for; 1 unless there were more than were worth a record each. */
  readonly count: number;
  /** The request that asked, the first of them. */
  readonly requestId: string;
  /** Why, as a stable code. */
  readonly code: string;
  /** The token's issuer: the one it states, which nothing has proven, or with a `provider` the provider's. */
  readonly unverifiedIssuer?: string;
  /** The provider whose signature was proven before the token was refused; absent before that. */
  readonly provider?: string;
  /** The token's `sub` or its pseudonym, once its signature was proven; absent before that and when erased. */
  readonly subject?: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
}

/** Reads {@link RefusalsQuery} from query parameters. */
export const refusalsQuerySchema: z.ZodType<RefusalsQuery> = z.strictObject({
  ...pageQueryShape,
  ...timeSpanShape,
  code: z.string().min(1).max(64).exactOptional(),
});

/** Reads {@link LoggedRefusal}. */
export const loggedRefusalSchema: z.ZodType<LoggedRefusal> = z.strictObject({
  refusalId: z.string(),
  at: z.iso.datetime(),
  count: z.number().int().min(1),
  requestId: z.string(),
  code: z.string(),
  unverifiedIssuer: z.string().exactOptional(),
  provider: z.string().exactOptional(),
  subject: z.string().exactOptional(),
  resource: z.string(),
  action: z.string(),
});
