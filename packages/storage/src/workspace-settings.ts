/** What a workspace may choose for itself. The defaults are those of {@link defaultWorkspaceSettings}. */
export interface WorkspaceSettings {
  /** Whether a check needs an API key beside the user's token. @defaultValue `false` */
  readonly checksRequireApiKey: boolean;
  /**
   * When a decision is answered: `strict` once its record is durable, `buffered` at once, with records on their way
   * to the log lost in a crash, `off` without any record. @defaultValue `strict`
   */
  readonly decisionLog: "strict" | "buffered" | "off";
  /**
   * What the decision log keeps of the attributes that policies looked at: nothing, their names and where they came
   * from, or their values too. @defaultValue `names`
   */
  readonly logAttributes: "none" | "names" | "values";
  /**
   * Whether the logs hold a keyed pseudonym (HMAC-SHA-256) in the place of each subject. @defaultValue `false`
   */
  readonly hashSubjects: boolean;
  /** The IANA time zone of `day_of_week` and of conditions that name none. @defaultValue `UTC` */
  readonly timeZone: string;
  /**
   * Whether `ip_address` is the address of the connection that asks, where a caller has not given the user's own.
   * @defaultValue `false`
   */
  readonly ipFromConnection: boolean;
  /** For how many days the logs are kept, a whole number from 1 to 36,500. @defaultValue 90 */
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
