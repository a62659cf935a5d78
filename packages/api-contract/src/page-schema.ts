import { z } from "zod";

/** The most items of one page. */
export const maximumPageSize = 200;
/** The items of a page when the request does not say. */
export const defaultPageSize = 50;

/** Which part of a list is wanted, as query parameters. */
export interface PageQuery {
  /** The most items to answer, 1–200. @defaultValue `50` */
  readonly limit: number;
  /** The `nextCursor` of the page before; opaque. Absent for the first page. */
  readonly cursor?: string;
}

/** The properties of {@link PageQuery}, for queries that have more. */
export const pageQueryShape: {
  readonly limit: z.ZodType<number>;
  readonly cursor: z.ZodExactOptional<z.ZodString>;
} = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1).max(maximumPageSize))
    .default(defaultPageSize),
  cursor: z.string().min(1).max(512).exactOptional(),
};

/** Reads {@link PageQuery} from query parameters. */
export const pageQuerySchema: z.ZodType<PageQuery> = z.strictObject(pageQueryShape);
