import { z } from "zod";

/** What a workspace may choose for itself. */
export interface WorkspaceSettings {
  /** Whether a check needs an API key beside the user's token. @defaultValue `false` */
  readonly checksRequireApiKey: boolean;
  /**
   * When a decision is answered: `strict` once its record is durable, `buffered` at once, with the last records lost in
   * a crash, `off` without any record. @defaultValue `strict`
   */
  readonly decisionLog: "strict" | "buffered" | "off";
  /**
   * What the decision log keeps of the attributes that policies looked at: nothing, their names and where they came
   * from, or their values too. @defaultValue `names`
   */
  readonly logAttributes: "none" | "names" | "values";
  /** Whether the logs hold a keyed pseudonym (HMAC-SHA-256) in the place of each subject. @defaultValue `false` */
  readonly hashSubjects: boolean;
  /** The IANA time zone of `day_of_week` and of conditions that name none, such as `Europe/Berlin`. @defaultValue `UTC` */
  readonly timeZone: string;
  /**
   * Whether `ip_address` is the address of the connection that asks, where a caller has not given the user's own. Only
   * for workspaces that users' devices ask themselves. @defaultValue `false`
   */
  readonly ipFromConnection: boolean;
  /** For how many days the logs are kept, a whole number from 1 to 36,500. @defaultValue `90` */
  readonly retentionDays: number;
}

/** What a workspace is set to that chooses nothing. */
export const defaultWorkspaceSettings: WorkspaceSettings = {
  checksRequireApiKey: false,
  decisionLog: "strict",
  logAttributes: "names",
  hashSubjects: false,
  timeZone: "UTC",
  ipFromConnection: false,
  retentionDays: 90,
};

const settingsShape = {
  checksRequireApiKey: z.boolean(),
  decisionLog: z.enum(["strict", "buffered", "off"]),
  logAttributes: z.enum(["none", "names", "values"]),
  hashSubjects: z.boolean(),
  // The names of the IANA database are spelt like this; which of them exist is the server's to know.
  timeZone: z
    .string()
    .max(64)
    .regex(
      /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/,
      "must be the name of a time zone, such as `Europe/Berlin`",
    ),
  ipFromConnection: z.boolean(),
  retentionDays: z.number().int().min(1).max(36_500),
};

// SECURITY: a replacement that says nothing must not take a protection away.
/** Reads {@link WorkspaceSettings}, each of them. */
export const workspaceSettingsSchema: z.ZodType<WorkspaceSettings> = z.strictObject(settingsShape);

const {
  checksRequireApiKey,
  decisionLog,
  logAttributes,
  hashSubjects,
  timeZone,
  ipFromConnection,
  retentionDays,
} = settingsShape;

/** Reads {@link WorkspaceSettings} of a new workspace: what is absent has its default. */
export const newWorkspaceSettingsSchema: z.ZodType<WorkspaceSettings> = z.strictObject({
  checksRequireApiKey: checksRequireApiKey.default(defaultWorkspaceSettings.checksRequireApiKey),
  decisionLog: decisionLog.default(defaultWorkspaceSettings.decisionLog),
  logAttributes: logAttributes.default(defaultWorkspaceSettings.logAttributes),
  hashSubjects: hashSubjects.default(defaultWorkspaceSettings.hashSubjects),
  timeZone: timeZone.default(defaultWorkspaceSettings.timeZone),
  ipFromConnection: ipFromConnection.default(defaultWorkspaceSettings.ipFromConnection),
  retentionDays: retentionDays.default(defaultWorkspaceSettings.retentionDays),
});
