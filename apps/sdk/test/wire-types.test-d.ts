import type * as Wire from "@byot/api-contract";
import type * as Engine from "@byot/policy-engine";
import type * as Sdk from "@byot/sdk";
import { describe, expectTypeOf, test } from "vitest";

/** The same properties, written as one object type. */
type Flat<T> = { [Key in keyof T]: T[Key] };

/** What the server reads where a caller leaves some properties to their defaults. */
type Completed<T, Defaulted extends keyof T> = Flat<
  Omit<T, Defaulted> & Required<Pick<T, Defaulted>>
>;

/** The same without what both sides type differently. */
type Without<T, Key extends keyof T> = Flat<Omit<T, Key>>;

describe("decisions", () => {
  test("what the server answers is what the SDK's types say", () => {
    // The SDK leaves reason codes open: a newer server may know more of them.
    expectTypeOf<Omit<Wire.Decision, "obligations">>().toExtend<
      Omit<Sdk.Decision, "obligations">
    >();
    expectTypeOf<keyof Wire.Decision>().toEqualTypeOf<keyof Sdk.Decision>();
    expectTypeOf<keyof Wire.BatchDecisions>().toEqualTypeOf<keyof Sdk.BatchDecisions>();
    expectTypeOf<Wire.Explanation>().toEqualTypeOf<Sdk.Explanation>();
    expectTypeOf<keyof Wire.Obligation>().toEqualTypeOf<keyof Sdk.Obligation>();
    expectTypeOf<Wire.ReasonCode>().toEqualTypeOf<
      Exclude<Sdk.KnownReasonCode, "obligation_unknown">
    >();
  });

  test("what a caller can say is what the server reads", () => {
    type Body<Check> = Exclude<keyof Check, keyof Sdk.CallOptions>;

    expectTypeOf<Body<Sdk.AuthorizationCheck>>().toEqualTypeOf<keyof Wire.AuthorizeRequest>();
    expectTypeOf<Body<Sdk.BatchCheck>>().toEqualTypeOf<keyof Wire.AuthorizeBatchRequest>();
    expectTypeOf<keyof Sdk.Question>().toEqualTypeOf<keyof Wire.BatchCheck>();
    expectTypeOf<keyof Sdk.Simulation>().toEqualTypeOf<keyof Wire.SimulationRequest>();
  });

  test("what a simulation answers is what the SDK's types say", () => {
    expectTypeOf<keyof Sdk.SimulationResult>().toEqualTypeOf<keyof Wire.SimulationAnswer>();
    expectTypeOf<Omit<Wire.SimulationAnswer, "obligations">>().toExtend<
      Omit<Sdk.SimulationResult, "obligations">
    >();
  });

  test("every code that the SDK expects of the server is one that the server answers", () => {
    type FromServer = Exclude<Sdk.KnownErrorCode, Sdk.ClientFailureCode | Sdk.DenialCode>;

    expectTypeOf<FromServer>().toExtend<Wire.ProblemCode>();
  });

  test("every conflict of the server is known to the SDK", () => {
    expectTypeOf<Sdk.RequestMistake>().toEqualTypeOf<Wire.ProblemItem>();
    expectTypeOf<Sdk.Scope>().toEqualTypeOf<Wire.Scope>();
  });
});

