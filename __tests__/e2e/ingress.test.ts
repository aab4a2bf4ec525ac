import { answerOfHttpApi, answerOfRestApi } from "./aws/apis";
import { clientsOf, type Clients } from "./aws/clients";
import { connectionsOf } from "./aws/connections";
import { LoadBalancers } from "./aws/load-balancers";
import { logsOf } from "./aws/logs";
import { Sandbox } from "./sandbox";
import { egresses, servicesOf, ingressOf, ingressNames } from "./ingress-combinations";

const combinations = Object.entries(egresses).flatMap(([egressName, { variant, egress }]) =>
  ingressNames.map((ingressName) => {
    const stage = `${ingressName}${egressName}`;
    return {
      ingressName,
      egressName,
      variant,
      stage,
      ingress: ingressOf(ingressName, stage, variant),
      egress,
      data: ingressName === "nlb" && variant === "rich" ? { uploads: { forceDelete: true, keep: true } } : {},
      services: servicesOf(ingressName, variant),
    };
  }),
);
type Combination = (typeof combinations)[number];
const stackOf = ({ stage }: Combination) => `${stage}-us-east-1`;

// The service that each request is routed to; with authorization, every route but the public ones requires it.
const requests = [
  ["GET /orders", "orders"],
  ["DELETE /orders/7/lines", "orders"],
  ["GET /health", "orders"],
  ["POST /users", "users"],
  ["GET /users/7", "users"],
  ["PATCH /users/7", "404"],
  ["GET /nothing", "404"],
] as const;

const terraformRuns = 5;

describe("every kind of ingress with every kind of egress", () => {
  let sandbox: Sandbox;
  let aws: Clients;
  const plans = new Map<string, string>();

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    aws = clientsOf(sandbox.emulator.endpoint, "us-east-1");
    combinations.forEach((combination, index) => {
      sandbox.write(`config/dev/${combination.stage}/us-east-1-${combination.stage}.ts`, stageFile(combination, index));
    });
    await sandbox.synthesize();
    const waiting = combinations.map(stackOf);
    const deployer = async () => {
      for (let stack = waiting.shift(); stack !== undefined; stack = waiting.shift()) {
        plans.set(stack, await deploy(stack));
        await sandbox.stopProvider(stack);
      }
    };
    await Promise.all(Array.from({ length: terraformRuns }, deployer));
  });
  afterAll(() => sandbox.stop());

  /** Deploys a stack, and returns the error, or the last lines of a second plan. */
  const deploy = async (stack: string): Promise<string> => {
    try {
      await sandbox.deploy(stack);
    } catch (error) {
      return String(error);
    }
    const { output } = await sandbox.tryTerraform(stack, ["plan", "-detailed-exitcode", "-input=false"]);
    return output.split("\n").slice(-40).join("\n");
  };

  const answers = (combination: Combination, request: string) => {
    const [method = "", path = ""] = request.split(" ");
    const balancers = new LoadBalancers(aws, `appname-ecs-cluster-${combination.stage}`);
    const name = `appname-api-${combination.stage}`;
    switch (combination.ingress.kind) {
      case "rest-api":
        return answerOfRestApi(aws, balancers, name, method, path);
      case "http-api":
        return answerOfHttpApi(aws, balancers, name, method, path);
      default:
        return balancers.answerIn(combination.stage, 443, method, path);
    }
  };

  describe.each(
    combinations.map((combination) => [combination.ingressName, combination.egressName, combination] as const),
  )("%s and %s", (ingressName, egressName, combination) => {
    const { stage, variant } = combination;

    it("plans nothing more", () => {
      expect(plans.get(stackOf(combination))).toContain("No changes.");
    });

    it("routes requests to their services", async () => {
      const guard =
        variant === "plain" || ingressName === "tls" ? "" : ingressName === "alb" ? ", signed in" : ", authorized";
      for (const [request, service] of requests) {
        const isOpen = request === "GET /health" || service === "404";
        const key = request === "POST /users" && variant === "rich" && ingressName === "nlb" ? ", with a key" : "";
        const expected = ingressName === "tls" ? "orders" : `${service}${isOpen ? "" : guard}${key}`;
        expect(`${request}: ${await answers(combination, request)}`).toBe(`${request}: ${expected}`);
      }
    });

    it("allows exactly these connections, by egress and by ingress rules", async () => {
      const connections = await connectionsOf(aws, stage);
      const dualStack = variant === "rich" && (ingressName === "alb" || ingressName === "tls");
      const expected = [
        ...ingressConnections(ingressName, dualStack),
        ...(ingressName === "alb" && variant === "rich" ? ["alb -> 0.0.0.0/0 : 443"] : []),
        ...egressConnections(ingressName, egressName),
      ];
      const within = (connection: string) => !/0\.0\.0\.0|::/.test(connection);
      const arrives = (connection: string) => !/-> (s3|0\.0\.0\.0\/0)/.test(connection);
      expect(connections.egress).toEqual(
        expected.filter((connection) => within(connection) || !arrives(connection)).sort(),
      );
      expect(connections.ingress).toEqual(expected.filter(arrives).sort());
    });

    it("writes its logs", async () => {
      const front = combination.ingress.kind === "alb" || combination.ingress.kind === "nlb" ? "load balancer" : "API";
      expect(await logsOf(aws, stage)).toEqual(["network", front, ...("waf" in combination.ingress ? ["WAF"] : [])]);
    });
  });

  it("answers uploads, preflight requests and plain HTTP without a service", async () => {
    const find = (stage: string) => combinations.find((each) => each.stage === stage) ?? combinations[0];
    const guarded = find("nlbnat");
    expect(guarded && (await answers(guarded, "PUT /upload/picture.png"))).toBe("bucket, authorized");
    expect(guarded && (await answers(guarded, "OPTIONS /orders"))).toBe("API Gateway");
    const balancers = new LoadBalancers(aws, "appname-ecs-cluster-albends");
    expect(await balancers.answerIn("albends", 80, "GET", "/orders")).toBe("redirect to HTTPS");
  });

  it("sends the emulated AWS no request that it does not support", () => {
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});

