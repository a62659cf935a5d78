import { z } from "zod";
import { slugSchema } from "./names.js";
import { type StoredAnswer, storedAnswerShape } from "./stored-answer.js";
import { displayText } from "./text.js";
import {
  defaultWorkspaceSettings,
  newWorkspaceSettingsSchema,
  type WorkspaceSettings,
  workspaceSettingsSchema,
} from "./workspace-settings.js";

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

/** Reads {@link WorkspaceBody}. */
export const workspaceBodySchema: z.ZodType<WorkspaceBody> = z.strictObject({
  name: displayText(100),
  settings: workspaceSettingsSchema,
});

/** Reads {@link NewWorkspaceBody}. */
export const newWorkspaceBodySchema: z.ZodType<NewWorkspaceBody> = z.strictObject({
  id: slugSchema,
  name: displayText(100),
  settings: newWorkspaceSettingsSchema.default(defaultWorkspaceSettings),
});

/** Reads {@link WorkspaceAnswer}. */
export const workspaceAnswerSchema: z.ZodType<WorkspaceAnswer> = z.strictObject({
  ...storedAnswerShape,
  id: z.string(),
  name: z.string(),
  settings: workspaceSettingsSchema,
});
