import type { AwsRequest, Forward, Gap } from "../../proxy/gap";
import { editJson } from "../../wire/edit";
import { list, object, objects, parseJson, text, type JsonObject, type JsonValue } from "../../wire/json";
import { ecsDefinitions } from "./definitions";
import { instead } from "./instead";
import { ecsServices } from "./service";
import { ecsTasks } from "./tasks";

/**
 * moto lists deleted clusters and services, and has no defaults of account settings; shown by the inventory after a destroy
 * and by `aws_ecs_account_setting_default`.
 */
export function ecs(): Gap {
  return {
    service: "ecs",
    handlers: {
      ...ecsDefinitions(),
      ...ecsServices(),
      ...ecsTasks(),
      ListClusters: async (_, forward) => {
        const reply = await forward();
        const { clusterArns } = parseJson(reply.body);
        const described = await describe(forward, "DescribeClusters", { clusters: clusterArns });
        return editJson(reply, (body) => ({ ...body, clusterArns: active(described.clusters, "clusterArn") }));
      },
      ListServices: async (request, forward) => {
        const { cluster } = parseJson(request.body);
        const reply = await forward();
        const services = list(parseJson(reply.body).serviceArns);
        const found: JsonObject[] = [];
        // Ten is what one call describes.
        for (let start = 0; start < services.length; start += 10) {
          const some = { cluster, services: services.slice(start, start + 10) };
          found.push(...objects((await describe(forward, "DescribeServices", some)).services));
        }
        return editJson(reply, (body) => ({ ...body, serviceArns: active(found, "serviceArn") }));
      },
      PutAccountSettingDefault: async (request, forward) =>
        editJson(await forward(instead("PutAccountSetting")), (body) => ({
          setting: ofAccount(request, body.setting),
        })),
      ListAccountSettings: async (request, forward) =>
        editJson(await forward(), (body) => ({
          ...body,
          settings: objects(body.settings).map((setting) => ofAccount(request, setting)),
        })),
    },
  };
}

function ofAccount({ account }: AwsRequest, setting: JsonValue): JsonObject {
  return { principalArn: `arn:aws:iam::${account}:root`, ...object(setting) };
}

async function describe(forward: Forward, operation: string, input: JsonObject): Promise<JsonObject> {
  return parseJson((await forward(instead(operation, input))).body);
}

function active(described: JsonObject[string], arn: string): readonly string[] {
  return objects(described)
    .filter(({ status }) => status !== "INACTIVE")
    .map((item) => text(item[arn]));
}
