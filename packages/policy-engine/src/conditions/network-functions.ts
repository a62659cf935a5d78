import type { LeafFunctionName } from "../document/policy-document.js";
import { type IpAddress, type IpRange, isInRange, parseIpRange } from "../values/ip-address.js";
import { readText, type ValueReader } from "../values/reading.js";
import { scalarTypes } from "../values/scalar-types.js";
import { example } from "./example-values.js";
import { comparison, type LeafFunction } from "./leaf-function.js";
import { readElements } from "./operand-readers.js";

const rangeReader: ValueReader<IpRange> = {
  name: "cidr",
  read: (raw) => readText(raw, parseIpRange),
};

const rangesReader: ValueReader<readonly IpRange[]> = {
  name: "cidr_list",
  read: (raw) => readElements(Array.isArray(raw) ? raw : [raw], rangeReader),
};

/** Functions on IP addresses that no other type has. */
export const networkFunctions: readonly LeafFunction[] = [
  rangeFunction("ip_in_cidr", true),
  rangeFunction("ip_not_in_cidr", false),
];

function rangeFunction(name: LeafFunctionName, sought: boolean): LeafFunction {
  const [inside, outside] = ["::ffff:10.1.2.3", "192.0.2.1"];
  return comparison<IpAddress, readonly IpRange[]>({
    name,
    shape: "single",
    aliases: [],
    attributeType: "ip",
    valueType: "cidr_list",
    attribute: scalarTypes.ip,
    literal: rangesReader,
    dynamic: rangesReader,
    emptyValue: [],
    holds: (actual, ranges) => ranges.some((range) => isInRange(actual, range)) === sought,
    summary: `True when the address is in ${sought ? "one" : "none"} of the ranges; an IPv4 range holds no IPv6 address, nor the reverse.`,
    example: example(
      { function: name, attribute: "ip_address", value: ["10.0.0.0/8", "2001:db8::/32"] },
      sought ? inside : outside,
      sought ? outside : inside,
    ),
  });
}
