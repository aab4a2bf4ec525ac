import { formatUrl } from "@aws-sdk/core/util";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/protocols";
import { SignatureV4, type SignatureV4CryptoInit, type SignatureV4Init } from "@smithy/signature-v4";
import type { CacheSettings } from "./settings";

const protocol = "https:";
const lifetimeSeconds = 900;

/**
 * A token of the task role that ElastiCache takes for a password: a signed request that nobody sends.
 *
 * It is checked when a connection signs in and lasts 15 minutes; the connection lasts 12 hours.
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
