import type { AwsRequest, Handlers } from "../../proxy/gap";
import type { Tags } from "../../store";
import { formElements, formList, formObject } from "../../wire/form";
import { element, type Element } from "../../wire/xml";
import { Resources, resourceHandlers } from "./resource";

const port = "6379";

/** moto lacks serverless caches; affects `aws_elasticache_serverless_cache`. */
export function serverlessCaches(tags: Tags): Handlers {
  const caches = new Resources("ServerlessCacheName", "serverlesscache", "ServerlessCacheNotFoundFault", tags);
  return resourceHandlers({
    resources: caches,
    name: "ServerlessCache",
    plural: "ServerlessCaches",
    item: "member",
    wrapper: "ServerlessCache",
    describe: (request, form) => [
      ...formElements(form, "ServerlessCacheName", "Description", "Engine", "MajorEngineVersion", "KmsKeyId"),
      ...formElements(form, "UserGroupId", "SnapshotRetentionLimit", "DailySnapshotTime"),
      element("FullEngineVersion", `${form.get("MajorEngineVersion") ?? "8"}.0`),
      element("Status", "available"),
      element("CreateTime", "2025-01-01T00:00:00Z"),
      element("CacheUsageLimits", limits(formObject(form, "CacheUsageLimits"))),
      element(
        "SecurityGroupIds",
        formList(form, "SecurityGroupIds").map((id) => element("SecurityGroupId", id)),
      ),
      element(
        "SubnetIds",
        formList(form, "SubnetIds").map((id) => element("SubnetId", id)),
      ),
      endpoint("Endpoint", request, form),
      endpoint("ReaderEndpoint", request, form),
      caches.arnElement(request, form),
    ],
  });
}

function limits(form: URLSearchParams): Element[] {
  return ["DataStorage", "ECPUPerSecond"].flatMap((name) => {
    const limit = formElements(formObject(form, name), "Maximum", "Minimum", "Unit");
    return limit.length > 0 ? [element(name, limit)] : [];
  });
}

function endpoint(name: string, { region }: AwsRequest, form: URLSearchParams): Element {
  const address = `${form.get("ServerlessCacheName") ?? ""}.serverless.${region}.cache.amazonaws.com`;
  return element(name, [element("Address", address), element("Port", port)]);
}
