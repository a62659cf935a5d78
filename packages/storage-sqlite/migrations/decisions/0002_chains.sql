-- What was recorded so far is sealed into the chain by the code that applies this migration, which then drops
-- `unsealed_decisions`.
ALTER TABLE `decisions` RENAME TO `unsealed_decisions`;--> statement-breakpoint
DROP INDEX `decisions_decision_id_unique`;--> statement-breakpoint
DROP INDEX `decisions_workspace`;--> statement-breakpoint
DROP INDEX `decisions_decision`;--> statement-breakpoint
DROP INDEX `decisions_subject`;--> statement-breakpoint
DROP INDEX `decisions_resource`;--> statement-breakpoint
DROP INDEX `decisions_action`;--> statement-breakpoint
CREATE INDEX `unsealed_decisions_workspace` ON `unsealed_decisions` (`workspace_id`,`sequence`);--> statement-breakpoint
DROP INDEX `token_refusals_workspace`;--> statement-breakpoint
ALTER TABLE `token_refusals` ADD `count` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `token_refusals` ADD `provider_id` text;--> statement-breakpoint
ALTER TABLE `token_refusals` ADD `subject` text;--> statement-breakpoint
CREATE TABLE `decision_grounds` (
	`workspace_id` text NOT NULL,
	`policy_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`at` integer NOT NULL,
	`decision_id` text NOT NULL,
	`decision_sequence` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `policy_id`, `rule_id`, `at`, `decision_id`)
) WITHOUT ROWID;--> statement-breakpoint
CREATE TABLE `decision_personal` (
	`decision_sequence` integer PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`at` integer NOT NULL,
	`decision_id` text NOT NULL,
	`salt` text NOT NULL,
	`subject` text NOT NULL,
	`token_id_hash` text,
	`client_ip` text,
	`attributes` text NOT NULL
);--> statement-breakpoint
CREATE INDEX `decision_personal_subject` ON `decision_personal` (`workspace_id`,`subject`,`at`,`decision_id`);
--> statement-breakpoint
CREATE TABLE `decisions` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`decision_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`at` integer NOT NULL,
	`revision` integer NOT NULL,
	`request_id` text NOT NULL,
	`issuer` text NOT NULL,
	`provider_id` text NOT NULL,
	`resource` text NOT NULL,
	`action` text NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`determining` text NOT NULL,
	`errors` text NOT NULL,
	`duration_micros` integer NOT NULL,
	`segment_id` integer NOT NULL,
	`position` integer NOT NULL,
	`personal_hash` text NOT NULL
);--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_decision_id_unique` ON `decisions` (`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_at` ON `decisions` (`workspace_id`,`at`,`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_decision` ON `decisions` (`workspace_id`,`decision`,`at`,`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_reason` ON `decisions` (`workspace_id`,`reason`,`at`,`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_issuer` ON `decisions` (`workspace_id`,`issuer`,`at`,`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_provider` ON `decisions` (`workspace_id`,`provider_id`,`at`,`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_resource` ON `decisions` (`workspace_id`,`resource`,`at`,`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_action` ON `decisions` (`workspace_id`,`action`,`at`,`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_segment` ON `decisions` (`segment_id`,`position`);--> statement-breakpoint
CREATE INDEX `token_refusals_at` ON `token_refusals` (`workspace_id`,`at`,`refusal_id`);--> statement-breakpoint
CREATE INDEX `token_refusals_code` ON `token_refusals` (`workspace_id`,`code`,`at`,`refusal_id`);--> statement-breakpoint
CREATE INDEX `token_refusals_subject` ON `token_refusals` (`workspace_id`,`subject`) WHERE subject IS NOT NULL;--> statement-breakpoint
CREATE TABLE `chain_segments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`writer_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`previous_hash` text,
	`hash` text NOT NULL,
	`bound_heads` text NOT NULL,
	`content` text NOT NULL,
	`count` integer NOT NULL,
	`first_id` text NOT NULL,
	`last_id` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL
);--> statement-breakpoint
CREATE UNIQUE INDEX `chain_segments_place` ON `chain_segments` (`workspace_id`,`writer_id`,`sequence`);
--> statement-breakpoint
CREATE TABLE `chains` (
	`workspace_id` text NOT NULL,
	`writer_id` text NOT NULL,
	`head_sequence` integer NOT NULL,
	`head_hash` text NOT NULL,
	`dropped_sequence` integer NOT NULL,
	`dropped_hash` text,
	`is_bound` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `writer_id`)
);--> statement-breakpoint
CREATE INDEX `chains_unbound` ON `chains` (`workspace_id`,`writer_id`) WHERE is_bound = 0;--> statement-breakpoint
CREATE TABLE `erased_decisions` (
	`segment_id` integer NOT NULL,
	`decision_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	PRIMARY KEY(`segment_id`, `decision_id`)
);--> statement-breakpoint
CREATE INDEX `erased_decisions_decision` ON `erased_decisions` (`workspace_id`,`decision_id`);
--> statement-breakpoint
CREATE TABLE `erasures` (
	`segment_id` integer PRIMARY KEY NOT NULL,
	`erasure_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL
);
