import { z } from "zod";

/** Whose personal data is to be taken out of the logs. */
export interface ErasureBody {
  /** The subject as its tokens spell it (`sub`), also where the log holds pseudonyms. */
  readonly subject: string;
  /** Only what this issuer said of it. @defaultValue every issuer */
  readonly issuer?: string;
}

/** What an erasure came to. */
export interface ErasureAnswer {
  /** Under which the log says that it happened: a UUIDv7. */
  readonly erasureId: string;
  /** How many decisions are without personal data from now on. */
  readonly decisions: number;
  /** How many refused tokens are without a subject from now on. */
  readonly refusals: number;
}

/** Reads {@link ErasureBody}. */
export const erasureBodySchema: z.ZodType<ErasureBody> = z.strictObject({
  subject: z.string().min(1).max(512),
  issuer: z.string().min(1).max(2048).exactOptional(),
});

/** Reads {@link ErasureAnswer}. */
export const erasureAnswerSchema: z.ZodType<ErasureAnswer> = z.strictObject({
  erasureId: z.string(),
  decisions: z.number().int().min(0),
  refusals: z.number().int().min(0),
});
