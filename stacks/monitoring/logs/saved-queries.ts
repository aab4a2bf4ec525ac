import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { queryName } from "../../naming";
import type { ServiceMonitoringTarget, IngressMonitoringTargets } from "../monitoring-target";
import { apiQueries, serviceQueries, webAclQueries } from "./queries";

export interface SavedQueriesProps {
  readonly stage: StageConfig;
  readonly ingress: IngressMonitoringTargets;
  readonly services: readonly ServiceMonitoringTarget[];
}

/** The common questions to the logs of a stage, ready to be run. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, props: SavedQueriesProps) {
    super(scope, id);
    const { stage, ingress, services } = props;
    const { api, webAcl } = ingress;
    this.save(stage, apiQueries, api === undefined ? [] : [api.accessLog]);
    this.save(
      stage,
      serviceQueries,
      services.flatMap(({ logGroup }) => logGroup ?? []),
    );
    this.save(stage, webAclQueries, webAcl === undefined ? [] : [webAcl.logGroup]);
  }

  private save(
    stage: StageConfig,
    queries: Readonly<Record<string, readonly string[]>>,
    logGroupNames: string[],
  ): void {
    if (logGroupNames.length === 0) return;
    for (const [what, lines] of Object.entries(queries)) {
      new CloudwatchQueryDefinition(this, what, {
        name: queryName(stage, what),
        logGroupNames,
        queryString: lines.join("\n| "),
      });
    }
  }
}
