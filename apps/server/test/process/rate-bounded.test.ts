import { expect, test } from "vitest";
import { rateBounded } from "../../src/process/rate-bounded.js";

interface Bounded {
  readonly told: number[];
  readonly tell: (count: number) => void;
  readonly flush: () => void;
  /** Lets the time between two pass. */
  readonly pass: () => void;
}

function createBounded(): Bounded {
  const told: number[] = [];
  const due: (() => void)[] = [];
  const { tell, flush } = rateBounded<number>({
    tell: (count) => told.push(count),
    merge: (earlier, later) => earlier + later,
    schedule: (work) => {
      due.push(work);
      return () => undefined;
    },
  });
  return { told, tell, flush, pass: () => due.shift()?.() };
}

test("tells of the first at once, and of all others together when it may again", () => {
  const { told, tell, pass } = createBounded();

  for (let count = 0; count < 1000; count += 1) {
    tell(1);
  }
  const atOnce = [...told];
  pass();

  expect(atOnce).toEqual([1]);
  expect(told).toEqual([1, 999]);
});

test("rests after telling of several together, too", () => {
  const { told, tell, pass } = createBounded();
  tell(1);
  tell(2);
  pass();

  tell(3);
  const whileResting = [...told];
  pass();

  expect(whileResting).toEqual([1, 2]);
  expect(told).toEqual([1, 2, 3]);
});

test("tells at once again when nothing came for a while", () => {
  const { told, tell, pass } = createBounded();
  tell(1);
  pass();

  tell(2);

  expect(told).toEqual([1, 2]);
});

test("leaves nothing out at the end", () => {
  const { told, tell, flush } = createBounded();
  tell(1);
  tell(2);

  flush();
  flush();

  expect(told).toEqual([1, 2]);
});
