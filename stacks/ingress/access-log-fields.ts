/** Fields of the access log that both kinds of API have in common. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
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
