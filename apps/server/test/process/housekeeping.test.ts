import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import { type HousekeepingParts, startHousekeeping } from "../../src/process/housekeeping.js";

interface Due {
  readonly work: () => void;
  readonly millis: number;
}

/** Time that passes when a test says so. */
function createTime(): { readonly due: Due[]; readonly schedule: HousekeepingParts["schedule"] } {
  const due: Due[] = [];
  return {
    due,
    schedule(work, millis) {
      const one = { work, millis };
      due.push(one);
      return () => {
        due.splice(due.indexOf(one), due.includes(one) ? 1 : 0);
      };
    },
  };
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

test("does its work a minute after the start, and an hour after each time it has ended", async () => {
  const { due, schedule } = createTime();
  let times = 0;
  startHousekeeping({
    schedule,
    onFailed: () => undefined,
    task: async () => {
      times += 1;
    },
  });

  const first = due.shift();
  first?.work();
  const whileWorking = due.length;
  await turn();
  const second = due.shift();
  second?.work();
  await turn();

  expect([first?.millis, whileWorking, second?.millis, times]).toEqual([60_000, 0, 3_600_000, 2]);
});

test("tells of a failure and works again at the next time", async () => {
  const { due, schedule } = createTime();
  const failures: unknown[] = [];
  startHousekeeping({
    schedule,
    onFailed: (error) => failures.push(error),
    task: () => Promise.reject(new Error("no database")),
  });

  due.shift()?.work();
  await turn();

  expect(failures).toEqual([new Error("no database")]);
  expect(due).toHaveLength(1);
});

test("is stopped before it begins", async () => {
  const { due, schedule } = createTime();
  const housekeeping = startHousekeeping({
    schedule,
    onFailed: () => undefined,
    task: async () => undefined,
  });

  await housekeeping.stop();

  expect(due).toEqual([]);
});

test("is asked to stop while it works, and waited for", async () => {
  const { due, schedule } = createTime();
  const events: string[] = [];
  const asked: (() => boolean)[] = [];
  const work = new EventEmitter();
  const housekeeping = startHousekeeping({
    schedule,
    onFailed: () => undefined,
    task: async (isStopped) => {
      asked.push(isStopped);
      await once(work, "done");
      events.push("ended");
    },
  });
  due.shift()?.work();
  const before = asked[0]?.();

  const stopped = housekeeping.stop().then(() => events.push("stopped"));
  const after = asked[0]?.();
  work.emit("done");
  await stopped;

  expect([before, after]).toEqual([false, true]);
  expect(events).toEqual(["ended", "stopped"]);
  expect(due).toEqual([]);
});
