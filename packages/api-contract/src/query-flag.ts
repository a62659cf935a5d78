import { z } from "zod";

/** Reads a query parameter that is `true` or `false`, and `false` when it is absent. */
export const queryFlagSchema: z.ZodType<boolean> = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .default(false);
