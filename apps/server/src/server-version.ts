import { createRequire } from "node:module";
import { z } from "zod";

const manifest: unknown = createRequire(import.meta.url)("../package.json");

/** The version of this server, as its package says. */
export const serverVersion: string = z.object({ version: z.string() }).parse(manifest).version;
