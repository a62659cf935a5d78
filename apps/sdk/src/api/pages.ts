import { readOwn } from "../values/own-property.js";
import { isText } from "../values/shape.js";
import type { Page } from "./answer.js";
import type { ApiRequest } from "./ask.js";
import { callOf, responseInvalid } from "./ask.js";
import type { Connection } from "./connection.js";
import type { Reads } from "./reads.js";
import { listOfThings } from "./reads.js";

/** How a list is cut into pages. */
export interface PageQuery {
  /** The most items of a page, 1–200. @defaultValue `50` */
  readonly limit?: number | undefined;
  /** Where to begin: the `nextCursor` of an earlier page. @defaultValue the first page */
  readonly cursor?: string | undefined;
}

/**
 * A list that the server answers in pages. `for await` goes through all its items and asks for a page whenever the one
 * before is used up; nothing is asked before the first.
 */
export class Pages<T> implements AsyncIterable<T> {
  readonly #connection: Connection;
  readonly #request: ApiRequest;
  readonly #reads: Reads<readonly T[]>;

  /** Clients make them. */
  constructor(connection: Connection, request: ApiRequest, reads: Reads<T>) {
    this.#connection = connection;
    this.#request = request;
    this.#reads = listOfThings(reads);
  }

  /**
   * One page: the first, or the one that `cursor` names.
   *
   * @throws ByotError or one of its subclasses.
   */
  async page(cursor?: string): Promise<Page<T>> {
    const { operation, query = {} } = this.#request;
    const from = cursor ?? query["cursor"];
    const answer = await this.#connection.send(
      callOf({ ...this.#request, query: { ...query, cursor: from } }),
    );
    const data = readOwn(answer.body, "data");
    const nextCursor = readOwn(readOwn(answer.body, "page"), "nextCursor");
    // The same cursor again would be a list without end.
    if (!this.#reads(data) || !isCursor(nextCursor) || nextCursor === from) {
      throw responseInvalid(operation, answer);
    }
    return { data, nextCursor, requestId: answer.requestId, version: undefined };
  }

  /** All items, page after page. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    let cursor: string | undefined;
    do {
      // oxlint-disable-next-line no-await-in-loop -- a page names the one after it
      const page: Page<T> = await this.page(cursor);
      yield* page.data;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}

function isCursor(value: unknown): value is string | null {
  return value === null || (isText(value) && value !== "");
}
