/** What both kinds of API write of a request. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
export const commonLogFields = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  method: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  integrationStatus: "$context.integration.status",
  latencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integration.latency",
  bytes: "$context.responseLength",
  error: "$context.error.message",
};
