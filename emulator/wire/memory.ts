import type { AwsRequest } from "../proxy/gap";

/** What a gap remembers, apart for each account and region. */
export class Memory<Value> {
  private readonly places = new Map<string, Map<string, Value>>();

  /** What is remembered where the request lands. */
  of({ account, region }: Pick<AwsRequest, "account" | "region">): Map<string, Value> {
    const place = `${account} ${region}`;
    const known = this.places.get(place) ?? new Map<string, Value>();
    this.places.set(place, known);
    return known;
  }
}
