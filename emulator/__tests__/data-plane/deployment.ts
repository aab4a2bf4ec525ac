import { join } from "node:path";
import {
  ACMClient,
  DescribeCertificateCommand,
  RequestCertificateCommand,
  waitUntilCertificateValidated,
} from "@aws-sdk/client-acm";
import { EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type ContainerDefinition,
  type CreateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  type Action,
  type CreateTargetGroupCommandInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { ChangeResourceRecordSetsCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { z } from "zod";
import type { TaskCommands } from "../..";
import type { RunningEmulator } from "../running-emulator";
import { containerPort, createNetwork, type Network } from "./network";

/** Runs a program that answers with what it received, for the image of `Deployment.service`. */
export const echoCommands: TaskCommands = {
  "shop/echo": { command: [process.execPath, join(__dirname, "echo.mjs")] },
};

/** What an execution role needs for secrets, parameters and logs. */
export const executionActions = [
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameters",
];

const echo = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  environment: z.record(z.string(), z.string()),
  pid: z.number(),
});

/** What the program of `echoCommands` received and runs with. */
export async function echoed(response: Response): Promise<z.infer<typeof echo>> {
  const text = await response.text();
  if (!text.startsWith("{"))
    throw new Error(`${response.status} ${response.headers.get("x-emulator-reason") ?? ""} ${text}`);
  return echo.parse(JSON.parse(text));
}

/** A part of a load balancer that the tests need. */
export interface DeployedBalancer {
  readonly arn: string;
  readonly dnsName: string;
  readonly listenerArn: string;
}

/** What a load balancer of the tests may have. */
export interface BalancerSettings {
  /** @default "application" */
  readonly type?: "application" | "network";
  /** Port of its listener. @default 80 */
  readonly port?: number;
  /** @default "internet-facing" */
  readonly scheme?: "internet-facing" | "internal";
}

/** Creates what the data plane's tests send requests through. */
export class Deployment {
  private created: Promise<Network> | undefined;
  private count = 0;

  public constructor(private readonly aws: RunningEmulator) {}

  public get elb(): ElasticLoadBalancingV2Client {
    return new ElasticLoadBalancingV2Client(this.aws.client());
  }

  public get ecs(): ECSClient {
    return new ECSClient(this.aws.client());
  }

  /** The network of everything that this creates. */
  public get network(): Promise<Network> {
    this.created ??= createNetwork(new EC2Client(this.aws.client()));
    return this.created;
  }

  /** A load balancer in the default VPC with one listener. */
  public async balancer(
    name: string,
    actions: Action[],
    { type = "application", port = 80, scheme = "internet-facing" }: BalancerSettings = {},
  ): Promise<DeployedBalancer> {
    const { subnets, balancerGroup } = await this.network;
    const created = await this.elb.send(
      new CreateLoadBalancerCommand({
        Name: name,
        Type: type,
        Scheme: scheme,
        Subnets: subnets.slice(0, 2),
        SecurityGroups: [balancerGroup],
      }),
    );
    const { LoadBalancerArn: arn = "", DNSName: dnsName = "" } = created.LoadBalancers?.[0] ?? {};
    const listener = await this.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn,
        Port: port,
        Protocol: type === "application" ? "HTTP" : "TCP",
        DefaultActions: actions,
      }),
    );
    return { arn, dnsName, listenerArn: listener.Listeners?.[0]?.ListenerArn ?? "" };
  }

  /** ARN of a target group for tasks. */
  public async targetGroup(name: string, settings: Partial<CreateTargetGroupCommandInput> = {}): Promise<string> {
    const created = await this.elb.send(
      new CreateTargetGroupCommand({
        Name: name,
        Protocol: "HTTP",
        Port: containerPort,
        VpcId: await this.vpc(),
        TargetType: "ip",
        ...settings,
      }),
    );
    return created.TargetGroups?.[0]?.TargetGroupArn ?? "";
  }

  /** ARN of a task definition with a container named "web", and others. */
  public async taskDefinition(
    container: Partial<ContainerDefinition> = {},
    taskRoleArn?: string,
    others: ContainerDefinition[] = [],
  ): Promise<string> {
    const registered = await this.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "echo",
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: "256",
        memory: "512",
        taskRoleArn,
        executionRoleArn: taskRoleArn,
        containerDefinitions: [
          {
            name: "web",
            image: "public.example/shop/echo:1",
            portMappings: [{ containerPort }],
            ...container,
          },
          ...others,
        ],
      }),
    );
    return registered.taskDefinition?.taskDefinitionArn ?? "";
  }

  /** A service whose tasks are the targets of a target group; its name. */
  public async service(
    targetGroupArn: string,
    taskDefinition: string,
    settings: Partial<CreateServiceCommandInput> = {},
  ): Promise<string> {
    const loadBalancers = [{ targetGroupArn, containerName: "web", containerPort }];
    const input = { ...(await this.serviceInput(taskDefinition)), loadBalancers, ...settings };
    await this.ecs.send(new CreateServiceCommand(input));
    return input.serviceName;
  }

  /** Input of CreateService, for a service without targets. */
  public async serviceInput(
    taskDefinition: string,
  ): Promise<CreateServiceCommandInput & { readonly serviceName: string }> {
    await this.ecs.send(new CreateClusterCommand({ clusterName: "main" }));
    const { serviceGroup } = await this.network;
    return {
      cluster: "main",
      serviceName: `echo-${this.count++}`,
      taskDefinition,
      desiredCount: 1,
      launchType: "FARGATE",
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [await this.subnet()], securityGroups: [serviceGroup] },
      },
    };
  }

  /** Id of a subnet of the default VPC. */
  public async subnet(): Promise<string> {
    return (await this.network).subnets[0] ?? "";
  }

  /** Id of the default VPC. */
  public async vpc(): Promise<string> {
    return (await this.network).vpc;
  }

  /** Id of a hosted zone. */
  public async zone(name: string): Promise<string> {
    const { HostedZones = [] } = await new Route53Client(this.aws.client()).send(new ListHostedZonesCommand({}));
    return HostedZones.find((zone) => zone.Name === name)?.Id?.replace("/hostedzone/", "") ?? "";
  }

  /** ARN of a role for tasks, which may do these actions on everything. */
  public async taskRole(name = "task", actions: readonly string[] = executionActions): Promise<string> {
    const iam = new IAMClient(this.aws.client());
    const trust = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
    const created = await iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: policyDocument(trust) }),
    );
    if (actions.length > 0) {
      const PolicyDocument = policyDocument({ Effect: "Allow", Action: actions, Resource: "*" });
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: name, PolicyDocument }));
    }
    return created.Role?.Arn ?? "";
  }

  /** ARN of a certificate for a name in a hosted zone, with its validation record. */
  public async certificate(DomainName: string, zone: string): Promise<string> {
    const acm = new ACMClient(this.aws.client());
    const requested = await acm.send(new RequestCertificateCommand({ DomainName, ValidationMethod: "DNS" }));
    const { CertificateArn = "" } = requested;
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    const { Name, Value } = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord ?? {};
    const ResourceRecordSet = { Name, Type: "CNAME" as const, TTL: 60, ResourceRecords: [{ Value }] };
    await new Route53Client(this.aws.client()).send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: await this.zone(zone),
        ChangeBatch: { Changes: [{ Action: "UPSERT", ResourceRecordSet }] },
      }),
    );
    await waitUntilCertificateValidated({ client: acm, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { CertificateArn });
    return CertificateArn;
  }
}

function policyDocument(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
