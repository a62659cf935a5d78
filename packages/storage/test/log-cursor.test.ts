import { logCursor, readLogCursor, StorageError } from "@byot/storage";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("a cursor of a log", () => {
  test("names a time and a record", () => {
    const place = { at: new Date("2026-03-02T09:00:00.001Z"), id: "01950000-0000-7000-8000-0" };
    expect(logCursor(place)).toBe("1772442000001~01950000-0000-7000-8000-0");
    expect(readLogCursor(logCursor(place))).toEqual(place);
  });

  test("is read as what it was made from", () => {
    const times = fc.date({ noInvalidDate: true });
    const ids = fc
      .string({ minLength: 1, maxLength: 200 })
      .filter((id) => !/[\n\r\u2028\u2029]/.test(id));
    fc.assert(
      fc.property(times, ids, (at, id) => {
        expect(readLogCursor(logCursor({ at, id }))).toEqual({ at, id });
      }),
    );
  });

  test.each(["", "01950000", "~id", "5~", "1.5~id", "9999999999999999~id", `5~${"a".repeat(201)}`])(
    "is refused when it is `%s`",
    (cursor) => {
      expect(() => readLogCursor(cursor)).toThrow(StorageError);
      expect(() => readLogCursor(cursor)).toThrow(`\`${cursor}\``);
    },
  );
});