describe("configuration", () => {
  test("workspaces are alike", () => {
    expectTypeOf<Flat<Sdk.Workspace>>().toEqualTypeOf<Flat<Wire.WorkspaceAnswer>>();
    expectTypeOf<Sdk.WorkspaceReplacement>().toEqualTypeOf<Wire.WorkspaceBody>();
    expectTypeOf<Completed<Without<Sdk.NewWorkspace, "settings">, never>>().toEqualTypeOf<
      Without<Wire.NewWorkspaceBody, "settings">
    >();
    expectTypeOf<Sdk.WorkspaceSettings>().toEqualTypeOf<Wire.WorkspaceSettings>();
  });

  test("providers are alike", () => {
    expectTypeOf<Flat<Sdk.Provider>>().toEqualTypeOf<Flat<Wire.ProviderAnswer>>();
    expectTypeOf<
      Completed<Sdk.ProviderReplacement, "providerType" | "claimMappings">
    >().toEqualTypeOf<Flat<Wire.ProviderBody>>();
    expectTypeOf<
      Completed<Sdk.NewProvider, "providerType" | "claimMappings" | "enabled">
    >().toEqualTypeOf<Flat<Wire.NewProviderBody>>();
    expectTypeOf<Sdk.TokenDiagnosis>().toEqualTypeOf<Wire.DiagnosisAnswer>();
    expectTypeOf<Sdk.ConnectionReport>().toEqualTypeOf<Wire.ConnectionAnswer>();
    expectTypeOf<Sdk.ProviderKeys>().toEqualTypeOf<Wire.ProviderKeysAnswer>();
    expectTypeOf<Sdk.Preset>().toEqualTypeOf<Wire.PresetAnswer>();
  });

  test("policies are alike, and their specification is the engine's", () => {
    expectTypeOf<Without<Sdk.Policy, "specification">>().toEqualTypeOf<
      Without<Wire.PolicyAnswer, "specification">
    >();
    expectTypeOf<Without<Sdk.CreatedPolicy, "specification">>().toEqualTypeOf<
      Without<Wire.NewPolicyAnswer, "specification">
    >();
    expectTypeOf<Sdk.PolicyFinding>().toEqualTypeOf<Wire.PolicyFinding>();
    expectTypeOf<Sdk.PolicyValidation>().toEqualTypeOf<Wire.PolicyValidation>();
    expectTypeOf<Sdk.PolicySpecification>().toEqualTypeOf<Engine.PolicySpecification>();
    expectTypeOf<keyof Sdk.NewPolicy>().toEqualTypeOf<keyof Wire.NewPolicyBody>();
    expectTypeOf<keyof Sdk.PolicyReplacement>().toEqualTypeOf<keyof Wire.PolicyBody>();
  });

  test("resources and permissions are alike", () => {
    expectTypeOf<Flat<Sdk.Resource>>().toEqualTypeOf<Flat<Wire.ResourceAnswer>>();
    expectTypeOf<Completed<Sdk.NewResource, "category">>().toEqualTypeOf<
      Flat<Wire.NewResourceBody>
    >();
    expectTypeOf<Completed<Sdk.ResourceReplacement, "category">>().toEqualTypeOf<
      Flat<Wire.ResourceBody>
    >();
    expectTypeOf<Flat<Sdk.Permission>>().toEqualTypeOf<Flat<Wire.PermissionAnswer>>();
    expectTypeOf<Completed<Sdk.NewPermission, "priority">>().toEqualTypeOf<
      Flat<Wire.NewPermissionBody>
    >();
    expectTypeOf<Completed<Sdk.PermissionTarget, "priority">>().toEqualTypeOf<
      Flat<Wire.PermissionTarget>
    >();
  });

  test("API keys are alike", () => {
    expectTypeOf<Sdk.ApiKey>().toEqualTypeOf<Wire.ApiKeyAnswer>();
    expectTypeOf<Sdk.NewApiKey>().toEqualTypeOf<Wire.NewApiKeyBody>();
    expectTypeOf<Flat<Sdk.CreatedApiKey>>().toEqualTypeOf<Flat<Wire.NewApiKeyAnswer>>();
  });

  test("whole configurations and plans are alike", () => {
    expectTypeOf<keyof Sdk.ConfigDocument>().toEqualTypeOf<keyof Wire.ConfigDocument>();
    expectTypeOf<Completed<Sdk.ConfigProvider, "providerType" | "claimMappings">>().toEqualTypeOf<
      Flat<Wire.ConfigDocument["providers"][number]>
    >();
    expectTypeOf<Completed<Sdk.ConfigPermission, "priority">>().toEqualTypeOf<
      Flat<Wire.ConfigDocument["permissions"][number]>
    >();
    expectTypeOf<Sdk.ConfigPlan>().toEqualTypeOf<Wire.ConfigPlan>();
  });
});

describe("the logs", () => {
  test("have the records that the server answers", () => {
    expectTypeOf<Sdk.LoggedDecision>().toEqualTypeOf<Wire.LoggedDecision>();
    expectTypeOf<Sdk.LoggedRefusal>().toEqualTypeOf<Wire.LoggedRefusal>();
    expectTypeOf<Sdk.LoggedChange>().toEqualTypeOf<Wire.LoggedChange>();
  });

  test("have the reports that the server answers", () => {
    expectTypeOf<Sdk.Statistics>().toEqualTypeOf<Wire.StatisticsAnswer>();
    expectTypeOf<Sdk.Checkpoint>().toEqualTypeOf<Wire.CheckpointAnswer>();
    expectTypeOf<Sdk.ChainReport>().toEqualTypeOf<Wire.ChainReport>();
    expectTypeOf<Sdk.Erasure>().toEqualTypeOf<Wire.ErasureBody>();
    expectTypeOf<Sdk.ErasureResult>().toEqualTypeOf<Wire.ErasureAnswer>();
  });

  test("are asked with the queries that the server reads", () => {
    expectTypeOf<keyof Sdk.DecisionsQuery>().toEqualTypeOf<keyof Wire.DecisionsQuery>();
    expectTypeOf<keyof Sdk.DecisionFilter>().toEqualTypeOf<keyof Wire.DecisionFilter>();
    expectTypeOf<keyof Sdk.RefusalsQuery>().toEqualTypeOf<keyof Wire.RefusalsQuery>();
    expectTypeOf<keyof Sdk.ChangesQuery>().toEqualTypeOf<keyof Wire.ChangesQuery>();
    expectTypeOf<NonNullable<Sdk.ChangesQuery["kind"]>>().toEqualTypeOf<Wire.ChangedKind>();
    expectTypeOf<keyof Sdk.StatisticsQuery>().toEqualTypeOf<keyof Wire.StatisticsQuery>();
  });
});
