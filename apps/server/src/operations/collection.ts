import type {
  DataAnswer,
  ItemPath,
  NoParameters,
  PageAnswer,
  PageQuery,
  WorkspacePath,
} from "@byot/api-contract";
import type { Stored, WorkspaceConfiguration } from "@byot/storage";
import { changeWorkspace, type ChangePlanner, type Written } from "./change-workspace.js";
import type { ConfiguredThing, ThingTypes } from "./configured-thing.js";
import { existingWorkspace } from "./existing-workspace.js";
import { listPage } from "./list-page.js";
import type { Answered, Invocation, Operation } from "./operation.js";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";
import type { Services } from "./services.js";
import { storedAnswer, writtenAnswer } from "./stored-answer.js";

/** List, create, read, replace and delete, for any kind of configured thing. */
export interface ThingOperations<Types extends ThingTypes> {
  /** All of them, in pages. */
  readonly list: Operation<WorkspacePath, PageQuery, undefined, PageAnswer<Types["answer"]>>;
  /** Creates one. */
  readonly create: Operation<
    WorkspacePath,
    NoParameters,
    Types["newBody"],
    DataAnswer<Types["answer"]>
  >;
  /** Reads one. */
  readonly read: Operation<ItemPath, NoParameters, undefined, DataAnswer<Types["answer"]>>;
  /** Replaces one. */
  readonly replace: Operation<ItemPath, NoParameters, Types["body"], DataAnswer<Types["answer"]>>;
  /** Deletes one. */
  readonly remove: Operation<ItemPath, NoParameters, undefined, undefined>;
}

/** Makes the operations of one kind of configured thing. */
export function thingOperations<Types extends ThingTypes>(
  services: Services,
  thing: ConfiguredThing<Types>,
): ThingOperations<Types> {
  const answerRecord = (record: Types["input"] & Stored): Types["answer"] =>
    thing.answer(record, storedAnswer(record));
  return {
    async list({ path, query }) {
      const workspace = await existingWorkspace(services.storage, path.workspace);
      return workspace.ok
        ? listPage(thing.store.list(path.workspace, query), answerRecord)
        : workspace;
    },
    async read({ path }) {
      const record = await thing.store.find(path.workspace, path.key);
      if (record !== undefined) {
        return done({ answer: { data: answerRecord(record) }, version: record.version });
      }
      const workspace = await existingWorkspace(services.storage, path.workspace);
      return workspace.ok ? refused(unknownThing(thing, path.key)) : workspace;
    },
    create: (invocation) =>
      changeWorkspace(services, invocation, planCreation(thing, invocation.body)),
    replace: (invocation) =>
      changeWorkspace(services, invocation, planReplacement(thing, invocation)),
    remove: (invocation) => changeWorkspace(services, invocation, planDeletion(thing, invocation)),
  };
}

function planCreation<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  body: Types["newBody"],
): ChangePlanner<Answered<DataAnswer<Types["answer"]>>> {
  return (configuration) => {
    const input = checkedNewInput(thing, body, configuration);
    if (!input.ok) {
      return input;
    }
    return done({
      writes: [thing.put(input.value, null)],
      describe: (written) => ({
        answer: { data: describeWritten(thing, input.value, { written, configuration }) },
        version: written.version,
      }),
    });
  };
}

/** How a thing has been written. */
export interface Writing {
  /** At which version and when. */
  readonly written: Written;
  /** What the write was checked against. */
  readonly configuration: WorkspaceConfiguration;
  /** What it replaced. */
  readonly existing?: Stored;
}

/** How a thing that has just been written is answered. */
export function describeWritten<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  input: Types["input"],
  { written, configuration, existing }: Writing,
): Types["answer"] {
  const answer = thing.answer(input, writtenAnswer(written, existing));
  return thing.remarks === undefined
    ? answer
    : Object.assign({}, answer, thing.remarks(input, configuration));
}

/** What to write for a new thing, once nothing keeps it from being written. */
export function checkedNewInput<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  body: Types["newBody"],
  configuration: WorkspaceConfiguration,
): Outcome<Types["input"]> {
  const input = thing.fromNewBody(body);
  if (!input.ok) {
    return input;
  }
  const key = thing.keyOf(input.value);
  if (thing.find(configuration, key) !== undefined) {
    const detail = `there is already a ${thing.kind} \`${key}\``;
    return refused({ code: "already_exists", detail });
  }
  const problem = thing.check(input.value, configuration);
  return problem === undefined ? input : refused(problem);
}

function planReplacement<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  { path, body, expectedVersion }: Invocation<ItemPath, NoParameters, Types["body"]>,
): ChangePlanner<Answered<DataAnswer<Types["answer"]>>> {
  return (configuration) => {
    const existing = findAtVersion(thing, configuration, { key: path.key, expectedVersion });
    if (!existing.ok) {
      return existing;
    }
    const input = thing.fromBody(path.key, body);
    if (!input.ok) {
      return input;
    }
    const problem = thing.check(input.value, configuration);
    if (problem !== undefined) {
      return refused(problem);
    }
    return done({
      writes: [thing.put(input.value, expectedVersion)],
      describe: (written) => ({
        answer: {
          data: describeWritten(thing, input.value, {
            written,
            configuration,
            existing: existing.value,
          }),
        },
        version: written.version,
      }),
    });
  };
}

function planDeletion<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  { path, expectedVersion }: Invocation<ItemPath, NoParameters, undefined>,
): ChangePlanner<Answered<undefined>> {
  return (configuration) => {
    const existing = findAtVersion(thing, configuration, { key: path.key, expectedVersion });
    if (!existing.ok) {
      return existing;
    }
    const problem = thing.checkDeletion(path.key, configuration);
    if (problem !== undefined) {
      return refused(problem);
    }
    return done({
      writes: [{ operation: "delete", kind: thing.kind, key: path.key, expectedVersion }],
      describe: () => ({ answer: undefined }),
    });
  };
}

function findAtVersion<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  configuration: WorkspaceConfiguration,
  { key, expectedVersion }: { readonly key: string; readonly expectedVersion: number },
): Outcome<Stored> {
  const existing = thing.find(configuration, key);
  if (existing === undefined) {
    return refused(unknownThing(thing, key));
  }
  return existing.version === expectedVersion
    ? done(existing)
    : refused(staleVersion(expectedVersion, existing.version));
}

/** The problem of changing a version that is no longer the current one. */
export function staleVersion(expected: number, current: number): OperationProblem {
  return {
    code: "version_stale",
    detail: `version ${expected} was replaced; the current one is ${current}`,
  };
}

function unknownThing<Types extends ThingTypes>(
  { kind, unknownCode }: ConfiguredThing<Types>,
  key: string,
): OperationProblem {
  return { code: unknownCode, detail: `the workspace has no ${kind} \`${key}\`` };
}
