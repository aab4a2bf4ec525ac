import type { Forward, Gap } from "../proxy/gap";
import { text } from "../wire/json";
import { editXml, isSuccess } from "../wire/reply";
import { buildXml, element, find, findAll, parseXml, setChild, textOf, type Element } from "../wire/xml";
import type { ValidationRecords } from "./validation-records";

/**
 * moto deletes every record with the identifier of the one to delete, such as the AAAA record with the A record, and refuses to
 * create a record again after its deletion; it lists an alias with a TTL, which AWS does not have and refuses, and makes a
 * zone with a VPC public. Affects `aws_route53_record` and `vpc` of `aws_route53_zone`. The validation records of ACM are
 * recorded here.
 */
export function route53(records: ValidationRecords): Gap {
  return {
    service: "route53",
    handlers: {
      "POST /2013-04-01/hostedzone": (request, forward) => {
        const zone = parseXml(request.body);
        if (find(zone, "VPC") === undefined) return forward();
        const config = find(zone, "HostedZoneConfig") ?? element("HostedZoneConfig", []);
        setChild(config, element("PrivateZone", "true"));
        setChild(zone, config);
        return forward({ body: buildXml(zone) });
      },
      "GET /2013-04-01/hostedzone/{zone}/rrset": async (_, forward) =>
        editXml(await forward(), (root) => {
          for (const record of findAll(root, "ResourceRecordSets", "ResourceRecordSet")) {
            if (find(record, "AliasTarget") === undefined) continue;
            record.children = record.children.filter(({ name }) => name !== "TTL" && name !== "ResourceRecords");
          }
        }),
      "POST /2013-04-01/hostedzone/{zone}/rrset": async (request, forward) => {
        const batch = parseXml(request.body);
        const zone = text(request.params.zone);
        const before = isDeletingByIdentifier(batch) ? await recordsOf(zone, forward) : [];
        const reply = await forward({ body: buildXml(withoutCreate(batch)) });
        if (!isSuccess(reply)) return reply;
        records.apply(batch);
        const changed = recordsIn(batch).map(keyOf);
        const left = before.length > 0 ? (await recordsOf(zone, forward)).map(keyOf) : [];
        const lost = before.filter((record) => !changed.includes(keyOf(record)) && !left.includes(keyOf(record)));
        if (lost.length > 0) await forward({ body: buildXml(upsert(lost)) });
        return reply;
      },
    },
  };
}

/** A rule has refused to create what exists. */
function withoutCreate(batch: Element): Element {
  for (const action of findAll(batch, "ChangeBatch", "Changes", "Change", "Action")) {
    if (action.text === "CREATE") action.text = "UPSERT";
  }
  return batch;
}

function isDeletingByIdentifier(batch: Element): boolean {
  return findAll(batch, "ChangeBatch", "Changes", "Change").some(
    (change) => textOf(change, "Action") === "DELETE" && textOf(change, "ResourceRecordSet", "SetIdentifier") !== "",
  );
}

async function recordsOf(zone: string, forward: Forward): Promise<readonly Element[]> {
  const url = `/2013-04-01/hostedzone/${zone}/rrset`;
  const listed = await forward({ method: "GET", url, body: "" });
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
