/** What is wrong with a value: where in it, as the rest of a JSON Pointer, and what. */
export interface Finding {
  /** `""` for the value itself, `/0` for its first item. */
  readonly at: string;
  /** Completes a sentence that begins with the name of the setting. */
  readonly message: string;
}

/** Judges one value; `undefined` when it is as it should be. */
export type SettingRule = (value: unknown) => Finding | undefined;

/** Makes a rule from a condition and the message for when it does not hold. */
export function must(holds: (value: unknown) => boolean, message: string): SettingRule {
  return (value) => (holds(value) ? undefined : { at: "", message });
}

/** A setting that may be left out. */
export function optional(rule: SettingRule): SettingRule {
  return (value) => (value === undefined ? undefined : rule(value));
}

/** An integer within a range. */
export function integer(minimum: number, maximum: number): SettingRule {
  const message = `must be an integer from ${minimum} to ${maximum}`;
  return must(
    (value) =>
      typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum,
    message,
  );
}

/** A well-formed text without NUL, of bounded length in UTF-16 code units. */
export function text(minimum: number, maximum: number): SettingRule {
  const message = `must be a well-formed string of ${minimum} to ${maximum} characters without nul`;
  return must(
    (value) =>
      typeof value === "string" &&
      value.length >= minimum &&
      value.length <= maximum &&
      !/[\0\p{Cs}]/u.test(value),
    message,
  );
}

/** A list of bounded length, each item judged by a rule. */
export function list(item: SettingRule, minimum: number, maximum: number): SettingRule {
  const message = `must be a list of ${minimum} to ${maximum} items`;
  return (value) => {
    if (!Array.isArray(value) || value.length < minimum || value.length > maximum) {
      return { at: "", message };
    }
    const findings = value.map((entry: unknown) => item(entry));
    const index = findings.findIndex((finding) => finding !== undefined);
    const finding = findings[index];
    return finding === undefined
      ? undefined
      : { at: `/${index}${finding.at}`, message: finding.message };
  };
}
