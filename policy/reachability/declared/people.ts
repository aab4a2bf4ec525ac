import type { Host } from "../model/hosts";
import type { Model } from "../model/model";
import { gatewayServices, internet } from "../parties";
import { meansToLeave } from "../way";
import type { Flow } from "./flow";
import { portOf, storePorts } from "./stores";

const sshPort = 22;
const httpsPort = 443;
const widestPrefix = 16;

/** People reach a server of their own, and by it the databases of the stage. */
export function flowsOfPeople(model: Model): readonly Flow[] {
  const servers = model.hosts.filter(({ type }) => type === "aws_instance");
  const endpoints = model.hosts.filter(({ type }) => type === "aws_ec2_instance_connect_endpoint");
  return servers.flatMap((server) => [
    ...endpoints.map(({ name: from }): Flow => ssh(from, server)),
    ...addressesLetIn(model, server).map((from): Flow => ssh(from, server)),
    ...toStores(model, server),
    ...toAws(model, server),
  ]);
}

function ssh(from: string, { name: to }: Host): Flow {
  return { from, to, port: sshPort, because: "sessions of people", required: !from.includes("/") };
}

/** Ranges that a rule names, as long as they are no larger than the 65,536 addresses of a company. */
function addressesLetIn({ rules }: Model, { groups }: Host): readonly string[] {
  return rules
    .filter(({ direction, group }) => direction === "ingress" && groups.includes(group))
    .flatMap(({ peer }) => ("range" in peer && prefixOf(peer.range) >= widestPrefix ? [peer.range] : []));
}

function prefixOf(range: string): number {
  return Number(range.split("/")[1]);
}

function toStores(model: Model, { name: from }: Host): readonly Flow[] {
  return model.hosts
    .filter(({ type }) => type in storePorts)
    .map(({ name: to }) => ({ from, to, port: portOf(model, to), because: "looks into data", required: true }));
}

function toAws(model: Model, server: Host): readonly Flow[] {
  const endpoints = model.endpoints.filter(({ tables }) => tables === undefined).map(({ name }) => name);
  const others = [...endpoints, ...gatewayServices(model), ...(meansToLeave(model, server) ? [internet] : [])];
  return others.map((to) => ({
    from: server.name,
    to,
    port: httpsPort,
    because: "sessions and packages",
    required: false,
  }));
}