function ingressConnections(ingressName: string, dualStack: boolean): string[] {
  const callers = dualStack ? ["0.0.0.0/0", "::/0"] : ["0.0.0.0/0"];
  const fromAlb = ["alb -> orders : 8080", "alb -> users : 8081"];
  const byIngress: Readonly<Record<string, string[]>> = {
    nlb: ["load-balancer -> orders : 8080", "load-balancer -> users : 8081"],
    both: ["load-balancer -> alb : 80", ...fromAlb],
    http: ["vpc-link -> alb : 80", ...fromAlb],
    alb: [...callers.flatMap((caller) => [`${caller} -> alb : 443`, `${caller} -> alb : 80`]), ...fromAlb],
    tls: [...callers.map((caller) => `${caller} -> load-balancer : 443`), "load-balancer -> orders : 8080"],
  };
  return byIngress[ingressName] ?? [];
}

function egressConnections(ingressName: string, egressName: string): string[] {
  const services = ingressName === "tls" ? ["orders"] : ["orders", "users"];
  const to = egressName === "ends" ? ["s3", "vpc-endpoints"] : ["s3", "0.0.0.0/0"];
  return services.flatMap((service) => to.map((peer) => `${service} -> ${peer} : 443`));
}

function stageFile({ stage, ingress, egress, data, services }: Combination, index: number): string {
  const content = {
    stage,
    region: "us-east-1",
    state: { backend: "local" },
    network: { cidr: `10.${100 + index}.0.0/16`, zones: ["us-east-1a", "us-east-1b"], egress },
    data,
    services,
    ingress,
  };
  return `import { defaults } from "../defaults";\nexport default { ...defaults, ...${JSON.stringify(content)} };\n`;
}
