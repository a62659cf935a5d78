import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { mountings, type Service, startService } from "../support/service.js";
import { reportFigure } from "./report-figure.js";

const isNightly = process.env["BYOT_NIGHTLY"] === "1";
const bodies = isNightly ? 100_000 : 2000;
const target = "/v1/workspaces/acme/authorize";

describe.each(mountings)("answered by %s", (mounting) => {
  let service: Service;
  let check: Uint8Array;

  beforeAll(async () => {
    service = await startService({ mounting });
    await makeAcme(service);
    const token = await service.tokenOf("ada");
    check = Buffer.from(
      JSON.stringify({ token, resource: "orders", action: "approve", context: { orderAmount: 1 } }),
    );
  });

  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  /** A good check with one byte changed, taken out or put in. */
  const nearlyGood = fc
    .tuple(
      fc.nat(),
      fc.nat({ max: 255 }),
      fc.constantFrom<readonly [number, number]>([1, 1], [1, 0], [0, 1]),
    )
    .map(([place, byte, [taken, put]]) => {
      const at = place % check.length;
      const inserted = Uint8Array.of(byte).subarray(0, put);
      return Buffer.concat([check.subarray(0, at), inserted, check.subarray(at + taken)]);
    });

  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
    fc.json({ stringUnit: "binary" }).map((text) => Buffer.from(text)),
    fc
      .constantFrom('{"a":', "[", '"\\ud800', '{"token":')
      .chain((start) => fc.nat({ max: 5000 }).map((times) => Buffer.from(start.repeat(times)))),
    nearlyGood,
  );

  test(`${bodies} random bodies are never a failure`, async () => {
    const counts = new Map<number, number>();

    await fc.assert(
      fc.asyncProperty(body, async (rawBody) => {
        const { status } = await service.send(target, { method: "POST", rawBody });
        counts.set(status, (counts.get(status) ?? 0) + 1);

        expect(status).toBeLessThan(500);
      }),
      { numRuns: bodies },
    );

    const found = [...counts].map(([status, count]) => `${count} × ${status}`).join(", ");
    reportFigure(`${bodies} random bodies by ${mounting}: ${found}`);
    const good = await service.send(target, { method: "POST", rawBody: check });
    expect(good.status).toBe(200);
  }, 900_000);
});
