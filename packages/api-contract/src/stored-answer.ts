import { z } from "zod";

/** What every configured thing carries when it is answered. */
export interface StoredAnswer {
  /** The workspace's revision at which it was last written; also its `ETag`. */
  readonly version: number;
  /** When it was first written, RFC 3339 in UTC. */
  readonly createdAt: string;
  /** When it was last written, RFC 3339 in UTC. */
  readonly updatedAt: string;
}

/** The properties of {@link StoredAnswer}. */
export const storedAnswerShape: {
  readonly version: z.ZodType<number>;
  readonly createdAt: z.ZodType<string>;
  readonly updatedAt: z.ZodType<string>;
} = {
  version: z.number().int().positive(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};
