import { DescribeServicesCommand, ListServicesCommand } from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type Action,
  type RuleCondition,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { loadBalancerNamePrefix } from "../../../stacks/naming";
import type { Clients } from "./clients";

/** Who answers a request in the end: a service by its name, or a status. */
export type Answer = string;

/** Follows requests from load balancers to the services behind them. */
export class LoadBalancers {
  constructor(
    private readonly clients: Clients,
    private readonly cluster: string,
  ) {}

  /** What answers on a port of the one load balancer of a stage. */
  public async answerIn(stage: string, port: number, method: string, path: string): Promise<Answer> {
    const { LoadBalancers: all = [] } = await this.clients.elb.send(new DescribeLoadBalancersCommand({}));
    const balancer = all.find(({ LoadBalancerName }) => LoadBalancerName?.startsWith(loadBalancerNamePrefix(stage)));
    return this.throughPort(required(balancer?.LoadBalancerArn, `a load balancer of ${stage}`), port, method, path);
  }

  /** What answers on a port of the load balancer of a host name. */
  public async answerOf(host: string, port: number, method: string, path: string): Promise<Answer> {
    const { LoadBalancers: all = [] } = await this.clients.elb.send(new DescribeLoadBalancersCommand({}));
    const balancer = all.find(({ DNSName }) => DNSName === host);
    return this.throughPort(required(balancer?.LoadBalancerArn, `a load balancer ${host}`), port, method, path);
  }

  /** What answers behind a listener of an ALB. */
  public async throughListener(listener: string, method: string, path: string): Promise<Answer> {
    const { Rules = [] } = await this.clients.elb.send(new DescribeRulesCommand({ ListenerArn: listener }));
    const place = ({ Priority }: { Priority?: string }) => (Priority === "default" ? Infinity : Number(Priority));
    const rule = Rules.toSorted((one, other) => place(one) - place(other)).find(({ Conditions = [] }) =>
      Conditions.every((condition) => holds(condition, method, path)),
    );
    return this.through(rule?.Actions ?? [], method, path);
  }

  private async throughPort(balancer: string, port: number, method: string, path: string): Promise<Answer> {
    const request = new DescribeListenersCommand({ LoadBalancerArn: balancer });
    const { Listeners = [] } = await this.clients.elb.send(request);
    const listener = Listeners.find(({ Port }) => Port === port);
    const arn = required(listener?.ListenerArn, `a listener on ${port}`);
    const isNlb = listener?.Protocol === "TCP" || listener?.Protocol === "TLS";
    return isNlb ? this.through(listener.DefaultActions ?? [], method, path) : this.throughListener(arn, method, path);
  }

  private async through(actions: readonly Action[], method: string, path: string): Promise<Answer> {
    const signedIn = actions.some(({ Type }) => Type === "authenticate-cognito") ? ", signed in" : "";
    const last = actions.toSorted((one, other) => (one.Order ?? 0) - (other.Order ?? 0)).at(-1);
    if (last?.FixedResponseConfig !== undefined) return String(last.FixedResponseConfig.StatusCode);
    if (last?.RedirectConfig !== undefined) return `redirect to ${last.RedirectConfig.Protocol ?? ""}`;
    const group = required(last?.TargetGroupArn, "a target group");
    const request = new DescribeTargetGroupsCommand({ TargetGroupArns: [group] });
    const { TargetGroups: [described] = [] } = await this.clients.elb.send(request);
    if (described?.TargetType !== "alb") return `${await this.serviceOf(group)}${signedIn}`;
    const { TargetHealthDescriptions: [health] = [] } = await this.clients.elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group }),
    );
    return this.throughPort(required(health?.Target?.Id, "an ALB as target"), health?.Target?.Port ?? 0, method, path);
  }

  /** The service whose tasks join a target group, on the port that its container has. */
  private async serviceOf(targetGroup: string): Promise<string> {
    const { cluster } = this;
    const { serviceArns = [] } = await this.clients.ecs.send(new ListServicesCommand({ cluster }));
    const { services = [] } = await this.clients.ecs.send(
      new DescribeServicesCommand({ cluster, services: serviceArns }),
    );
    const joined = services.flatMap(({ loadBalancers = [] }) => loadBalancers);
    return required(joined.find(({ targetGroupArn }) => targetGroupArn === targetGroup)?.containerName, "a service");
  }
}

function holds(condition: RuleCondition, method: string, path: string): boolean {
  const values = condition.Values ?? [];
  const { PathPatternConfig, HttpRequestMethodConfig } = condition;
  switch (condition.Field) {
    case "path-pattern":
      return (PathPatternConfig?.Values ?? values).some((pattern) => wildcards(pattern).test(path));
    case "http-request-method":
      return (HttpRequestMethodConfig?.Values ?? values).includes(method);
    // The rule that associates a target group with its load balancer has an address that no request comes from.
    case "source-ip":
      return !(condition.SourceIpConfig?.Values ?? values).includes("255.255.255.255/32");
    default:
      throw new Error(`a rule has a condition on ${condition.Field ?? "nothing"}`);
  }
}

function wildcards(pattern: string): RegExp {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

export function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the emulated AWS has not ${what}`);
  return value;
}
