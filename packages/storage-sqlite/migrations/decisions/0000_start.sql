CREATE TABLE `decisions` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`decision_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`at` integer NOT NULL,
	`revision` integer NOT NULL,
	`request_id` text NOT NULL,
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`provider_id` text NOT NULL,
	`resource` text NOT NULL,
	`action` text NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`determining` text NOT NULL,
	`errors` text NOT NULL,
	`duration_micros` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_decision_id_unique` ON `decisions` (`decision_id`);--> statement-breakpoint
CREATE INDEX `decisions_workspace` ON `decisions` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `decisions_decision` ON `decisions` (`workspace_id`,`decision`);--> statement-breakpoint
CREATE INDEX `decisions_subject` ON `decisions` (`workspace_id`,`subject`);--> statement-breakpoint
CREATE INDEX `decisions_resource` ON `decisions` (`workspace_id`,`resource`);--> statement-breakpoint
CREATE INDEX `decisions_action` ON `decisions` (`workspace_id`,`action`);--> statement-breakpoint
CREATE TABLE `token_refusals` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`refusal_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`at` integer NOT NULL,
	`request_id` text NOT NULL,
	`code` text NOT NULL,
	`unverified_issuer` text,
	`resource` text NOT NULL,
	`action` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `token_refusals_refusal_id_unique` ON `token_refusals` (`refusal_id`);--> statement-breakpoint
CREATE INDEX `token_refusals_workspace` ON `token_refusals` (`workspace_id`);