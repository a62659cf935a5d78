import { readOwn } from "../values/own-property.js";
import { isList, isObject } from "../values/shape.js";

/** Whether what came is what was asked for. */
export type Reads<T> = (value: unknown) => value is T;

/** An object that has these properties; what they hold is the server's word. */
export function objectHaving<T>(...properties: readonly (keyof T & string)[]): Reads<T> {
  return (value): value is T =>
    isObject(value) && properties.every((name) => readOwn(value, name) !== undefined);
}

/** A list of such things. */
export function listOfThings<T>(reads: Reads<T>): Reads<readonly T[]> {
  return (value): value is readonly T[] => isList(value) && value.every(reads);
}

/** Nothing at all, as a deletion answers. */
export function readsNothing(value: unknown): value is undefined {
  return value === undefined;
}
