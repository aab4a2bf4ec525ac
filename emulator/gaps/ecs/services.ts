import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import type { Times } from "../../time";
import { list, object, objects, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { editJson, jsonReply } from "../../wire/reply";
import { describe } from "./forward";
import { completeService, lostSettings } from "./settings";

interface Draining {
  readonly endsAt: number;
  readonly runningCount: number;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
const describedAtOnce = 10;

/**
 * moto returns neither some settings of a service nor running tasks, deletes and never drains a service, lists deleted ones,
 * fails on one without security groups, and lacks service deployments; affects `aws_ecs_service` (differences in every
 * plan, and a `wait_for_steady_state` that does not end) and readers of deployments.
 */
export function services({ drainingSeconds = 0, clock = Date.now }: Times): Handlers {
  const settings = new Store<JsonObject>();
  const deleted = new Store<Draining>();

  const complete = (request: AwsRequest, service: JsonObject): JsonObject => {
    const arn = text(service.serviceArn);
    const completed = completeService(service, settings.of(request).get(arn));
    if (service.status !== "INACTIVE") return completed;
    const draining = deleted.of(request).get(arn);
    const isDraining = draining !== undefined && draining.endsAt > clock();
    return {
      ...completed,
      ...(isDraining && { status: "DRAINING" }),
      desiredCount: 0,
      runningCount: isDraining ? draining.runningCount : 0,
      deployments: [],
    };
  };
  const update = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const input = parseJson(request.body);
    return editJson(await forward({ body: JSON.stringify(withSecurityGroups(input)) }), (body) => {
      const arn = text(object(body.service).serviceArn);
      const before = request.operation === "CreateService" ? {} : settings.of(request).get(arn);
      settings.of(request).set(arn, { ...before, ...pick(input, lostSettings) });
      return { ...body, service: complete(request, object(body.service)) };
    });
  };

  return {
    CreateService: update,
    UpdateService: update,
    DeleteService: async (request, forward) =>
      editJson(await forward(), (body) => {
        const service = object(body.service);
        const runningCount = Number(service.desiredCount);
        const endsAt = clock() + drainingSeconds * 1000;
        deleted.of(request).set(text(service.serviceArn), { endsAt, runningCount });
        return { service: { ...complete(request, service), status: "DRAINING", runningCount } };
      }),
    ListServiceDeployments: () => jsonReply({ serviceDeployments: [] }),
    DescribeServices: async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        services: objects(body.services).map((service) => complete(request, service)),
      })),
    ListServices: async (request, forward) => {
      const { cluster } = parseJson(request.body);
      const reply = await forward();
      const arns = list(parseJson(reply.body).serviceArns);
      const described: JsonObject[] = [];
      for (let start = 0; start < arns.length; start += describedAtOnce) {
        const input = { cluster, services: arns.slice(start, start + describedAtOnce) };
        described.push(...objects((await describe(forward, "DescribeServices", input)).services));
      }
      const existing = described.filter((service) => complete(request, service).status !== "INACTIVE");
      return editJson(reply, (body) => ({ ...body, serviceArns: existing.map(({ serviceArn }) => text(serviceArn)) }));
    },
  };
}

// AWS takes the default security group of the VPC: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
function withSecurityGroups(input: JsonObject): JsonObject {
  const { awsvpcConfiguration } = object(input.networkConfiguration);
  if (awsvpcConfiguration === undefined) return input;
  const configuration = { securityGroups: [], ...object(awsvpcConfiguration) };
  return { ...input, networkConfiguration: { awsvpcConfiguration: configuration } };
}
