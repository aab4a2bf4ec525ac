/** Limits of a token bucket. */
export interface ThrottleLimits {
  /** Requests each second. */
  readonly rate: number;
  readonly burst: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/**
 * Token buckets by name.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export class Throttle {
  private readonly buckets = new Map<string, Bucket>();

  /** Takes a token; false when the bucket is empty. */
  take(name: string, { rate, burst }: ThrottleLimits, now = Date.now()): boolean {
    const { tokens, at } = this.buckets.get(name) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + ((now - at) / 1000) * rate);
    const isAllowed = filled >= 1;
    this.buckets.set(name, { tokens: isAllowed ? filled - 1 : filled, at: now });
    return isAllowed;
  }
}
