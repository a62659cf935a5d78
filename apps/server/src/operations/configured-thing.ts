import type { ProblemCode, StoredAnswer } from "@byot/api-contract";
import type {
  ConfigurationWrite,
  ConfiguredKind,
  ConfiguredStore,
  Stored,
  WorkspaceConfiguration,
} from "@byot/storage";
import type { OperationProblem, Outcome } from "./outcome.js";

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
  /** What keeps it from being written, or `undefined`. */
  check(input: Types["input"], configuration: WorkspaceConfiguration): OperationProblem | undefined;
  /** What keeps it from being deleted, or `undefined`. */
  checkDeletion(key: string, configuration: WorkspaceConfiguration): OperationProblem | undefined;
  /** The write that puts it. */
  put(input: Types["input"], expectedVersion: number | null): ConfigurationWrite;
  /** How it is answered. */
  answer(input: Types["input"], stored: StoredAnswer): Types["answer"];
  /** What the answer to its being written says besides. */
  remarks?(input: Types["input"], configuration: WorkspaceConfiguration): object;
}
