import type * as Wire from "@byot/api-contract";
import type * as Sdk from "@byot/sdk";
import { expectTypeOf, test } from "vitest";

test("what the server answers is what the SDK's types say", () => {
  // The SDK leaves reason codes open: a newer server may know more of them.
  expectTypeOf<Omit<Wire.Decision, "obligations">>().toExtend<Omit<Sdk.Decision, "obligations">>();
  expectTypeOf<keyof Wire.Decision>().toEqualTypeOf<keyof Sdk.Decision>();
  expectTypeOf<Wire.Explanation>().toEqualTypeOf<Sdk.Explanation>();
  expectTypeOf<keyof Wire.Obligation>().toEqualTypeOf<keyof Sdk.Obligation>();
  expectTypeOf<Wire.ReasonCode>().toEqualTypeOf<
    Exclude<Sdk.KnownReasonCode, "obligation_unknown">
  >();
});

test("every code that the SDK expects of the server is one that the server answers", () => {
  type FromServer = Exclude<Sdk.KnownErrorCode, Sdk.ClientFailureCode>;

  expectTypeOf<FromServer>().toExtend<Wire.ProblemCode>();
});
