import type { Host } from "../model/hosts";
import type { Model } from "../model/model";
import { gatewayServices, internet, vpcOf } from "../parties";
import { taskTypes } from "../model/placements";
import { meansToLeave, subnetsWithoutGateway } from "../way";
import type { Flow } from "./flow";
import { taskText } from "./task-text";

/** For a task's image, of which S3 keeps the layers, and its logs: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
const servicesOfTasks = ["ecr.api", "ecr.dkr", "logs", "s3"];

/** Services that a task needs when its definition mentions one of these. */
const servicesByMention: Readonly<Record<string, RegExp>> = {
  secretsmanager: /:secretsmanager:|\baws_secretsmanager_secret|\bmaster_user_secret\b/,
  ssm: /:ssm:|\baws_ssm_parameter\b/,
};

const port = 443;

/** What tasks need of AWS: each service by the way on which packets to its name set out. */
export function flowsToAws(model: Model): readonly Flow[] {
  return model.hosts.filter(({ type }) => taskTypes.includes(type)).flatMap((task) => flowsOf(model, task));
}

function flowsOf(model: Model, task: Host): readonly Flow[] {
  const from = task.name;
  const hops = servicesOf(model, task).map((service) => ({ service, to: firstHop(model, task, service) }));
  const needed = [...new Set(hops.map(({ to }) => to))].map((to): Flow => {
    const services = hops.filter((hop) => hop.to === to).map(({ service }) => service);
    return { from, to, port, because: `needs ${services.join(", ")}`, required: true };
  });
  const endpoints = model.endpoints.filter(({ tables }) => tables === undefined);
  const usable = [...endpoints.map(({ name }) => name), ...gatewayServices(model)];
  const may = (to: string, required = false): Flow => ({ from, to, port, because: "uses other services", required });
  return [...needed, ...usable.map((to) => may(to)), ...(meansToLeave(model, task) ? [may(internet, true)] : [])];
}

function servicesOf(model: Model, task: Host): readonly string[] {
  const text = taskText(model, task);
  const mentioned = Object.entries(servicesByMention).filter(([, mention]) => mention.test(text));
  return [...servicesOfTasks, ...mentioned.map(([service]) => service)];
}

/** An interface endpoint takes the service's name, a gateway endpoint its routes, else a default route takes all. */
function firstHop(model: Model, task: Host, service: string): string {
  const vpc = vpcOf(model, task);
  const endpoint = model.endpoints.find((each) => each.service === service && each.vpc === vpc && each.answersName);
  if (endpoint !== undefined && endpoint.tables === undefined) return endpoint.name;
  const byGateway = subnetsWithoutGateway(model, task, service).length < task.subnets.length;
  return byGateway || !meansToLeave(model, task) ? service : internet;
}
