import { z } from "zod";

/** An IPv4 or IPv6 address without prefix length, zone or port. */
export const addressSchema: z.ZodType<string> = z.union(
  [z.ipv4(), z.ipv6()],
  "must be an IPv4 or IPv6 address",
);
