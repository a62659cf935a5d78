import { z } from "zod";
import { nameOrAllSchema, nameSchema, slugSchema } from "./names.js";
import { type StoredAnswer, storedAnswerShape } from "./stored-answer.js";

/** Where a policy applies. */
export interface PermissionTarget {
  /** The resource's name, or `*` for every custom resource. */
  readonly resource: string;
  /** The resource's actions, 1–64, or `["*"]` for all of them. */
  readonly actions: readonly string[];
  /** A higher number is looked at first, −1,000,000 to 1,000,000. @defaultValue `0` */
  readonly priority: number;
}

/** A permission as it is replaced. */
export interface PermissionBody extends PermissionTarget {
  /** The name of the policy that decides. */
  readonly policy: string;
}

/** A permission as it is created. */
export interface NewPermissionBody extends PermissionBody {
  /** Its key. @defaultValue a new one */
  readonly id?: string;
}

/** A permission as a part of a whole configuration. */
export interface ConfigPermission extends PermissionBody {
  /** Its key. */
  readonly id: string;
}

/** A permission as it is answered. */
export interface PermissionAnswer extends PermissionBody, StoredAnswer {
  /** Its key. */
  readonly id: string;
}

const targetShape = {
  resource: nameOrAllSchema,
  actions: z
    .array(nameOrAllSchema)
    .min(1)
    .max(64)
    .refine((actions) => new Set(actions).size === actions.length, "must not repeat an action")
    .refine(
      (actions) => actions.length === 1 || !actions.includes("*"),
      "`*` stands for all actions and must be alone",
    ),
  priority: z.number().int().min(-1_000_000).max(1_000_000).default(0),
};

const bodyShape = { ...targetShape, policy: nameSchema };

/** Reads {@link PermissionTarget}. */
export const permissionTargetSchema: z.ZodType<PermissionTarget> = z.strictObject(targetShape);

/** Reads {@link PermissionBody}. */
export const permissionBodySchema: z.ZodType<PermissionBody> = z.strictObject(bodyShape);

/** Reads {@link NewPermissionBody}. */
export const newPermissionBodySchema: z.ZodType<NewPermissionBody> = z.strictObject({
  ...bodyShape,
  id: slugSchema.exactOptional(),
});

/** Reads {@link ConfigPermission}. */
export const configPermissionSchema: z.ZodType<ConfigPermission> = z.strictObject({
  ...bodyShape,
  id: slugSchema,
});

/** Reads {@link PermissionAnswer}. */
export const permissionAnswerSchema: z.ZodType<PermissionAnswer> = z.strictObject({
  ...storedAnswerShape,
  id: z.string(),
  resource: z.string(),
  actions: z.array(z.string()),
  priority: z.number().int(),
  policy: z.string(),
});
