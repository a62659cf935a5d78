import { z } from "zod";
import { documentShape } from "./policy-shape.js";

/**
 * The structure of a policy as a JSON schema, draft 2020-12, for editors. It knows every function with its
 * options; what only values or several properties together can tell, `parsePolicy` finds.
 */
export function policyJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(documentShape, { io: "input" });
}
