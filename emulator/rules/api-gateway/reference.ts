/** Signing name of API Gateway, which the operations of REST APIs (V1) and of HTTP APIs (V2) share. */
export const service = "apigateway";

/** Where AWS documents the operations of REST APIs. */
export const reference = "https://docs.aws.amazon.com/apigateway/latest/api";

/** Where AWS documents the operations of HTTP APIs. */
export const referenceV2 = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference";
