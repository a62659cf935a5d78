import { z } from "zod";
import type { oas31, ZodOpenApiOverride } from "zod-openapi";
import { bucketSecondsSchema } from "../audit-statistics.js";
import { authzenPartSchemas } from "../authzen.js";
import { defaultPageSize, maximumPageSize, pageQueryShape } from "../page-schema.js";
import { outlinedSpecificationSchema } from "../policies.js";
import { policyDraftSchema, versionParameterSchema } from "../policy-drafts.js";
import { queryFlagSchema } from "../query-flag.js";
import { referLater } from "./reference.js";

type Substitute = oas31.SchemaObject | oas31.ReferenceObject;

// Parameters are text; these say what the text has to be. The others are read elsewhere than in their schema.
const substitutes: ReadonlyMap<object, Substitute> = new Map<object, Substitute>([
  [
    pageQueryShape.limit,
    { type: "integer", minimum: 1, maximum: maximumPageSize, default: defaultPageSize },
  ],
  [queryFlagSchema, { type: "boolean", default: false }],
  [bucketSecondsSchema, { type: "integer", minimum: 1 }],
  [versionParameterSchema, { type: "integer", minimum: 1 }],
  [outlinedSpecificationSchema, referLater("PolicySpecification")],
  [policyDraftSchema, referLater("PolicyDocument")],
  [authzenPartSchemas.subject, referLater("AuthzenSubject")],
  [authzenPartSchemas.action, referLater("AuthzenAction")],
  [authzenPartSchemas.resource, referLater("AuthzenResource")],
  [authzenPartSchemas.context, { type: "object" }],
]);

const formatsThatSayAll: ReadonlySet<string> = new Set(["date-time", "ipv4", "ipv6"]);

/** Makes what a schema became worth reading. */
export const overrideSchema: ZodOpenApiOverride = ({ zodSchema, jsonSchema }) => {
  const substitute = substitutes.get(zodSchema);
  if (substitute !== undefined) {
    clear(jsonSchema);
    Object.assign(jsonSchema, substitute);
    return;
  }
  // The only schemas of this kind are those of any JSON object.
  if (zodSchema instanceof z.ZodCustom) {
    jsonSchema.type = "object";
  }
  dropWhatSaysNothing(jsonSchema);
};

type JsonSchema = z.core.JSONSchema.BaseSchema;

function clear(schema: JsonSchema): void {
  for (const key of Object.keys(schema)) {
    Reflect.deleteProperty(schema, key);
  }
}

function dropWhatSaysNothing(schema: JsonSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) {
    delete schema.minimum;
  }
  if (schema.maximum === Number.MAX_SAFE_INTEGER) {
    delete schema.maximum;
  }
  if (schema.format !== undefined && formatsThatSayAll.has(schema.format)) {
    delete schema.pattern;
  }
}
