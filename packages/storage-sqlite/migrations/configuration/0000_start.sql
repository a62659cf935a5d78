CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`workspace_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `api_keys_workspace` ON `api_keys` (`workspace_id`,`id`);--> statement-breakpoint
CREATE TABLE `permissions` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`value` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspace_revisions`(`workspace_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `permissions_key` ON `permissions` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `policies` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`value` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspace_revisions`(`workspace_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `policies_key` ON `policies` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `policy_versions` (
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `key`, `version`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspace_revisions`(`workspace_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `providers` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`value` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspace_revisions`(`workspace_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `providers_key` ON `providers` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `resources` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`value` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspace_revisions`(`workspace_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `resources_key` ON `resources` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `workspace_revisions` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `workspaces` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`value` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspace_revisions`(`workspace_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `workspaces_key` ON `workspaces` (`workspace_id`,`key`);