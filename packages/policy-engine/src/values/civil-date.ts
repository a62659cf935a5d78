/** A day of the proleptic Gregorian calendar. */
export interface CivilDate {
  /** 0–9999 when read; arithmetic may go beyond. */
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  /** 1–31. */
  readonly day: number;
}

/** Days in the 400 years after which the calendar repeats. */
const daysPerEra = 146_097;

/** Days from 1 March of year 0 to 1 January 1970. */
const epochOffset = 719_468;

const datePattern = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads `YYYY-MM-DD` as the number of days since 1970-01-01; `undefined` when there is no such day. */
export function parseDate(text: string): number | undefined {
  const [, year, month, day] = datePattern.exec(text) ?? [];
  return toDayNumber({ year: Number(year), month: Number(month), day: Number(day) });
}

/** The number of days since 1970-01-01; `undefined` when the calendar has no such day. */
export function toDayNumber(date: CivilDate): number | undefined {
  const { year, month, day } = date;
  return day >= 1 && day <= daysInMonth(year, month) ? daysFromCivil(date) : undefined;
}

/** The day `days` after 1970-01-01. */
export function toCivilDate(days: number): CivilDate {
  const shifted = days + epochOffset;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** Moves by whole months; where the month is shorter, to its last day, as XML Schema Part 2 appendix E does. */
export function addMonths(days: number, months: number): number {
  const { year, month, day } = toCivilDate(days);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  const last = daysInMonth(target.year, target.month);
  return daysFromCivil({ ...target, day: Math.min(day, last) });
}

function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (monthLengths[month - 1] ?? 0);
}

// The year starts in March, so that a leap day is its last.
function daysFromCivil({ year, month, day }: CivilDate): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - epochOffset;
}
