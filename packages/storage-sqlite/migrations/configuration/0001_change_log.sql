CREATE TABLE `change_log` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`change_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`revision` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`request_id` text,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`operation` text NOT NULL,
	`before` text,
	`after` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `change_log_change_id_unique` ON `change_log` (`change_id`);--> statement-breakpoint
CREATE INDEX `change_log_workspace` ON `change_log` (`workspace_id`,`sequence`,`at`);--> statement-breakpoint
CREATE INDEX `change_log_kind` ON `change_log` (`workspace_id`,`kind`,`sequence`,`at`);--> statement-breakpoint
CREATE INDEX `change_log_key` ON `change_log` (`workspace_id`,`key`,`sequence`,`at`);--> statement-breakpoint
CREATE TABLE `secrets` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
-- What a workspace could not choose so far, it is set to by default.
UPDATE `workspaces` SET `value` = json_insert(
	`value`,
	'$.settings.decisionLog', 'strict',
	'$.settings.logAttributes', 'names',
	'$.settings.hashSubjects', json('false'),
	'$.settings.timeZone', 'UTC',
	'$.settings.ipFromConnection', json('false'),
	'$.settings.retentionDays', 90
);
