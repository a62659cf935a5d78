import { z } from "zod";
import { type ProblemItem, problemItemSchema } from "./problem.js";
import { queryFlagSchema } from "./query-flag.js";

/** Which token to explain. */
export interface TestTokenBody {
  /** A token as the identity provider issued it. */
  readonly token: string;
}

/** What became of a token, step by step. It grants nothing. */
export interface DiagnosisAnswer {
  /** Every step of a check: `passed`, `failed` or `not_reached`. */
  readonly steps: readonly { readonly name: string; readonly status: string }[];
  /** Why a check refuses the token; absent when it takes it. */
  readonly failure?: {
    /** The step that failed. */
    readonly step: string;
    /** The code that a check refuses it with. */
    readonly code: string;
    /** What is wrong, to switch on; a newer server may know more of them. */
    readonly kind: string;
    /** Why, in one sentence. */
    readonly cause: string;
    /** What would change that: where a setting does, which one and to what. */
    readonly fix: string;
  };
  /** What else to know of a token that is taken. */
  readonly notes: readonly { readonly code: string; readonly message: string }[];
}

/** What an identity provider serves, beside what was configured. */
export interface ConnectionAnswer {
  /** Whether its keys can be had. */
  readonly ok: boolean;
  /** What was configured. */
  readonly configured: {
    /** The issuer. */
    readonly issuer: string;
    /** Where the keys are; absent when they are to be discovered or given as they are. */
    readonly jwksUri?: string;
  };
  /** What was found. */
  readonly found: {
    /** Where the keys are; absent when they were given, or nobody could tell. */
    readonly jwksUri?: string;
    /** The keys that can verify tokens. */
    readonly keys: readonly { readonly kid?: string; readonly algorithms: readonly string[] }[];
    /** The other ones, each with what is wrong with it. */
    readonly droppedKeys: readonly { readonly kid?: string; readonly reason: string }[];
  };
  /** What keeps its tokens from being verified. */
  readonly problems: readonly ProblemItem[];
  /** What is unusual for the product and refuses nothing. */
  readonly warnings: readonly ProblemItem[];
}

/** How a provider is created or replaced. */
export interface ProviderWriteQuery {
  /** Whether to store it without fetching its keys first. @defaultValue `false` */
  readonly skipConnectionTest: boolean;
}

/** Reads {@link TestTokenBody}. */
export const testTokenBodySchema: z.ZodType<TestTokenBody> = z.strictObject({ token: z.string() });

/** Reads {@link ProviderWriteQuery} from query parameters. */
export const providerWriteQuerySchema: z.ZodType<ProviderWriteQuery> = z.strictObject({
  skipConnectionTest: queryFlagSchema,
});

const noted = z.strictObject({ code: z.string(), message: z.string() });

/** Reads {@link DiagnosisAnswer}. */
export const diagnosisAnswerSchema: z.ZodType<DiagnosisAnswer> = z.strictObject({
  steps: z.array(z.strictObject({ name: z.string(), status: z.string() })),
  failure: z
    .strictObject({
      step: z.string(),
      code: z.string(),
      kind: z.string(),
      cause: z.string(),
      fix: z.string(),
    })
    .exactOptional(),
  notes: z.array(noted),
});

const kid = z.string().exactOptional();

/** Reads {@link ConnectionAnswer}. */
export const connectionAnswerSchema: z.ZodType<ConnectionAnswer> = z.strictObject({
  ok: z.boolean(),
  configured: z.strictObject({ issuer: z.string(), jwksUri: z.string().exactOptional() }),
  found: z.strictObject({
    jwksUri: z.string().exactOptional(),
    keys: z.array(z.strictObject({ kid, algorithms: z.array(z.string()) })),
    droppedKeys: z.array(z.strictObject({ kid, reason: z.string() })),
  }),
  problems: z.array(problemItemSchema),
  warnings: z.array(problemItemSchema),
});
