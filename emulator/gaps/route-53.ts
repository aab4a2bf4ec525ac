import type { Forward, Gap } from "../proxy/gap";
import { isSuccess } from "../wire/reply";
import { buildXml, element, find, findAll, parseXml, textOf, type Element } from "../wire/xml";
import type { ValidationRecords } from "./validation-records";

const path = "/2013-04-01/hostedzone/{zone}/rrset";

/**
 * moto deletes every record with the identifier of the one to delete, such as the AAAA record with the A record; affects
 * `aws_route53_record` with a routing policy. The validation records of ACM are recorded here.
 */
export function route53(records: ValidationRecords): Gap {
  return {
    service: "route53",
    handlers: {
      [`POST ${path}`]: async (request, forward) => {
        const batch = parseXml(request.body);
        const before = isDeletingByIdentifier(batch) ? await recordsOf(forward) : [];
        const reply = await forward();
        if (!isSuccess(reply)) return reply;
        records.apply(batch);
        const changed = recordsIn(batch).map(keyOf);
        const left = before.length > 0 ? (await recordsOf(forward)).map(keyOf) : [];
        const lost = before.filter((record) => !changed.includes(keyOf(record)) && !left.includes(keyOf(record)));
        if (lost.length > 0) await forward({ body: buildXml(upsert(lost)) });
        return reply;
      },
    },
  };
}

function isDeletingByIdentifier(batch: Element): boolean {
  return findAll(batch, "ChangeBatch", "Changes", "Change").some(
    (change) => textOf(change, "Action") === "DELETE" && textOf(change, "ResourceRecordSet", "SetIdentifier") !== "",
  );
}

async function recordsOf(forward: Forward): Promise<readonly Element[]> {
  const listed = await forward({ method: "GET", body: "" });
  return findAll(parseXml(listed.body), "ResourceRecordSets", "ResourceRecordSet");
}

function recordsIn(batch: Element): readonly Element[] {
  return findAll(batch, "ChangeBatch", "Changes", "Change", "ResourceRecordSet");
}

function keyOf(record: Element): string {
  const name = textOf(record, "Name").toLowerCase().replace(/\.$/, "");
  return [name, textOf(record, "Type"), textOf(record, "SetIdentifier")].join(" ");
}

function upsert(records: readonly Element[]): Element {
  const changes = records.map((record) =>
    element("Change", [
      element("Action", "UPSERT"),
      // moto lists an alias with the time to live 0, and takes either.
      find(record, "AliasTarget")
        ? { ...record, children: record.children.filter(({ name }) => name !== "TTL") }
        : record,
    ]),
  );
  return element("ChangeResourceRecordSetsRequest", [element("ChangeBatch", [element("Changes", changes)])]);
}
