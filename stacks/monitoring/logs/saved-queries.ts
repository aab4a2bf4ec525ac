import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { queryName } from "../../naming";
import type { IngressMonitoringTargets, ServiceMonitoringTarget } from "../monitoring-target";

export interface SavedQueriesProps {
  readonly stage: StageConfig;
  readonly ingress: IngressMonitoringTargets;
  readonly services: readonly ServiceMonitoringTarget[];
}

/** The saved queries of Logs Insights for the logs of a stage. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, props: SavedQueriesProps) {
    super(scope, id);
    const { stage, ingress, services } = props;
    const { api, webAcl } = ingress;
    this.save(stage, accessLogQueries, api === undefined ? [] : [api.accessLog]);
    this.save(
      stage,
      serviceQueries,
      services.flatMap(({ logGroup }) => logGroup ?? []),
    );
    this.save(stage, webAclQueries, webAcl === undefined ? [] : [webAcl.logGroup]);
  }

  private save(stage: StageConfig, queries: Queries, logGroupNames: string[]): void {
    if (logGroupNames.length === 0) return;
    for (const [name, commands] of Object.entries(queries)) {
      new CloudwatchQueryDefinition(this, name, {
        name: queryName(stage, name),
        logGroupNames,
        queryString: commands.join("\n| "),
      });
    }
  }
}

/** The commands of each query. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
type Queries = Readonly<Record<string, readonly string[]>>;

const slowestRoutes = (milliseconds: string) => [
  `filter ispresent(route) and ispresent(${milliseconds})`,
  `stats count(*) as requests, pct(${milliseconds}, 50) as p50, pct(${milliseconds}, 90) as p90, pct(${milliseconds}, 99) as p99, max(${milliseconds}) as slowest by method, route`,
  "sort p99 desc",
  "limit 25",
];

const errorsByRoute = [
  "filter ispresent(route) and status >= 400",
  "stats count(*) as answers, earliest(@timestamp) as since by route, method, status",
  "sort answers desc",
  "limit 50",
];

/** For the access log of an API. */
const accessLogQueries: Queries = {
  "slowest-routes": slowestRoutes("latencyMs"),
  "errors-by-route": errorsByRoute,
  "errors-by-caller": [
    "filter status >= 400",
    "stats count(*) as answers by sourceIp, userAgent, status",
    "sort answers desc",
    "limit 25",
  ],
};

/** For the log groups of services. */
const serviceQueries: Queries = {
  "slowest-routes-of-services": slowestRoutes("ms"),
  "errors-by-route-of-services": errorsByRoute,
  "newest-errors": [
    'filter level in ["error", "fatal"]',
    "fields @timestamp, name, msg, err.type, err.message, reqId, @logStream",
    "sort @timestamp desc",
    "limit 50",
  ],
};

/** For the log of WAF. https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html */
const webAclQueries: Queries = {
  "waf-blocks": [
    'filter action = "BLOCK"',
    "stats count(*) as requests by terminatingRuleId, httpRequest.httpMethod, httpRequest.uri",
    "sort requests desc",
    "limit 50",
  ],
  "waf-blocks-by-caller": [
    'filter action = "BLOCK"',
    "stats count(*) as requests by httpRequest.clientIp, httpRequest.country, terminatingRuleId",
    "sort requests desc",
    "limit 50",
  ],
};
