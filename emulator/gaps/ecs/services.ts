import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { list, object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { editJson, isSuccess, jsonReply } from "../../wire/reply";
import type { ServiceTasks } from "./service-tasks";
import { completeService, lostSettings } from "./settings";

/**
 * moto returns neither some settings of a service nor running tasks, deletes and never drains a service, lists deleted ones,
 * fails on one without security groups, and lacks service deployments; affects `aws_ecs_service` (differences in every
 * plan, and a `wait_for_steady_state` that does not end) and readers of deployments.
 */
export function services(tasks: ServiceTasks): Handlers {
  const settings = new Store<JsonObject>();
  const deleted = new Store<true>();

  const complete = (request: AwsRequest, service: JsonObject): JsonObject => {
    const arn = text(service.serviceArn);
    const completed = completeService(service, settings.of(request).get(arn));
    if (service.status !== "INACTIVE") return completed;
    const runningCount = tasks.ofService(request, arn).length;
    const status = runningCount > 0 ? "DRAINING" : "INACTIVE";
    return { ...completed, status, desiredCount: 0, runningCount, deployments: [] };
  };
  const update = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const input = parseJson(request.body);
    const reply = await forward({ body: JSON.stringify(withSecurityGroups(input)) });
    if (!isSuccess(reply)) return reply;
    const service = object(parseJson(reply.body).service);
    const arn = text(service.serviceArn);
    const before = request.operation === "CreateService" ? {} : settings.of(request).get(arn);
    settings.of(request).set(arn, { ...before, ...pick(input, lostSettings) });
    deleted.of(request).delete(arn);
    await tasks.reconcile(request, forward, service, input.forceNewDeployment === true);
    return editJson(reply, (body) => ({ ...body, service: complete(request, service) }));
  };

  return {
    CreateService: update,
    UpdateService: update,
    DeleteService: async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const service = object(parseJson(reply.body).service);
      const arn = text(service.serviceArn);
      const runningCount = tasks.ofService(request, arn).length;
      deleted.of(request).set(arn, true);
      await tasks.end(request, forward, arn);
      return editJson(reply, () => ({ service: { ...complete(request, service), status: "DRAINING", runningCount } }));
    },
    ListServiceDeployments: () => jsonReply({ serviceDeployments: [] }),
    DescribeServices: async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        services: objects(body.services).map((service) => complete(request, service)),
      })),
    // A service that drains is not listed any more: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
    ListServices: async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        serviceArns: list(body.serviceArns).filter((arn) => !deleted.of(request).has(text(arn))),
      })),
  };
}

// AWS takes the default security group of the VPC: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
function withSecurityGroups(input: JsonObject): JsonObject {
  const { awsvpcConfiguration } = object(input.networkConfiguration);
  if (awsvpcConfiguration === undefined) return input;
  const configuration = { securityGroups: [], ...object(awsvpcConfiguration) };
  return { ...input, networkConfiguration: { awsvpcConfiguration: configuration } };
}
