import { takenId } from "@byot/storage";
import { isKeyTaken } from "../sqlite-errors.js";

/**
 * Does the writing.
 *
 * @throws StorageError with code `ALREADY_EXISTS` when one of the ids was taken.
 */
export function refusingTakenIds(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (isKeyTaken(error)) {
      throw takenId(error);
    }
    throw error;
  }
}
