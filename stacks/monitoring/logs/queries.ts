/** Common questions to the logs, in the language of Logs Insights. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */

const slowest = (milliseconds: string) => [
  `filter ispresent(route) and ispresent(${milliseconds})`,
  `stats count(*) as requests, pct(${milliseconds}, 50) as p50, pct(${milliseconds}, 90) as p90, pct(${milliseconds}, 99) as p99, max(${milliseconds}) as slowest by method, route`,
  "sort p99 desc",
  "limit 25",
];

const failing = [
  "filter ispresent(route) and status >= 400",
  "stats count(*) as answers, earliest(@timestamp) as since by route, method, status",
  "sort answers desc",
  "limit 50",
];

/** Of the access log of an API. */
export const apiQueries = {
  "slowest-routes": slowest("latencyMs"),
  "errors-by-route": failing,
  "errors-by-caller": [
    "filter status >= 400",
    "stats count(*) as answers by sourceIp, userAgent, status",
    "sort answers desc",
    "limit 25",
  ],
};

/** Of what the services print. */
export const serviceQueries = {
  "slowest-routes-of-services": slowest("ms"),
  "errors-by-route-of-services": failing,
  "newest-errors": [
    'filter level in ["error", "fatal"]',
    "fields @timestamp, name, msg, err.type, err.message, reqId, @logStream",
    "sort @timestamp desc",
    "limit 50",
  ],
};

/** Of the log of WAF. https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html */
export const webAclQueries = {
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
