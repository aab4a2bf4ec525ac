import { formatUrl } from "@aws-sdk/core/util";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/protocols";
import { SignatureV4, type SignatureV4CryptoInit, type SignatureV4Init } from "@smithy/signature-v4";
import type { CacheSettings } from "./settings";

const protocol = "https:";
const lifetimeSeconds = 900;

/**
 * An IAM token of the task role that ElastiCache accepts as a password: a presigned request, which is never sent.
 *
 * The token is valid for 15 minutes and checked when a connection authenticates; ElastiCache closes the connection after 12 hours.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
export async function cacheToken(
  { name, user, isServerless, region }: Pick<CacheSettings, "name" | "user" | "isServerless" | "region">,
  credentials: (SignatureV4Init & SignatureV4CryptoInit)["credentials"] = fromNodeProviderChain(),
): Promise<string> {
  const signer = new SignatureV4({ service: "elasticache", region, credentials, sha256: Sha256 });
  const request = new HttpRequest({
    method: "GET",
    protocol,
    hostname: name,
    path: "/",
    headers: { host: name },
    query: { Action: "connect", User: user, ...(isServerless && { ResourceType: "ServerlessCache" }) },
  });
  return formatUrl(await signer.presign(request, { expiresIn: lifetimeSeconds })).replace(`${protocol}//`, "");
}
