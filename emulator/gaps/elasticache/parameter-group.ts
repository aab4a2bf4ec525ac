import type { AwsRequest, Handlers } from "../../proxy/gap";
import { formElements, formObjects, queryReply } from "../../wire/form";
import { Memory } from "../../wire/memory";
import type { Tags } from "../../wire/tags";
import { element } from "../../wire/xml";
import { Kept } from "./kept";
import { keptHandlers } from "./resource";

const field = "CacheParameterGroupName";

/** moto has no parameter groups of caches; shown by `aws_elasticache_parameter_group`. */
export function parameterGroups(tags: Tags): Handlers {
  const kept = new Kept(field, "parametergroup", "CacheParameterGroupNotFound", tags);
  const parameters = new Memory<Map<string, string>>();
  const of = (request: AwsRequest): Map<string, string> => {
    const name = request.form.get(field) ?? "";
    const known = parameters.of(request).get(name) ?? new Map<string, string>();
    parameters.of(request).set(name, known);
    return known;
  };
  const sent = ({ form }: AwsRequest): readonly (readonly [string, string])[] =>
    formObjects(form, "ParameterNameValues").map((one) => [
      one.get("ParameterName") ?? "",
      one.get("ParameterValue") ?? "",
    ]);

  return {
    ...keptHandlers({
      kept,
      name: "CacheParameterGroup",
      plural: "CacheParameterGroups",
      item: "CacheParameterGroup",
      wrapper: "CacheParameterGroup",
      describe: (request, form) => [
        ...formElements(form, field, "CacheParameterGroupFamily", "Description"),
        element("IsGlobal", "false"),
        kept.arnElement(request, form),
      ],
    }),
    ModifyCacheParameterGroup: (request) => {
      for (const [name, value] of sent(request)) of(request).set(name, value);
      return queryReply(request.operation, formElements(request.form, field));
    },
    ResetCacheParameterGroup: (request) => {
      for (const [name] of sent(request)) of(request).delete(name);
      return queryReply(request.operation, formElements(request.form, field));
    },
    DescribeCacheParameters: (request) => {
      const all = [...of(request)].map(([name, value]) =>
        element("Parameter", [
          element("ParameterName", name),
          element("ParameterValue", value),
          element("Source", "user"),
        ]),
      );
      return queryReply(request.operation, [element("Parameters", all)]);
    },
  };
}
