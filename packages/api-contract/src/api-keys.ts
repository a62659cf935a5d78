import { z } from "zod";
import { type Scope, scopeSchema } from "./scopes.js";
import { displayText } from "./text.js";
import { timeSchema } from "./time.js";

/** An API key as it is created. It opens the workspace in the path and no other. */
export interface NewApiKeyBody {
  /** A name for people, at most 100 characters. */
  readonly name: string;
  /** What it may do; each must be within the scopes of the key that creates it. */
  readonly scopes: readonly Scope[];
  /** From when on it is refused, RFC 3339. @defaultValue never */
  readonly expiresAt?: string;
}

/** An API key as it is listed: everything but its secret. */
export interface ApiKeyAnswer {
  /** The public part of the key. */
  readonly id: string;
  /** A name for people. */
  readonly name: string;
  /** What it may do. */
  readonly scopes: readonly string[];
  /** When it was made, RFC 3339 in UTC. */
  readonly createdAt: string;
  /** From when on it is refused, RFC 3339 in UTC. */
  readonly expiresAt?: string;
  /** When it was revoked, RFC 3339 in UTC. */
  readonly revokedAt?: string;
}

/** An API key that has just been created. */
export interface NewApiKeyAnswer extends ApiKeyAnswer {
  /** The whole key. It is shown this once and cannot be read again. */
  readonly key: string;
}

/** Reads {@link NewApiKeyBody}. */
export const newApiKeyBodySchema: z.ZodType<NewApiKeyBody> = z.strictObject({
  name: displayText(100),
  scopes: z
    .array(scopeSchema)
    .refine((scopes) => new Set(scopes).size === scopes.length, "must not repeat a scope"),
  expiresAt: timeSchema.exactOptional(),
});

const answerShape = {
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().exactOptional(),
  revokedAt: z.iso.datetime().exactOptional(),
};

/** Reads {@link ApiKeyAnswer}. */
export const apiKeyAnswerSchema: z.ZodType<ApiKeyAnswer> = z.strictObject(answerShape);

/** Reads {@link NewApiKeyAnswer}. */
export const newApiKeyAnswerSchema: z.ZodType<NewApiKeyAnswer> = z.strictObject({
  ...answerShape,
  key: z.string(),
});
