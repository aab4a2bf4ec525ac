/** Signing name of Lambda. */
export const service = "lambda";

/** Pages of Lambda's operations. */
export const reference = "https://docs.aws.amazon.com/lambda/latest/api";
