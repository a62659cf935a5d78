/** The user that a process is started as. */
export interface ProcessAccount {
  /** The user's number. */
  readonly uid: number;
  /** The group's number. */
  readonly gid: number;
}

// `nobody` has this number nearly everywhere; where it has none, the number works all the same.
const nobody: ProcessAccount = { uid: 65_534, gid: 65_534 };

/** Whom PostgreSQL has to be started as: it refuses to run as root. `undefined` stands for the own user. */
export function postgresAccount(): ProcessAccount | undefined {
  return process.getuid?.() === 0 ? nobody : undefined;
}
