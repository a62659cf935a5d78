import { z } from "zod";
import { slugSchema } from "./names.js";
import { type StoredAnswer, storedAnswerShape } from "./stored-answer.js";
import { displayText } from "./text.js";

/** What a workspace may choose for itself. */
export interface WorkspaceSettings {
  /** Whether a check needs an API key beside the user's token. @defaultValue `false` */
  readonly checksRequireApiKey: boolean;
}

/** A workspace as it is replaced. */
export interface WorkspaceBody {
  /** A name for people, at most 100 characters. */
  readonly name: string;
  /** Its settings. @defaultValue every setting's default for a new one; a replacement has to name each */
  readonly settings: WorkspaceSettings;
}

/** A workspace as it is created. */
export interface NewWorkspaceBody extends WorkspaceBody {
  /** Its key: `[a-z][a-z0-9_-]{0,62}`. */
  readonly id: string;
}

/** A workspace as it is answered. */
export interface WorkspaceAnswer extends NewWorkspaceBody, StoredAnswer {}

const defaultSettings: WorkspaceSettings = { checksRequireApiKey: false };

// SECURITY: a replacement that says nothing must not take a protection away.
const settingsSchema = z.strictObject({ checksRequireApiKey: z.boolean() });

const newSettingsSchema = z.strictObject({
  checksRequireApiKey: z.boolean().default(defaultSettings.checksRequireApiKey),
});

/** Reads {@link WorkspaceBody}. */
export const workspaceBodySchema: z.ZodType<WorkspaceBody> = z.strictObject({
  name: displayText(100),
  settings: settingsSchema,
});

/** Reads {@link NewWorkspaceBody}. */
export const newWorkspaceBodySchema: z.ZodType<NewWorkspaceBody> = z.strictObject({
  id: slugSchema,
  name: displayText(100),
  settings: newSettingsSchema.default(defaultSettings),
});

/** Reads {@link WorkspaceAnswer}. */
export const workspaceAnswerSchema: z.ZodType<WorkspaceAnswer> = z.strictObject({
  ...storedAnswerShape,
  id: z.string(),
  name: z.string(),
  settings: settingsSchema,
});
