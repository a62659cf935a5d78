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
import type { ConfiguredThing, Remarks, ThingTypes } from "./configured-thing.js";
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
    replace: (invocation) => {
      const { path, body } = invocation;
      const plan = planReplacement(thing, invocation, () => thing.fromBody(path.key, body));
      return changeWorkspace(services, invocation, plan);
    },
    remove: (invocation) => changeWorkspace(services, invocation, planDeletion(thing, invocation)),
  };
}

function planCreation<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  body: Types["newBody"],
): ChangePlanner<Answered<DataAnswer<Types["answer"]>>> {
  return (configuration) => {
    const checked = checkNewInput(thing, body, configuration);
    if (!checked.ok) {
      return checked;
    }
    return done({
      writes: [thing.put(checked.value.input, null)],
      describe: (written) => ({
        answer: { data: describeWritten(thing, checked.value, written) },
        version: written.version,
      }),
    });
  };
}

/** A thing that can be written. */
export interface CheckedInput<Types extends ThingTypes> {
  /** What is written. */
  readonly input: Types["input"];
  /** What is worth saying of it. */
  readonly remarks: Remarks;
  /** What it replaces; absent for a new one. */
  readonly existing?: Stored;
}

/** How a thing that has just been written is answered. */
export function describeWritten<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  { input, remarks, existing }: CheckedInput<Types>,
  written: Written,
): Types["answer"] {
  return Object.assign({}, thing.answer(input, writtenAnswer(written, existing)), remarks);
}

/** What to write for a new thing, once nothing keeps it from being written. */
export function checkNewInput<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  body: Types["newBody"],
  configuration: WorkspaceConfiguration,
): Outcome<CheckedInput<Types>> {
  const input = thing.fromNewBody(body);
  if (!input.ok) {
    return input;
  }
  const key = thing.keyOf(input.value);
  if (thing.find(configuration, key) !== undefined) {
    const detail = `there is already a ${thing.kind} \`${key}\``;
    return refused({ code: "already_exists", detail });
  }
  const remarks = thing.check(input.value, configuration);
  return remarks.ok ? done({ input: input.value, remarks: remarks.value }) : remarks;
}

/** Plans the replacement of a thing, whose new value is read once it is known to be at the version expected. */
export function planReplacement<Types extends ThingTypes>(
  thing: ConfiguredThing<Types>,
  {
    path,
    expectedVersion,
  }: Pick<Invocation<ItemPath, unknown, unknown>, "path" | "expectedVersion">,
  read: () => Outcome<Types["input"]>,
): ChangePlanner<Answered<DataAnswer<Types["answer"]>>> {
  return (configuration) => {
    const existing = findAtVersion(thing, configuration, { key: path.key, expectedVersion });
    if (!existing.ok) {
      return existing;
    }
    const input = read();
    if (!input.ok) {
      return input;
    }
    const remarks = thing.check(input.value, configuration);
    if (!remarks.ok) {
      return remarks;
    }
    const checked = { input: input.value, remarks: remarks.value, existing: existing.value };
    return done({
      writes: [thing.put(input.value, expectedVersion)],
      describe: (written) => ({
        answer: { data: describeWritten(thing, checked, written) },
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

/** The problem of naming a thing that does not exist. */
export function unknownThing<Types extends ThingTypes>(
  { kind, unknownCode }: Pick<ConfiguredThing<Types>, "kind" | "unknownCode">,
  key: string,
): OperationProblem {
  return { code: unknownCode, detail: `the workspace has no ${kind} \`${key}\`` };
}
