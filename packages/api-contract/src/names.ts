import { z } from "zod";

/** How a workspace, a provider and a permission are spelt: `[a-z][a-z0-9_-]{0,62}`. */
export const slugSchema: z.ZodType<string> = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,62}$/,
    "must start with a-z and hold only a-z, 0-9, _ and -, at most 63 characters",
  );

/** How a policy, a resource and an action are spelt: `[a-z][a-z0-9_.:-]{0,62}`. */
export const nameSchema: z.ZodType<string> = z
  .string()
  .regex(
    /^[a-z][a-z0-9_.:-]{0,62}$/,
    "must start with a-z and hold only a-z, 0-9, _, ., : and -, at most 63 characters",
  );

/** A name, or `*` for all of them. */
export const nameOrAllSchema: z.ZodType<string> = z
  .string()
  .regex(
    /^(?:\*|[a-z][a-z0-9_.:-]{0,62})$/,
    "must be `*`, or start with a-z and hold only a-z, 0-9, _, ., : and -, at most 63 characters",
  );

/**
 * A resource or an action as a check spells it. It need not be a well-formed name: an unknown one is a Deny, and the
 * caller should see that rather than a complaint about its spelling.
 */
export const askedNameSchema: z.ZodType<string> = z.string().min(1).max(255);
