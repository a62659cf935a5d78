import type { Schedule } from "@byot/authorizer";

/** How events of a kind are told. */
export interface RateBoundedParts<Event> {
  /** Tells of an event, or of several as one. */
  readonly tell: (event: Event) => void;
  /** Makes one event of two. */
  readonly merge: (earlier: Event, later: Event) => Event;
  /** How time passes. */
  readonly schedule: Schedule;
  /** The least time between two, in milliseconds. @defaultValue 1,000 */
  readonly everyMillis?: number;
}

/** Tells of events no more often than it may, and leaves none out. */
export interface RateBounded<Event> {
  /** Tells of an event: at once, or merged with those that come before it may be told. */
  readonly tell: (event: Event) => void;
  /** Tells at once what waits to be told. */
  readonly flush: () => void;
}

/** Bounds how often something is told, so that a flood of failures does not become one of log lines. */
export function rateBounded<Event>(parts: RateBoundedParts<Event>): RateBounded<Event> {
  const { merge, schedule, everyMillis = 1000 } = parts;
  let isResting = false;
  let waiting: Event | undefined;

  function tell(event: Event): void {
    if (isResting) {
      waiting = waiting === undefined ? event : merge(waiting, event);
      return;
    }
    isResting = true;
    schedule(() => {
      isResting = false;
      flush();
    }, everyMillis);
    parts.tell(event);
  }

  function flush(): void {
    if (waiting !== undefined) {
      const event = waiting;
      waiting = undefined;
      isResting = false;
      tell(event);
    }
  }

  return { tell, flush };
}
