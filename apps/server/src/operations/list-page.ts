import type { PageAnswer } from "@byot/api-contract";
import { type Page, StorageError } from "@byot/storage";
import type { Answered } from "./operation.js";
import { done, type Outcome, refused } from "./outcome.js";

/** Answers a page of records, each as `toAnswer` says. */
export async function listPage<Item, Answer>(
  reading: Promise<Page<Item>>,
  toAnswer: (item: Item) => Answer,
): Promise<Outcome<Answered<PageAnswer<Answer>>>> {
  try {
    const { items, nextCursor } = await reading;
    return done({ answer: { data: items.map(toAnswer), page: { nextCursor } } });
  } catch (error) {
    if (error instanceof StorageError && error.code === "NOT_FOUND") {
      const message = "is not the `nextCursor` of a page of this list";
      return refused({
        code: "request_invalid",
        detail: `\`cursor\` ${message}`,
        errors: [{ path: "/cursor", code: "cursor_unknown", message }],
      });
    }
    throw error;
  }
}
