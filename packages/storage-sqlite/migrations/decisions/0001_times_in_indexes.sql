DROP INDEX `decisions_workspace`;--> statement-breakpoint
DROP INDEX `decisions_decision`;--> statement-breakpoint
DROP INDEX `decisions_subject`;--> statement-breakpoint
DROP INDEX `decisions_resource`;--> statement-breakpoint
DROP INDEX `decisions_action`;--> statement-breakpoint
CREATE INDEX `decisions_workspace` ON `decisions` (`workspace_id`,`sequence`,`at`);--> statement-breakpoint
CREATE INDEX `decisions_decision` ON `decisions` (`workspace_id`,`decision`,`sequence`,`at`);--> statement-breakpoint
CREATE INDEX `decisions_subject` ON `decisions` (`workspace_id`,`subject`,`sequence`,`at`);--> statement-breakpoint
CREATE INDEX `decisions_resource` ON `decisions` (`workspace_id`,`resource`,`sequence`,`at`);--> statement-breakpoint
CREATE INDEX `decisions_action` ON `decisions` (`workspace_id`,`action`,`sequence`,`at`);--> statement-breakpoint
DROP INDEX `token_refusals_workspace`;--> statement-breakpoint
CREATE INDEX `token_refusals_workspace` ON `token_refusals` (`workspace_id`,`sequence`,`at`);