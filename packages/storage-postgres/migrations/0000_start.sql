CREATE TABLE "byot"."api_keys" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"secret_hash" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"scopes" text COLLATE "C" NOT NULL,
	"workspace_id" text COLLATE "C",
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "byot"."change_log" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "byot"."change_log_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"change_id" text COLLATE "C" NOT NULL,
	"workspace_id" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL,
	"request_id" text COLLATE "C",
	"kind" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"operation" text COLLATE "C" NOT NULL,
	"before" text COLLATE "C",
	"after" text COLLATE "C",
	CONSTRAINT "change_log_change_id_unique" UNIQUE("change_id")
);
--> statement-breakpoint
CREATE TABLE "byot"."permissions" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "byot"."permissions_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."policies" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "byot"."policies_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."policy_versions" (
	"workspace_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	CONSTRAINT "policy_versions_workspace_id_key_version_pk" PRIMARY KEY("workspace_id","key","version")
);
--> statement-breakpoint
CREATE TABLE "byot"."providers" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "byot"."providers_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."resources" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "byot"."resources_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."secrets" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."workspace_revisions" (
	"workspace_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"revision" bigint NOT NULL,
	"changed_by" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."workspaces" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "byot"."workspaces_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."chain_drops" (
	"workspace_id" text COLLATE "C" NOT NULL,
	"writer_id" text COLLATE "C" NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "chain_drops_workspace_id_writer_id_pk" PRIMARY KEY("workspace_id","writer_id")
);
--> statement-breakpoint
CREATE TABLE "byot"."chain_segments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "byot"."chain_segments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text COLLATE "C" NOT NULL,
	"writer_id" text COLLATE "C" NOT NULL,
	"sequence" bigint NOT NULL,
	"previous_hash" text COLLATE "C",
	"hash" text COLLATE "C" NOT NULL,
	"bound_heads" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	"count" integer NOT NULL,
	"first_id" text COLLATE "C" NOT NULL,
	"last_id" text COLLATE "C" NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."chains" (
	"workspace_id" text COLLATE "C" NOT NULL,
	"writer_id" text COLLATE "C" NOT NULL,
	"head_sequence" bigint NOT NULL,
	"head_hash" text COLLATE "C" NOT NULL,
	"is_bound" boolean NOT NULL,
	CONSTRAINT "chains_workspace_id_writer_id_pk" PRIMARY KEY("workspace_id","writer_id")
);
--> statement-breakpoint
CREATE TABLE "byot"."erased_decisions" (
	"segment_id" bigint NOT NULL,
	"decision_id" text COLLATE "C" NOT NULL,
	"workspace_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "erased_decisions_segment_id_decision_id_pk" PRIMARY KEY("segment_id","decision_id")
);
--> statement-breakpoint
CREATE TABLE "byot"."erasures" (
	"segment_id" bigint PRIMARY KEY NOT NULL,
	"erasure_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."decision_personal" (
	"decision_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"workspace_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"salt" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"token_id_hash" text COLLATE "C",
	"client_ip" text COLLATE "C",
	"attributes" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."decision_rules" (
	"decision_id" text COLLATE "C" NOT NULL,
	"policy_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"is_default" boolean NOT NULL,
	"workspace_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"is_denial" boolean NOT NULL,
	"leads_policy" boolean NOT NULL,
	"leads_rule" boolean NOT NULL,
	CONSTRAINT "decision_rules_decision_id_policy_id_rule_id_is_default_pk" PRIMARY KEY("decision_id","policy_id","rule_id","is_default")
);
--> statement-breakpoint
CREATE TABLE "byot"."decisions" (
	"decision_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"workspace_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"revision" bigint NOT NULL,
	"request_id" text COLLATE "C" NOT NULL,
	"issuer" text COLLATE "C" NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"resource" text COLLATE "C" NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"decision" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"determining" text COLLATE "C" NOT NULL,
	"errors" text COLLATE "C" NOT NULL,
	"duration_micros" bigint NOT NULL,
	"segment_id" bigint NOT NULL,
	"position" smallint NOT NULL,
	"personal_hash" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "byot"."token_refusals" (
	"refusal_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"workspace_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"count" bigint NOT NULL,
	"request_id" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"unverified_issuer" text COLLATE "C",
	"provider_id" text COLLATE "C",
	"subject" text COLLATE "C",
	"resource" text COLLATE "C" NOT NULL,
	"action" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "byot"."permissions" ADD CONSTRAINT "permissions_workspace_id_workspace_revisions_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "byot"."workspace_revisions"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "byot"."policies" ADD CONSTRAINT "policies_workspace_id_workspace_revisions_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "byot"."workspace_revisions"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "byot"."policy_versions" ADD CONSTRAINT "policy_versions_workspace_id_workspace_revisions_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "byot"."workspace_revisions"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "byot"."providers" ADD CONSTRAINT "providers_workspace_id_workspace_revisions_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "byot"."workspace_revisions"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "byot"."resources" ADD CONSTRAINT "resources_workspace_id_workspace_revisions_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "byot"."workspace_revisions"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "byot"."workspaces" ADD CONSTRAINT "workspaces_workspace_id_workspace_revisions_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "byot"."workspace_revisions"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_workspace" ON "byot"."api_keys" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "change_log_workspace" ON "byot"."change_log" USING btree ("workspace_id","sequence","at");--> statement-breakpoint
CREATE INDEX "change_log_kind" ON "byot"."change_log" USING btree ("workspace_id","kind","sequence","at");--> statement-breakpoint
CREATE INDEX "change_log_key" ON "byot"."change_log" USING btree ("workspace_id","key","sequence","at");--> statement-breakpoint
CREATE UNIQUE INDEX "permissions_key" ON "byot"."permissions" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "policies_key" ON "byot"."policies" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "providers_key" ON "byot"."providers" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "resources_key" ON "byot"."resources" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE INDEX "workspace_revisions_changed_by" ON "byot"."workspace_revisions" USING btree ("changed_by");--> statement-breakpoint
CREATE UNIQUE INDEX "workspaces_key" ON "byot"."workspaces" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "chain_segments_place" ON "byot"."chain_segments" USING btree ("workspace_id","writer_id","sequence");--> statement-breakpoint
CREATE INDEX "chains_unbound" ON "byot"."chains" USING btree ("workspace_id","writer_id") WHERE NOT is_bound;--> statement-breakpoint
CREATE INDEX "erased_decisions_decision" ON "byot"."erased_decisions" USING btree ("workspace_id","decision_id");--> statement-breakpoint
CREATE INDEX "decision_personal_subject" ON "byot"."decision_personal" USING btree ("workspace_id",left(subject, 400),"at","decision_id");--> statement-breakpoint
CREATE INDEX "decision_rules_policy" ON "byot"."decision_rules" USING btree ("workspace_id","policy_id","at","decision_id") WHERE leads_policy;--> statement-breakpoint
CREATE INDEX "decision_rules_rule" ON "byot"."decision_rules" USING btree ("workspace_id","rule_id","at","decision_id") WHERE leads_rule;--> statement-breakpoint
CREATE INDEX "decision_rules_both" ON "byot"."decision_rules" USING btree ("workspace_id","policy_id","rule_id","at","decision_id") WHERE NOT is_default;--> statement-breakpoint
CREATE INDEX "decision_rules_denials" ON "byot"."decision_rules" USING btree ("workspace_id","at","policy_id","rule_id","is_default") WHERE is_denial;--> statement-breakpoint
CREATE INDEX "decisions_at" ON "byot"."decisions" USING btree ("workspace_id","at","decision_id");--> statement-breakpoint
CREATE INDEX "decisions_decision" ON "byot"."decisions" USING btree ("workspace_id","decision","at","decision_id");--> statement-breakpoint
CREATE INDEX "decisions_reason" ON "byot"."decisions" USING btree ("workspace_id","reason","at","decision_id");--> statement-breakpoint
CREATE INDEX "decisions_issuer" ON "byot"."decisions" USING btree ("workspace_id","issuer","at","decision_id");--> statement-breakpoint
CREATE INDEX "decisions_provider" ON "byot"."decisions" USING btree ("workspace_id","provider_id","at","decision_id");--> statement-breakpoint
CREATE INDEX "decisions_resource" ON "byot"."decisions" USING btree ("workspace_id","resource","at","decision_id");--> statement-breakpoint
CREATE INDEX "decisions_action" ON "byot"."decisions" USING btree ("workspace_id","action","at","decision_id");--> statement-breakpoint
CREATE INDEX "decisions_segment" ON "byot"."decisions" USING btree ("segment_id","position");--> statement-breakpoint
CREATE INDEX "token_refusals_at" ON "byot"."token_refusals" USING btree ("workspace_id","at","refusal_id");--> statement-breakpoint
CREATE INDEX "token_refusals_code" ON "byot"."token_refusals" USING btree ("workspace_id","code","at","refusal_id");--> statement-breakpoint
CREATE INDEX "token_refusals_subject" ON "byot"."token_refusals" USING btree ("workspace_id",left(subject, 400)) WHERE subject IS NOT NULL;