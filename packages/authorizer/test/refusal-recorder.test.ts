import { createRefusalRecorder, type RefusedToken } from "@byot/authorizer";
import type { TokenRefusalRecord } from "@byot/storage";
import { describe, expect, test } from "vitest";
import { noon } from "./support/identity-provider.js";
import { manualTime, settled } from "./support/manual-time.js";

function refused(different: Partial<RefusedToken> = {}): RefusedToken {
  return {
    workspaceId: "acme",
    at: noon,
    requestId: "request-1",
    code: "token_expired",
    unverifiedIssuer: "https://idp.acme.test",
    providerId: "acme-idp",
    subject: "ada",
    resource: "orders",
    action: "approve",
    ...different,
  };
}

/** One write that a test ends when it likes. */
interface PendingWrite {
  readonly records: readonly TokenRefusalRecord[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A recorder over a log that takes everything, or whose writes are ended by the test. */
function start({ endWrites = false } = {}) {
  const time = manualTime();
  const written: TokenRefusalRecord[] = [];
  const writes: PendingWrite[] = [];
  const lost: number[] = [];
  let ids = 0;
  const recorder = createRefusalRecorder({
    ...time,
    log: {
      appendRefusals: (records) => {
        const ended = new Promise<void>((resolve, reject) => {
          writes.push({ records, resolve, reject });
        });
        if (!endWrites) {
          writes.at(-1)?.resolve();
        }
        return ended.then(() => void written.push(...records));
      },
    },
    createId: () => `id-${(ids += 1)}`,
    onRefusalsLost: (count) => void lost.push(count),
  });
  return { recorder, time, written, writes, lost };
}

function times(count: number, work: (index: number) => void): void {
  Array.from({ length: count }, (_, index) => index).forEach(work);
}

function sum(records: readonly TokenRefusalRecord[]): number {
  return records.reduce((total, { count }) => total + count, 0);
}

const outage = new Error("the database is away");

describe("a refused token", () => {
  test("is written in the background within 200 ms", async () => {
    const { recorder, time, written } = start();
    recorder.record(refused(), "192.0.2.7");
    await time.advance(199);
    const early = [...written];
    await time.advance(1);

    expect(early).toEqual([]);
    expect(written).toEqual([{ refusalId: "id-1", count: 1, ...refused() }]);
  });

  test("goes along with others of the same 200 ms", async () => {
    const { recorder, time, writes } = start();
    times(3, () => recorder.record(refused(), undefined));
    await time.advance(200);

    expect(writes.map(({ records }) => records.length)).toEqual([3]);
  });
});

describe("refused tokens past the tenth in a second", () => {
  test("of one workspace and source become one record for each code", async () => {
    const { recorder, time, written } = start();
    times(25, () => recorder.record(refused(), "192.0.2.7"));
    times(3, () => recorder.record(refused({ code: "token_malformed" }), "192.0.2.7"));
    await time.advance(1_200);

    expect(written.slice(0, 10).every(({ count }) => count === 1)).toBe(true);
    expect(written.slice(10).map(({ code, count }) => [code, count])).toEqual([
      ["token_expired", 15],
      ["token_malformed", 3],
    ]);
  });

  test("are told apart from those of other sources and workspaces", async () => {
    const { recorder, time, written } = start();
    times(11, () => recorder.record(refused(), "192.0.2.7"));
    times(10, () => recorder.record(refused(), "192.0.2.8"));
    times(10, () => recorder.record(refused({ workspaceId: "globex" }), "192.0.2.7"));
    await time.advance(1_200);

    expect(written).toHaveLength(31);
    expect(written.every(({ count }) => count === 1)).toBe(true);
  });

  test("are records of their own again in the next second", async () => {
    const { recorder, time, written } = start();
    times(12, () => recorder.record(refused(), "192.0.2.7"));
    await time.advance(1_000);
    times(2, () => recorder.record(refused(), "192.0.2.7"));
    await time.advance(1_200);

    expect(written.map(({ count }) => count)).toEqual([...Array<number>(10).fill(1), 2, 1, 1]);
  });

  test("keep of their record what they share, and name nobody else", async () => {
    const { recorder, time, written } = start();
    times(10, () => recorder.record(refused(), "192.0.2.7"));
    recorder.record(refused({ requestId: "request-2", resource: "reports" }), "192.0.2.7");
    recorder.record(refused({ requestId: "request-3", subject: "ben" }), "192.0.2.7");
    await time.advance(1_200);

    expect(written.at(-1)).toEqual({
      refusalId: "id-11",
      workspaceId: "acme",
      at: noon,
      count: 2,
      requestId: "request-2",
      code: "token_expired",
      unverifiedIssuer: "https://idp.acme.test",
      providerId: "acme-idp",
      resource: "*",
      action: "approve",
    });
  });

  test("name no subject that two issuers may have given to two people", async () => {
    const { recorder, time, written } = start();
    times(10, () => recorder.record(refused(), "192.0.2.7"));
    const issuers = ["https://idp.acme.test", "https://idp.globex.test"];
    for (const unverifiedIssuer of issuers) {
      recorder.record(refused({ unverifiedIssuer }), "192.0.2.7");
    }
    await time.advance(1_200);

    expect(written.at(-1)).toMatchObject({ count: 2, code: "token_expired" });
    expect(written.at(-1)).not.toHaveProperty("subject");
  });
});

describe("a flood of refused tokens", () => {
  test("from ever new sources takes a bounded number of records, and all of it is counted", async () => {
    const { recorder, time, written, writes } = start();
    times(5_000, (index) => recorder.record(refused(), `source-${index}`));
    await time.advance(1_200);

    expect(writes[0]?.records.length).toBeLessThanOrEqual(1_001);
    expect(sum(written)).toBe(5_000);
    expect(written.at(-1)).toEqual({
      refusalId: "id-1001",
      workspaceId: "acme",
      at: noon,
      count: 4_000,
      requestId: "request-1",
      code: "token_expired",
      resource: "*",
      action: "*",
    });
  });

  test("keeps nothing back while a write hangs, and counts what has no room", async () => {
    const { recorder, time, writes } = start({ endWrites: true });
    recorder.record(refused(), undefined);
    await time.advance(200);
    times(100, (second) => {
      times(1_000, (index) => recorder.record(refused(), `source-${second}-${index}`));
    });
    await time.advance(60_000);
    writes[0]?.resolve();
    await time.advance(200);

    expect(writes).toHaveLength(2);
    expect(writes[1]?.records.length).toBeLessThanOrEqual(1_001);
    expect(sum(writes[1]?.records ?? [])).toBe(100_000);
  });

  test("on more workspaces than can be counted is reported as a number", async () => {
    const { recorder, time, written, lost } = start();
    times(5_000, (index) => recorder.record(refused({ workspaceId: `w-${index}` }), "192.0.2.7"));
    await time.advance(200);

    expect(sum(written) + lost.reduce((total, count) => total + count, 0)).toBe(5_000);
    expect(lost).toEqual([3_000]);
  });
});

describe("a failed write", () => {
  test("is tried again as one record for each workspace", async () => {
    const { recorder, time, writes, lost } = start({ endWrites: true });
    recorder.record(refused(), undefined);
    recorder.record(refused({ code: "token_malformed" }), undefined);
    recorder.record(refused({ workspaceId: "globex" }), undefined);
    await time.advance(200);
    writes[0]?.reject(outage);
    await time.advance(2_000);

    expect(writes[1]?.records).toMatchObject([
      { workspaceId: "acme", count: 2, code: "*", resource: "*", action: "*" },
      { workspaceId: "globex", count: 1, code: "token_expired", resource: "*", action: "*" },
    ]);
    expect(writes[1]?.records.some(({ subject }) => subject !== undefined)).toBe(false);
    expect(lost).toEqual([]);
  });

  test("that fails again is reported as a number", async () => {
    const { recorder, time, writes, lost } = start({ endWrites: true });
    times(3, () => recorder.record(refused(), undefined));
    await time.advance(200);
    writes[0]?.reject(outage);
    await time.advance(2_000);
    writes[1]?.reject(outage);
    await time.advance(10_000);

    expect(lost).toEqual([3]);
    expect(writes).toHaveLength(2);
  });
});

describe("closing", () => {
  test("writes what waits, the current second too, and accepts nothing any more", async () => {
    const { recorder, time, written, lost } = start();
    times(12, () => recorder.record(refused(), undefined));
    await recorder.close();
    recorder.record(refused(), undefined);
    await time.advance(200);

    expect(sum(written)).toBe(12);
    expect(lost).toEqual([1]);
    expect(time.scheduled()).toBe(0);
  });

  test("tries what failed once more, and reports what is lost then", async () => {
    const { recorder, writes, lost } = start({ endWrites: true });
    times(2, () => recorder.record(refused(), undefined));
    const closed = recorder.close();
    await settled();
    writes[0]?.reject(outage);
    await settled();
    writes[1]?.reject(outage);
    await closed;

    expect(lost).toEqual([2]);
  });

  test("can be asked for twice", async () => {
    const { recorder } = start();

    await recorder.close();

    expect(await recorder.close()).toBeUndefined();
  });
});
