import type { AwsRequest, Handlers } from "../../proxy/gap";
import { Store, type Tags } from "../../store";
import { formElements, formObjects } from "../../wire/form";
import { queryReply } from "../../wire/reply";
import { element } from "../../wire/xml";
import { Resources, resourceHandlers } from "./resource";

const nameParameter = "CacheParameterGroupName";

/** moto lacks parameter groups; affects `aws_elasticache_parameter_group`. */
export function parameterGroups(tags: Tags): Handlers {
  const groups = new Resources(nameParameter, "parametergroup", "CacheParameterGroupNotFound", tags);
  const parameters = new Store<Map<string, string>>();
  const parametersOf = (request: AwsRequest): Map<string, string> => {
    const name = request.form.get(nameParameter) ?? "";
    const values = parameters.of(request).get(name) ?? new Map<string, string>();
    parameters.of(request).set(name, values);
    return values;
  };
  const sent = ({ form }: AwsRequest): readonly (readonly [string, string])[] =>
    formObjects(form, "ParameterNameValues").map((parameter) => [
      parameter.get("ParameterName") ?? "",
      parameter.get("ParameterValue") ?? "",
    ]);

  return {
    ...resourceHandlers({
      resources: groups,
      name: "CacheParameterGroup",
      plural: "CacheParameterGroups",
      item: "CacheParameterGroup",
      wrapper: "CacheParameterGroup",
      describe: (request, form) => [
        ...formElements(form, nameParameter, "CacheParameterGroupFamily", "Description"),
        element("IsGlobal", "false"),
        groups.arnElement(request, form),
      ],
    }),
    ModifyCacheParameterGroup: (request) => {
      for (const [name, value] of sent(request)) parametersOf(request).set(name, value);
      return queryReply(request.operation, formElements(request.form, nameParameter));
    },
    ResetCacheParameterGroup: (request) => {
      for (const [name] of sent(request)) parametersOf(request).delete(name);
      return queryReply(request.operation, formElements(request.form, nameParameter));
    },
    DescribeCacheParameters: (request) => {
      const all = [...parametersOf(request)].map(([name, value]) =>
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
