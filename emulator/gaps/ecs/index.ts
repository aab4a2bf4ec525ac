import type { AwsRequest, Gap, Handlers } from "../../proxy/gap";
import { object, objects, type JsonObject, type JsonValue } from "../../wire/json";
import { editJson } from "../../wire/reply";
import { clusters } from "./clusters";
import { operation } from "./forward";
import type { ServiceTasks } from "./service-tasks";
import { services } from "./services";
import { taskDefinitions } from "./task-definitions";
import { tasks } from "./tasks";

/** What moto does not emulate of clusters, services, tasks and account settings. */
export function ecs(serviceTasks: ServiceTasks): Gap {
  const handlers = {
    ...taskDefinitions(),
    ...services(serviceTasks),
    ...tasks(serviceTasks),
    ...clusters(),
    ...accountSettings(),
  };
  return { service: "ecs", handlers };
}

/** moto lacks the default account settings; affects `aws_ecs_account_setting_default`. */
function accountSettings(): Handlers {
  return {
    PutAccountSettingDefault: async (request, forward) =>
      editJson(await forward(operation("PutAccountSetting")), (body) => ({
        setting: rootSetting(request, body.setting),
      })),
    ListAccountSettings: async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        settings: objects(body.settings).map((setting) => rootSetting(request, setting)),
      })),
  };
}

function rootSetting({ account }: AwsRequest, setting: JsonValue): JsonObject {
  return { principalArn: `arn:aws:iam::${account}:root`, ...object(setting) };
}
