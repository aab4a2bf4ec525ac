import { ToolError } from "../../../lib/tool-error";

/** Names of errors whose remedy is other credentials. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html */
const credentials: Readonly<Record<string, string>> = {
  CredentialsProviderError: "there are no AWS credentials",
  ExpiredToken: "the AWS credentials have expired",
  ExpiredTokenException: "the AWS credentials have expired",
  InvalidClientTokenId: "AWS does not know these credentials",
  InvalidSignatureException: "AWS refuses the signature of these credentials",
  SignatureDoesNotMatch: "AWS refuses the signature of these credentials",
  UnrecognizedClientException: "AWS does not know these credentials",
};

const unreachable = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "TimeoutError"]);

/** What went wrong with a call to AWS, in words that tell the remedy; other errors stay as they are. */
export function problemWith(call: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ToolError) return error;
  const { name, message } = error;
  const lost = credentials[name];
  if (lost !== undefined) {
    const remedy = "log in again (aws sso login), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    return new ToolError(`${lost}; ${remedy} [${call}: ${message}]`);
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : name;
  if (unreachable.has(code)) return new ToolError(`AWS cannot be reached; check the network [${call}: ${message}]`);
  if (name.startsWith("AccessDenied")) return new ToolError(`these credentials may not call ${call}; ${message}`);
  if ("$fault" in error) return new ToolError(`AWS refused ${call}: ${name}: ${message}`);
  return error;
}

/**
 * Waits for a call to AWS.
 *
 * @throws ToolError that says what to do when AWS does not answer it
 */
export async function asked<T>(call: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw problemWith(call, error);
  }
}
