import type { LeafCondition } from "../document/policy-document.js";
import { secondsOf, secondsPerDay } from "../values/instant.js";
import { read, type ValueReader } from "../values/reading.js";
import { scalarTypes } from "../values/scalar-types.js";
import { findTimeZone, type TimeZone } from "../values/time-zone.js";
import { type Weekday, weekdayOf } from "../values/weekday.js";
import type { AttributeReference } from "./attribute-reference.js";
import type { OperandReader } from "./operand.js";
import { currentTimeAttribute } from "./standard-attributes.js";

/** The zone of conditions that name none. */
export const defaultTimeZone = "UTC";

/**
 * The zone of a name.
 *
 * @throws TypeError when the runtime knows none of that name, which `parsePolicy` has ruled out.
 */
export function timeZoneOf(name: string = defaultTimeZone): TimeZone {
  const zone = findTimeZone(name);
  if (zone === undefined) {
    throw new TypeError(`unknown time zone \`${name}\``);
  }
  return zone;
}

/** Reads a date; where it is the current time, the date that calendars of the zone show. */
export const localDateReader: OperandReader<number> = (reference, condition) =>
  isCurrentTime(reference)
    ? clockReader("date", condition, (local) => Math.floor(local / secondsPerDay))
    : scalarTypes.date;

/** Reads a time of day; where it is the current time, the one that clocks of the zone show. */
export const localTimeReader: OperandReader<number> = (reference, condition) =>
  isCurrentTime(reference) ? clockReader("time", condition, secondOfDay) : scalarTypes.time;

/** As {@link localTimeReader}, and for any other date-time where the condition names a zone. */
export const zonedTimeReader: OperandReader<number> = (reference, condition) =>
  isCurrentTime(reference) || condition.time_zone !== undefined
    ? clockReader("time", condition, secondOfDay)
    : scalarTypes.time;

/** Reads the day of the week that calendars of the zone show. */
export const localWeekdayReader: OperandReader<Weekday> = (_reference, condition) =>
  clockReader("weekday", condition, (local) => weekdayOf(Math.floor(local / secondsPerDay)));

/** Seconds since midnight, of seconds since 1970-01-01T00:00:00 of the same clock. */
export function secondOfDay(local: number): number {
  return ((local % secondsPerDay) + secondsPerDay) % secondsPerDay;
}

/** Whether an attribute is the instant of the request. */
export function isCurrentTime({ attribute }: AttributeReference): boolean {
  return attribute === currentTimeAttribute;
}

function clockReader<T>(
  kind: string,
  { time_zone: name }: LeafCondition,
  show: (local: number) => T,
): ValueReader<T> {
  const { toLocal } = timeZoneOf(name);
  return {
    name: "datetime",
    key: `${kind} in ${name ?? defaultTimeZone}`,
    read(raw) {
      const instant = scalarTypes.datetime.read(raw);
      return instant.state === "read" ? read(show(toLocal(secondsOf(instant.value)))) : instant;
    },
  };
}
