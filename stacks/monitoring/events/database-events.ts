import type { Construct } from "constructs";
import type { ServerMonitoringTarget } from "../monitoring-target";
import { EventRule, type EventRuleProps } from "./event-rule";

export interface DatabaseEventsProps extends Pick<EventRuleProps, "stage" | "topic" | "chat"> {
  readonly server: ServerMonitoringTarget;
}

/** Tells when a database failed, moved to another server, or has no storage left, and why. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html */
export class DatabaseEvents extends EventRule {
  constructor(scope: Construct, id: string, { server, ...props }: DatabaseEventsProps) {
    const names = server.kind === "instance" ? [server.server] : [server.cluster, ...server.servers];
    super(scope, id, {
      ...props,
      name: "database",
      description: "A database that failed, moved, or has no storage left",
      pattern: {
        source: ["aws.rds"],
        "detail-type": ["RDS DB Instance Event", "RDS DB Cluster Event"],
        detail: { SourceIdentifier: names, EventCategories: ["failure", "failover", "low storage"] },
      },
      message: {
        title: "Database",
        fields: { database: "$.detail.SourceIdentifier", reason: "$.detail.Message" },
      },
    });
  }
}
