import { z } from "zod";

/** Anything that JSON can say. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The most keys a check's context may have at its top. */
export const maximumContextKeys = 64;
/** How deep a check's context may be nested; the context itself is level 1. */
export const maximumContextDepth = 8;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWithinDepth(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) {
    return true;
  }
  return levels > 0 && Object.values(value).every((member) => isWithinDepth(member, levels - 1));
}

// SECURITY: the object is handed on as JSON.parse made it. Copying it key by key would let a `__proto__` key
// reach the copy's prototype.
/** Any JSON object. */
export const jsonObjectSchema: z.ZodType<JsonObject> = z.custom<JsonObject>(
  isObject,
  "must be an object",
);

/** How large a JSON object may be. */
export interface ObjectLimits {
  /** The most keys at its top. */
  readonly keys: number;
  /** How deep it may be nested; the object itself is level 1. */
  readonly levels: number;
}

/** A JSON object of limited size. */
export function objectWithin({ keys, levels }: ObjectLimits): z.ZodType<JsonObject> {
  return jsonObjectSchema
    .refine((object) => Object.keys(object).length <= keys, `must have at most ${keys} keys`)
    .refine(
      (object) => isWithinDepth(object, levels),
      `must be nested at most ${levels} levels deep`,
    );
}

/** A check's context: a JSON object of at most 64 keys and 8 levels. */
export const contextSchema: z.ZodType<JsonObject> = objectWithin({
  keys: maximumContextKeys,
  levels: maximumContextDepth,
});
