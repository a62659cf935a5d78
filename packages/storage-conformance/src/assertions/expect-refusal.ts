import { StorageError, type ChangeSet, type Storage, type StorageErrorCode } from "@byot/storage";
import { expect } from "vitest";

/** Expects a call to reject with a `StorageError` of that code. */
export async function expectStorageError(
  call: Promise<unknown>,
  code: StorageErrorCode,
): Promise<void> {
  const error = await rejectionOf(call);
  expect(error).toBeInstanceOf(StorageError);
  expect(error).toMatchObject({ code });
}

/** Expects a call to reject because it is malformed. */
export async function expectTypeError(call: Promise<unknown>): Promise<void> {
  expect(await rejectionOf(call)).toBeInstanceOf(TypeError);
}

/** Expects a change to be refused with that code, and the whole workspace to be as it was. */
export async function expectRefusedChange(
  storage: Storage,
  changes: ChangeSet,
  code: StorageErrorCode,
): Promise<void> {
  const before = await storage.readConfiguration(changes.workspaceId);
  await expectStorageError(storage.apply(changes), code);
  expect(await storage.readConfiguration(changes.workspaceId)).toEqual(before);
}

async function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  return "the call was not rejected";
}
