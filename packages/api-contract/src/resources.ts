import { z } from "zod";
import { nameSchema } from "./names.js";
import { type StoredAnswer, storedAnswerShape } from "./stored-answer.js";
import { displayText } from "./text.js";

/** A resource as it is replaced. */
export interface ResourceBody {
  /** One sentence for people, at most 500 characters. */
  readonly description?: string;
  /** Free text to group by, at most 63 characters; `system` is reserved. @defaultValue `"custom"` */
  readonly category: string;
  /** What can be done with it: 1–64 names. */
  readonly actions: readonly string[];
}

/** A resource as it is created. */
export interface NewResourceBody extends ResourceBody {
  /** Its key, as checks spell it. */
  readonly name: string;
}

/** A resource as it is answered. Those of the service itself have the category `system`, and nobody can change them. */
export interface ResourceAnswer extends NewResourceBody, StoredAnswer {}

const bodyShape = {
  description: displayText(500).exactOptional(),
  category: displayText(63)
    .refine((category) => category !== "system", "`system` is reserved")
    .default("custom"),
  actions: z
    .array(nameSchema)
    .min(1)
    .max(64)
    .refine((actions) => new Set(actions).size === actions.length, "must not repeat an action"),
};

/** Reads {@link ResourceBody}. */
export const resourceBodySchema: z.ZodType<ResourceBody> = z.strictObject(bodyShape);

/** Reads {@link NewResourceBody}. */
export const newResourceBodySchema: z.ZodType<NewResourceBody> = z.strictObject({
  ...bodyShape,
  name: nameSchema,
});

/** Reads {@link ResourceAnswer}. */
export const resourceAnswerSchema: z.ZodType<ResourceAnswer> = z.strictObject({
  ...storedAnswerShape,
  name: z.string(),
  description: z.string().exactOptional(),
  category: z.string(),
  actions: z.array(z.string()),
});
