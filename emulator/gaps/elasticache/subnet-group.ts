import type { AwsRequest, Handlers, Reply } from "../../proxy/gap";
import { Store, type Tags } from "../../store";
import { editXml, isSuccess, queryError, queryReply } from "../../wire/reply";
import { element, find, parseXml, setChild, type Element } from "../../wire/xml";
import { tagsIn } from "./resource";

const nameParameter = "CacheSubnetGroupName";

/** moto cannot delete a subnet group; affects the destruction of `aws_elasticache_subnet_group`. */
export function subnetGroups(tags: Tags): Handlers {
  const groups = new Store<Element>();
  const nameOf = ({ form }: AwsRequest): string => (form.get(nameParameter) ?? "").toLowerCase();
  let created = 0;
  return {
    CreateCacheSubnetGroup: async (request, forward) => {
      // moto looks up the VPC and its zones. Each group has a unique name there, because moto does not delete groups.
      const form = new URLSearchParams(request.form);
      form.set(nameParameter, `${nameOf(request)}-${++created}`);
      const reply = await forward({ body: form.toString() });
      const group = find(parseXml(reply.body), "CreateCacheSubnetGroupResult", "CacheSubnetGroup");
      if (!isSuccess(reply) || !group) return reply;
      const arn = `arn:aws:elasticache:${request.region}:${request.account}:subnetgroup:${nameOf(request)}`;
      setChild(group, element(nameParameter, nameOf(request)));
      setChild(group, element("ARN", arn));
      tags.add(request, arn, tagsIn(request.form));
      groups.of(request).set(nameOf(request), group);
      return editXml(reply, (root) => {
        const result = find(root, "CreateCacheSubnetGroupResult");
        if (result) setChild(result, group);
      });
    },
    DescribeCacheSubnetGroups: (request) => {
      const all = groups.of(request);
      if (!request.form.has(nameParameter)) return describe(request, [...all.values()]);
      const group = all.get(nameOf(request));
      return group ? describe(request, [group]) : notFound(nameOf(request));
    },
    DeleteCacheSubnetGroup: (request) =>
      groups.of(request).delete(nameOf(request)) ? queryReply(request.operation, []) : notFound(nameOf(request)),
  };
}

function describe({ operation }: AwsRequest, groups: Element[]): Reply {
  return queryReply(operation, [element("CacheSubnetGroups", groups)]);
}

function notFound(name: string): Reply {
  return queryError("CacheSubnetGroupNotFoundFault", `${name} does not exist.`);
}
