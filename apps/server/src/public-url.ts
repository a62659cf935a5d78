import { z } from "zod";

/**
 * Reads where callers reach the server, such as `https://authz.acme.com`: a URL by http or https without user name,
 * query or fragment. A slash at its end is taken off.
 */
export const publicUrlSchema: z.ZodType<string, string> = z
  .string()
  .refine(isPublicUrl, "must be a URL such as `https://authz.acme.com`, without query or fragment")
  .transform((text) => new URL(text).href.replace(/\/+$/, ""));

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text) || !/^https?:\/\/[^?#\s\\]+$/i.test(text)) {
    return false;
  }
  const { username, password } = new URL(text);
  return username === "" && password === "";
}
