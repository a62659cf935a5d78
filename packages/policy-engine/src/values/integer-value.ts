import { failed, read, readText, type Reading } from "./reading.js";

/** A safe integer as a number, any other as a bigint, so that equal integers are identical. */
export type IntegerValue = number | bigint;

const canonicalInteger = /^(?:0|-?[1-9][0-9]*)$/;

/** Reads a safe integer, or one of any length from its canonical digits. A rounded number is refused. */
export function readInteger(raw: unknown): Reading<IntegerValue> {
  if (typeof raw === "number") {
    return readNumber(raw);
  }
  return typeof raw === "bigint" ? read(toSmallestInteger(raw)) : readText(raw, parseDigits);
}

/** The exact sum of two integers. */
export function addIntegers(a: IntegerValue, b: IntegerValue): IntegerValue {
  return toSmallestInteger(BigInt(a) + BigInt(b));
}

function readNumber(raw: number): Reading<IntegerValue> {
  if (!Number.isInteger(raw)) {
    return failed(raw);
  }
  return Number.isSafeInteger(raw) ? read(raw) : failed(raw, "unsafe_integer");
}

function parseDigits(text: string): IntegerValue | undefined {
  return canonicalInteger.test(text) ? toSmallestInteger(BigInt(text)) : undefined;
}

function toSmallestInteger(value: bigint): IntegerValue {
  const rounded = Number(value);
  return Number.isSafeInteger(rounded) ? rounded : value;
}
