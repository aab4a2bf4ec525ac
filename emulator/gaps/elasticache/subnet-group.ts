import type { AwsRequest, Handlers } from "../../proxy/gap";
import { editXml, isSuccess } from "../../wire/edit";
import { queryError, queryReply } from "../../wire/form";
import type { Tags } from "../../wire/tags";
import { sentTags } from "./kept";
import { Memory } from "../../wire/memory";
import { element, find, parseXml, setChild, type Element } from "../../wire/xml";

const field = "CacheSubnetGroupName";

/** moto cannot delete a subnet group of caches; shown by the destruction of `aws_elasticache_subnet_group`. */
export function subnetGroups(tags: Tags): Handlers {
  const groups = new Memory<Element>();
  const nameOf = ({ form }: AwsRequest): string => (form.get(field) ?? "").toLowerCase();
  let made = 0;
  return {
    CreateCacheSubnetGroup: async (request, forward) => {
      // moto finds out the VPC and the zones; as it never forgets a name, each time it gets another one.
      const form = new URLSearchParams(request.form);
      form.set(field, `${nameOf(request)}-${++made}`);
      const reply = await forward({ body: form.toString() });
      const group = find(parseXml(reply.body), "CreateCacheSubnetGroupResult", "CacheSubnetGroup");
      if (!isSuccess(reply) || !group) return reply;
      const arn = `arn:aws:elasticache:${request.region}:${request.account}:subnetgroup:${nameOf(request)}`;
      setChild(group, element(field, nameOf(request)));
      setChild(group, element("ARN", arn));
      tags.add(request, arn, sentTags(request.form));
      groups.of(request).set(nameOf(request), group);
      return editXml(reply, (root) => {
        const result = find(root, "CreateCacheSubnetGroupResult");
        if (result) setChild(result, group);
      });
    },
    DescribeCacheSubnetGroups: (request) => {
      const known = groups.of(request);
      const found = request.form.has(field) ? known.get(nameOf(request)) : undefined;
      if (request.form.has(field) && !found) return missing(nameOf(request));
      return queryReply(request.operation, [element("CacheSubnetGroups", found ? [found] : [...known.values()])]);
    },
    DeleteCacheSubnetGroup: (request) =>
      groups.of(request).delete(nameOf(request)) ? queryReply(request.operation, []) : missing(nameOf(request)),
  };
}

function missing(name: string): ReturnType<typeof queryError> {
  return queryError("CacheSubnetGroupNotFoundFault", `${name} does not exist.`);
}
