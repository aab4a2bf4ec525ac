import type { Signature } from "./signature";

/** Why a signature is not of this time. */
export interface Untimely {
  /** Whether it is too old; it is of the future otherwise. */
  readonly isExpired: boolean;
  /** Whether it is that of a signed URL. */
  readonly isInUrl: boolean;
  /** AWS's words for both times. */
  readonly text: string;
}

/**
 * Minutes by which the clock of a client may differ. The other services take less than S3 and EC2.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const tolerance: Readonly<Record<string, number>> = { s3: 15, ec2: 15 };

/** Whether a signature is too old, or of the future; undefined when it is neither. */
export function untimely(signature: Signature, model: string, now = Date.now()): Untimely | undefined {
  const { time, expires } = signature;
  const madeAt = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(madeAt)) return undefined;
  const minutes = tolerance[model] ?? 5;
  // The URLs of the other services are valid for 15 minutes at least.
  const seconds = expires === undefined ? minutes * 60 : model === "s3" ? expires : Math.max(expires, 15 * 60);
  const isInUrl = expires !== undefined;
  if (now > madeAt + seconds * 1000) {
    const [limit, at] = [new Date(now - seconds * 1000), new Date(now)].map(basic);
    const text = `Signature expired: ${time} is now earlier than ${limit} (${at} - ${seconds / 60} min.)`;
    return { isExpired: true, isInUrl, text };
  }
  if (now >= madeAt - minutes * 60_000) return undefined;
  const [limit, at] = [new Date(now + minutes * 60_000), new Date(now)].map(basic);
  const text = `Signature not yet current: ${time} is still later than ${limit} (${at} + ${minutes} min.)`;
  return { isExpired: false, isInUrl, text };
}

function basic(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, "");
}
