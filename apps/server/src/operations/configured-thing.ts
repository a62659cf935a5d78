import type { ProblemCode, StoredAnswer } from "@byot/api-contract";
import type {
  ConfigurationWrite,
  ConfiguredKind,
  ConfiguredStore,
  Stored,
  WorkspaceConfiguration,
} from "@byot/storage";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";

/** The types that one kind of configured thing goes through. */
export interface ThingTypes {
  /** What creates one. */
  readonly newBody: unknown;
  /** What replaces one. */
  readonly body: unknown;
  /** What is written. */
  readonly input: unknown;
  /** What is answered. */
  readonly answer: unknown;
}

/** What the answer to a thing's being written says besides, property by property; empty for nothing. */
export type Remarks = object;

const noRemarks: Remarks = {};

/** What a check comes to that has nothing to say but a problem, if there is one. */
export function unless(problem: OperationProblem | undefined): Outcome<Remarks> {
  return problem === undefined ? done(noRemarks) : refused(problem);
}

/** What differs between the kinds of configured things. */
export interface ConfiguredThing<Types extends ThingTypes> {
  /** What one is called. */
  readonly kind: Exclude<ConfiguredKind, "workspace">;
  /** The problem of naming one that does not exist. */
  readonly unknownCode: ProblemCode;
  /** Where they are read. */
  readonly store: ConfiguredStore<Types["input"] & Stored>;
  /** The one under a key, as it was at the configuration's revision. */
  find(configuration: WorkspaceConfiguration, key: string): Stored | undefined;
  /** The key of what is written. */
  keyOf(input: Types["input"]): string;
  /** What to write for a new one. */
  fromNewBody(body: Types["newBody"]): Outcome<Types["input"]>;
  /** What to write for a replacement. */
  fromBody(key: string, body: Types["body"]): Outcome<Types["input"]>;
  /**
   * Judges whether it can be written, once: what is worth saying of it goes into the answer to its being written.
   */
  check(input: Types["input"], configuration: WorkspaceConfiguration): Outcome<Remarks>;
  /** What keeps it from being deleted, or `undefined`. */
  checkDeletion(key: string, configuration: WorkspaceConfiguration): OperationProblem | undefined;
  /** The write that puts it. */
  put(input: Types["input"], expectedVersion: number | null): ConfigurationWrite;
  /** How it is answered. */
  answer(input: Types["input"], stored: StoredAnswer): Types["answer"];
}
