import { claimMappingSchema } from "@byot/claim-mapper";
import type { z } from "zod";
import { apiKeyAnswerSchema, newApiKeyAnswerSchema, newApiKeyBodySchema } from "../api-keys.js";
import {
  chainHeadSchema,
  chainProblemSchema,
  chainReportSchema,
  checkpointAnswerSchema,
  verifyBodySchema,
} from "../audit-chain.js";
import { erasureAnswerSchema, erasureBodySchema } from "../audit-erasure.js";
import { statisticsAnswerSchema, statisticsBucketSchema } from "../audit-statistics.js";
import {
  authorizeBatchRequestSchema,
  batchCheckSchema,
  batchDecisionsSchema,
} from "../authorize-batch.js";
import {
  authorizeRequestSchema,
  decisionSchema,
  obligationSchema,
  reasonSchema,
} from "../authorize.js";
import {
  authzenActionSchema,
  authzenDecisionSchema,
  authzenEvaluationSchema,
  authzenEvaluationsSchema,
  authzenMetadataSchema,
  authzenPartsSchema,
  authzenResourceSchema,
  authzenSubjectSchema,
} from "../authzen.js";
import { configDocumentSchema, configPlanSchema, plannedThingSchema } from "../configuration.js";
import { newSessionBodySchema, sessionAnswerSchema } from "../console-session.js";
import {
  conditionChangeSchema,
  conditionErrorSchema,
  determiningRuleSchema,
  explanationSchema,
  nearestMissSchema,
  traceNodeSchema,
} from "../explanation.js";
import { loggedChangeSchema } from "../logged-change.js";
import { loggedAttributeSchema, loggedDecisionSchema } from "../logged-decision.js";
import { loggedRefusalSchema } from "../logged-refusal.js";
import {
  configPermissionSchema,
  newPermissionBodySchema,
  permissionAnswerSchema,
  permissionBodySchema,
  permissionTargetSchema,
} from "../permissions.js";
import {
  configPolicySchema,
  newPolicyAnswerSchema,
  newPolicyBodySchema,
  policyAnswerSchema,
  policyBodySchema,
  policyFindingSchema,
} from "../policies.js";
import { policyValidationSchema, rollbackBodySchema } from "../policy-drafts.js";
import { presetAnswerSchema } from "../presets.js";
import { problemItemSchema, problemSchema } from "../problem.js";
import { providerKeysAnswerSchema } from "../provider-keys.js";
import {
  connectionAnswerSchema,
  diagnosisAnswerSchema,
  testTokenBodySchema,
} from "../provider-tests.js";
import {
  configProviderSchema,
  jsonWebKeySetSchema,
  newProviderBodySchema,
  providerAnswerSchema,
  providerBodySchema,
} from "../providers.js";
import { newResourceBodySchema, resourceAnswerSchema, resourceBodySchema } from "../resources.js";
import { simulationAnswerSchema, simulationRequestSchema } from "../simulation.js";
import { newWorkspaceSettingsSchema, workspaceSettingsSchema } from "../workspace-settings.js";
import {
  newWorkspaceBodySchema,
  workspaceAnswerSchema,
  workspaceBodySchema,
} from "../workspaces.js";

/** The schemas that the document names, each by the interface that it reads. */
export const schemaComponents: Readonly<Record<string, z.ZodType>> = {
  AuthorizeRequest: authorizeRequestSchema,
  Reason: reasonSchema,
  Obligation: obligationSchema,
  Decision: decisionSchema,
  BatchCheck: batchCheckSchema,
  AuthorizeBatchRequest: authorizeBatchRequestSchema,
  BatchDecisions: batchDecisionsSchema,
  SimulationRequest: simulationRequestSchema,
  SimulationAnswer: simulationAnswerSchema,
  DeterminingRule: determiningRuleSchema,
  ConditionError: conditionErrorSchema,
  ConditionChange: conditionChangeSchema,
  NearestMiss: nearestMissSchema,
  TraceNode: traceNodeSchema,
  Explanation: explanationSchema,
  WorkspaceSettings: workspaceSettingsSchema,
  NewWorkspaceSettings: newWorkspaceSettingsSchema,
  NewWorkspaceBody: newWorkspaceBodySchema,
  WorkspaceBody: workspaceBodySchema,
  WorkspaceAnswer: workspaceAnswerSchema,
  ClaimMapping: claimMappingSchema,
  JsonWebKeySet: jsonWebKeySetSchema,
  NewProviderBody: newProviderBodySchema,
  ProviderBody: providerBodySchema,
  ProviderAnswer: providerAnswerSchema,
  TestTokenBody: testTokenBodySchema,
  DiagnosisAnswer: diagnosisAnswerSchema,
  ConnectionAnswer: connectionAnswerSchema,
  ProviderKeysAnswer: providerKeysAnswerSchema,
  PresetAnswer: presetAnswerSchema,
  PolicyFinding: policyFindingSchema,
  NewPolicyBody: newPolicyBodySchema,
  PolicyBody: policyBodySchema,
  PolicyAnswer: policyAnswerSchema,
  NewPolicyAnswer: newPolicyAnswerSchema,
  PolicyValidation: policyValidationSchema,
  RollbackBody: rollbackBodySchema,
  NewResourceBody: newResourceBodySchema,
  ResourceBody: resourceBodySchema,
  ResourceAnswer: resourceAnswerSchema,
  PermissionTarget: permissionTargetSchema,
  NewPermissionBody: newPermissionBodySchema,
  PermissionBody: permissionBodySchema,
  PermissionAnswer: permissionAnswerSchema,
  ConfigProvider: configProviderSchema,
  ConfigPolicy: configPolicySchema,
  ConfigPermission: configPermissionSchema,
  ConfigDocument: configDocumentSchema,
  PlannedThing: plannedThingSchema,
  ConfigPlan: configPlanSchema,
  NewApiKeyBody: newApiKeyBodySchema,
  ApiKeyAnswer: apiKeyAnswerSchema,
  NewApiKeyAnswer: newApiKeyAnswerSchema,
  LoggedAttribute: loggedAttributeSchema,
  LoggedDecision: loggedDecisionSchema,
  LoggedRefusal: loggedRefusalSchema,
  LoggedChange: loggedChangeSchema,
  StatisticsBucket: statisticsBucketSchema,
  StatisticsAnswer: statisticsAnswerSchema,
  ChainHead: chainHeadSchema,
  CheckpointAnswer: checkpointAnswerSchema,
  VerifyBody: verifyBodySchema,
  ChainProblem: chainProblemSchema,
  ChainReport: chainReportSchema,
  ErasureBody: erasureBodySchema,
  ErasureAnswer: erasureAnswerSchema,
  NewSessionBody: newSessionBodySchema,
  SessionAnswer: sessionAnswerSchema,
  AuthzenSubject: authzenSubjectSchema,
  AuthzenAction: authzenActionSchema,
  AuthzenResource: authzenResourceSchema,
  AuthzenParts: authzenPartsSchema,
  AuthzenEvaluation: authzenEvaluationSchema,
  AuthzenEvaluations: authzenEvaluationsSchema,
  AuthzenDecision: authzenDecisionSchema,
  AuthzenMetadata: authzenMetadataSchema,
  ProblemItem: problemItemSchema,
  Problem: problemSchema,
};
