import { dnsName } from "../wire/dns-name";
import { object, text, type JsonObject } from "../wire/json";
import { findAll, textOf, type Element } from "../wire/xml";

/**
 * The CNAME records in all hosted zones, by which ACM validates domain names: DNS is public, so that the hosted zone may be of
 * another account.
 */
export class ValidationRecords {
  private readonly values = new Map<string, string>();

  /** Records the changes of a batch of Route 53. */
  apply(batch: Element): void {
    for (const change of findAll(batch, "ChangeBatch", "Changes", "Change")) {
      for (const record of findAll(change, "ResourceRecordSet")) {
        if (textOf(record, "Type") !== "CNAME") continue;
        const name = dnsName(textOf(record, "Name"));
        if (textOf(change, "Action") === "DELETE") this.values.delete(name);
        else this.values.set(name, dnsName(textOf(record, "ResourceRecords", "ResourceRecord", "Value")));
      }
    }
  }

  /** Whether the record exists that a validation option of a certificate requires. */
  has({ ResourceRecord }: JsonObject): boolean {
    const { Name, Value } = object(ResourceRecord);
    return this.values.get(dnsName(text(Name))) === dnsName(text(Value));
  }
}
