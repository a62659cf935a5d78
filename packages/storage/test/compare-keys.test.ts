import { compareKeys } from "@byot/storage";
import { expect, test } from "vitest";

const pieces = [
  "",
  "a",
  "b",
  "Z",
  "_",
  "\u007f",
  "\u0080",
  "\u07ff",
  "\u0800",
  "\ud7ff",
  "\ue000",
  "\uffff",
  "\u{10000}",
  "\u{1f600}",
  "\u{10ffff}",
];
const keys = pieces.flatMap((first) => pieces.map((second) => first + second));

test("orders keys as their UTF-8 bytes are ordered", () => {
  for (const left of keys) {
    for (const right of keys) {
      const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
      expect(Math.sign(compareKeys(left, right)), `${left} and ${right}`).toBe(bytes);
    }
  }
});
