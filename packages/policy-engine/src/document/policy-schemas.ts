import { z } from "zod";
import { readDocument, readSpecification, type Result } from "./parse-policy.js";
import type { PolicyDocument, PolicySpecification } from "./policy-document.js";
import type { LocatedProblem } from "./policy-problem.js";
import { documentShape, specificationShape } from "./policy-shape.js";

/**
 * A whole policy as a part of a larger zod schema. It accepts and refuses exactly what `parsePolicy`
 * does; each issue is `custom`, with the problem's message and, in `params`, its `code` and `suggestion`.
 * A JSON schema made from it describes the structure.
 */
export const policyDocumentSchema: z.ZodType<PolicyDocument> = schemaOf(
  readDocument,
  documentShape,
);

/** As {@link policyDocumentSchema}, for the specification alone. */
export const policySpecificationSchema: z.ZodType<PolicySpecification> = schemaOf(
  readSpecification,
  specificationShape,
);

function schemaOf<Value>(
  read: (json: unknown) => Result<Value, readonly LocatedProblem[]>,
  shape: z.ZodType<Value>,
): z.ZodType<Value> {
  return z.preprocess((json, context) => {
    const result = read(json);
    if (result.ok) {
      return result.value;
    }
    for (const { path, message, ...params } of result.error) {
      context.issues.push({ code: "custom", input: json, path: [...path], message, params });
    }
    return z.NEVER;
  }, shape);
}
