import type { LeafFunctionName } from "../document/policy-document.js";
import { calendarFunctions } from "./calendar-functions.js";
import { equalityFunctions } from "./equality-functions.js";
import { existenceFunctions } from "./existence-functions.js";
import type { LeafFunction } from "./leaf-function.js";
import { networkFunctions } from "./network-functions.js";
import { orderFunctions } from "./order-functions.js";
import { setFunctions } from "./set-functions.js";
import { textFunctions } from "./text-functions.js";

/** Every condition function on one attribute, by canonical name. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test holds the names of the type against the table
export const leafFunctions = Object.fromEntries(
  [
    ...equalityFunctions,
    ...orderFunctions,
    ...textFunctions,
    ...setFunctions,
    ...networkFunctions,
    ...calendarFunctions,
    ...existenceFunctions,
  ].map((each) => [each.name, each]),
) as Readonly<Record<LeafFunctionName, LeafFunction>>;
