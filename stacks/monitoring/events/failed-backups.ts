import type { Construct } from "constructs";
import { EventRule, type EventRuleProps } from "./event-rule";

export interface FailedBackupsProps extends Pick<EventRuleProps, "stage" | "topic" | "chat"> {
  readonly fileSystemArns: readonly string[];
}

/** Tells whose files AWS Backup could not back up, and why. https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export class FailedBackups extends EventRule {
  constructor(scope: Construct, id: string, { fileSystemArns, ...props }: FailedBackupsProps) {
    super(scope, id, {
      ...props,
      name: "failed-backups",
      description: "Backups of files that failed",
      pattern: {
        source: ["aws.backup"],
        "detail-type": ["Backup Job State Change"],
        detail: { resourceArn: fileSystemArns, state: ["FAILED"] },
      },
      message: {
        title: "Backup failed",
        fields: { files: "$.detail.resourceArn", reason: "$.detail.statusMessage" },
      },
    });
  }
}
