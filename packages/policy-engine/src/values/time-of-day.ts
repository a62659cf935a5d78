const timePattern = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?$/;

/** Reads `HH:MM` or `HH:MM:SS` without a zone as seconds since midnight, 0–86,399. */
export function parseTime(text: string): number | undefined {
  const [, hours, minutes, seconds = "00"] = timePattern.exec(text) ?? [];
  return isOnClock(Number(hours), Number(minutes), Number(seconds))
    ? (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
    : undefined;
}

// A leap second is not a time of day: the clocks compared with do not show it.
function isOnClock(hours: number, minutes: number, seconds: number): boolean {
  return hours < 24 && minutes < 60 && seconds < 60;
}
