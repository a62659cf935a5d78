import { checkAppend, createTurns, groupByWorkspace, largestAppend } from "@byot/storage";
import { describe, expect, test } from "vitest";
import { sampleDecision } from "./support/sample-decision.js";

describe("checkAppend", () => {
  test("lets as many decisions through as go at once", () => {
    const most = Array.from({ length: largestAppend }, () => sampleDecision(1));
    expect(() => checkAppend([])).not.toThrow();
    expect(() => checkAppend(most)).not.toThrow();
  });

  test("refuses one more", () => {
    const records = Array.from({ length: largestAppend + 1 }, () => sampleDecision(1));
    expect(() => checkAppend(records)).toThrow(TypeError);
  });

  test("refuses a decision without its person", () => {
    const { personal: _personal, ...impersonal } = sampleDecision(1);
    expect(() => checkAppend([impersonal])).toThrow(TypeError);
  });
});

test("things are grouped by workspace in the order they come in", () => {
  const [first, second, third] = [
    { workspaceId: "globex", n: 1 },
    { workspaceId: "acme", n: 2 },
    { workspaceId: "globex", n: 3 },
  ];
  expect([...groupByWorkspace([first, second, third])]).toEqual([
    ["globex", [first, third]],
    ["acme", [second]],
  ]);
});

test("a turn waits for those before it, whether they end well or not", async () => {
  const turns = createTurns();
  const order: string[] = [];
  const first = turns.take(async () => {
    await Promise.resolve();
    order.push("first");
    throw new Error("failed");
  });
  const second = turns.take(async () => {
    order.push("second");
    return order.length;
  });
  await expect(first).rejects.toThrow("failed");
  await expect(second).resolves.toBe(2);
  expect(order).toEqual(["first", "second"]);
});
