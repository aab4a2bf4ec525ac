import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store, type Tags } from "../../store";
import { mergeForms } from "../../wire/form";
import { isSuccess, queryError, queryReply } from "../../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";
import { tagsIn } from "./resource";

const nameParameter = "CacheSubnetGroupName";

/** moto can neither modify nor delete a subnet group; affects `aws_elasticache_subnet_group`. */
export function subnetGroups(tags: Tags): Handlers {
  const groups = new Store<Element>();
  const nameOf = ({ form }: AwsRequest): string => (form.get(nameParameter) ?? "").toLowerCase();
  const arnOf = (request: AwsRequest): string =>
    `arn:aws:elasticache:${request.region}:${request.account}:subnetgroup:${nameOf(request)}`;
  let created = 0;
  const put = async (request: AwsRequest, forward: Forward, parameters: URLSearchParams): Promise<Reply> => {
    // moto looks up the VPC and its zones. Each group has a unique name there, because moto does not delete groups.
    const form = new URLSearchParams(parameters);
    form.set("Action", "CreateCacheSubnetGroup");
    form.set(nameParameter, `${nameOf(request)}-${++created}`);
    const reply = await forward({ body: form.toString() });
    if (!isSuccess(reply)) return reply;
    const group = find(parseXml(reply.body), "CreateCacheSubnetGroupResult", "CacheSubnetGroup");
    if (!group) return reply;
    setChild(group, element(nameParameter, nameOf(request)));
    setChild(group, element("ARN", arnOf(request)));
    groups.of(request).set(nameOf(request), group);
    return queryReply(request.operation, [group]);
  };
  return {
    CreateCacheSubnetGroup: async (request, forward) => {
      const reply = await put(request, forward, request.form);
      if (isSuccess(reply)) tags.add(request, arnOf(request), tagsIn(request.form));
      return reply;
    },
    ModifyCacheSubnetGroup: (request, forward) => {
      const before = groups.of(request).get(nameOf(request));
      return before ? put(request, forward, mergeForms(formOf(before), request.form)) : notFound(nameOf(request));
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

/** The parameters with which a group would be created. */
function formOf(group: Element): URLSearchParams {
  const form = new URLSearchParams({ CacheSubnetGroupDescription: textOf(group, "CacheSubnetGroupDescription") });
  findAll(group, "Subnets", "Subnet").forEach((subnet, index) => {
    form.set(`SubnetIds.SubnetIdentifier.${index + 1}`, textOf(subnet, "SubnetIdentifier"));
  });
  return form;
}

function describe({ operation }: AwsRequest, groups: Element[]): Reply {
  return queryReply(operation, [element("CacheSubnetGroups", groups)]);
}

function notFound(name: string): Reply {
  return queryError("CacheSubnetGroupNotFoundFault", `${name} does not exist.`);
}
