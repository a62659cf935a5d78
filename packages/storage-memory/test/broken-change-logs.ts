import type { ChangeRecord, Storage } from "@byot/storage";
import {
  withApiKeys,
  withChangeRecords,
  withChanges,
  type BrokenPromise,
} from "./broken-promise.js";

const unrecordedRefusal = "nothing is recorded for a change set that is refused";
const concurrent = "concurrent changes are recorded once each, and those that lose not at all";
const whoAndWhy = "a change says who made it, and by which request where there was one";
const hashless = "no record holds the hash of a secret";

/** Ways to break what is promised of the records of changes. */
export const brokenChangeLogs: readonly BrokenPromise[] = [
  changing(
    "records what was created without saying what it is",
    "a created thing of any kind is recorded with what was decided about it",
    ({ after: _, ...change }) => change,
  ),
  changing(
    "records the new value of a workspace as the old one",
    "a replaced thing of any kind is recorded with what was decided before and what is now",
    (change) =>
      change.kind === "workspace" && change.after !== undefined
        ? { ...change, before: change.after }
        : change,
  ),
  changing(
    "does not record what was in a deleted permission",
    "a deleted thing of any kind is recorded with what had been decided about it",
    ({ before, ...change }) =>
      before === undefined || change.kind === "permission" ? change : { ...change, before },
  ),
  changing("records one actor for all changes", whoAndWhy, (change) => ({
    ...change,
    by: { kind: "api_key", id: "admin" },
  })),
  changing("records an empty request where there was none", whoAndWhy, (change) => ({
    ...change,
    requestId: change.requestId ?? "",
  })),
  changing(
    "counts changes within a workspace",
    "each change has an id that no other one has, in any workspace",
    (change) => ({ ...change, changeId: `${change.revision}-${change.key}-${change.operation}` }),
  ),
  relisting(
    "records everything that a deleted workspace held",
    "deleting a workspace is one record, whatever it held",
    ([first, ...rest]) =>
      first === undefined ? [] : [...(first.operation === "delete" ? [first] : []), first, ...rest],
  ),
  relisting(
    "loses the changes of a workspace together with it",
    "the log outlives its workspace, and goes on when it is made again",
    (changes) => {
      const deleted = changes.findIndex(
        ({ kind, operation }) => kind === "workspace" && operation === "delete",
      );
      return deleted === -1 ? changes : changes.slice(0, deleted);
    },
  ),
  relisting(
    "lists the changes of one set in the order of its writes",
    "the changes of one set share its revision and time, in the reverse order of its writes",
    (changes) => changes.toReversed().toSorted((left, right) => right.revision - left.revision),
  ),
  relisting(
    "lists changes by time alone",
    "the last change comes first, also of those of one millisecond",
    (changes) =>
      changes.toReversed().toSorted((left, right) => right.at.getTime() - left.at.getTime()),
  ),
  ...[unrecordedRefusal, concurrent].map((caughtBy) => ({
    does: "records changes that were refused",
    caughtBy,
    breakIt: recordingRefusals,
  })),
  {
    does: "shows the changes of one workspace in all",
    caughtBy: "changes of one workspace are never seen in another one",
    breakIt: (storage) =>
      withChanges(storage, (log) => ({ list: (_, query) => log.list("acme", query) })),
  },
  {
    does: "lists live references to changes",
    caughtBy: "records of changes are copies, on their way in and on their way out",
    breakIt(storage) {
      const live = new Map<string, ChangeRecord>();
      return withChangeRecords(storage, (changes) =>
        changes.map((change) => {
          const known = live.get(change.changeId) ?? change;
          live.set(change.changeId, known);
          return known;
        }),
      );
    },
  },
  relisting(
    "does not record keys",
    "creating a key that is bound to a workspace is recorded there, at its revision",
    (changes) => changes.filter(({ kind }) => kind !== "api_key"),
  ),
  changing(
    "records the revocation of a key as its deletion",
    "revoking a key is recorded as a replacement, at the time of its revocation",
    (change) =>
      change.kind === "api_key" && change.operation === "replace"
        ? { ...change, operation: "delete" }
        : change,
  ),
  {
    does: "records revocations that change nothing",
    caughtBy: "nothing is recorded when a key was revoked already, or could not be written",
    breakIt(storage) {
      let revocations = 0;
      const counting = withApiKeys(storage, (store) => ({
        async revoke(id, at, origin) {
          await store.revoke(id, at, origin);
          revocations += 1;
        },
      }));
      return withChangeRecords(counting, (changes) =>
        revocations > 1 ? [...changes.slice(0, 1), ...changes] : changes,
      );
    },
  },
  {
    does: "records keys of all workspaces in each",
    caughtBy: "a key that opens all workspaces is recorded in none",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        create: ({ id, workspaceId = "acme", ...key }, origin) =>
          store.create({ ...key, id, workspaceId }, origin),
      })),
  },
  changing("records the hash of a secret", hashless, (change) => ({
    ...change,
    ...(change.kind === "api_key" ? { after: { ...change.after, secret: "9f86d081" } } : {}),
  })),
];

function changing(
  does: string,
  caughtBy: string,
  change: (record: ChangeRecord) => ChangeRecord,
): BrokenPromise {
  return relisting(does, caughtBy, (records) => records.map(change));
}

function relisting(
  does: string,
  caughtBy: string,
  change: (records: readonly ChangeRecord[]) => readonly ChangeRecord[],
): BrokenPromise {
  return { does, caughtBy, breakIt: (storage) => withChangeRecords(storage, change) };
}

function recordingRefusals(storage: Storage): Storage {
  let refused = 0;
  const counting: Storage = {
    ...storage,
    apply: (changes) =>
      storage.apply(changes).catch((refusal: unknown) => {
        refused += 1;
        throw refusal;
      }),
  };
  return withChangeRecords(counting, (changes) => [
    ...changes.slice(0, 1).flatMap((change) => Array.from({ length: refused }, () => change)),
    ...changes,
  ]);
}
