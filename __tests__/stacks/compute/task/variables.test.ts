import type { StageInput } from "../../../../schema";
import { containersOf } from "../../../fixtures/synthesized";
import { minimalJob, minimalService, minimalWorker, stackOf, stackWith, ingresses } from "../../../fixtures/stage";

function variablesOf(fields: object = {}, task?: string) {
  const services = { orders: { ...minimalService, ...fields }, sweep: minimalJob, mail: minimalWorker };
  const containers = containersOf(stackWith({ services }), task);
  return containers[task ?? "orders"]?.environment;
}

describe("a service's variables", () => {
  it("contain the port, the keep-alive and the stop timeout of a web service, in the order of names", () => {
    expect(variablesOf({ port: 9090, stopTimeoutSeconds: 45, environment: { ZONE: "z", AREA: "a" } })).toEqual([
      { name: "AREA", value: "a" },
      { name: "KEEP_ALIVE_SECONDS", value: "355" },
      { name: "PORT", value: "9090" },
      { name: "STOP_TIMEOUT_SECONDS", value: "45" },
      { name: "ZONE", value: "z" },
    ]);
  });

  it("contain a keep-alive longer than the load balancer's idle timeout", () => {
    const keepAlive = (ingress: StageInput["ingress"]) =>
      containersOf(stackOf({}, { ingress })).orders?.environment?.find(({ name }) => name === "KEEP_ALIVE_SECONDS");
    expect(keepAlive(ingresses.alb)?.value).toBe("65");
    expect(keepAlive(ingresses["rest-api via nlb"])?.value).toBe("355");
  });

  it("contain only the stop timeout of workers and jobs", () => {
    const stopping = [{ name: "STOP_TIMEOUT_SECONDS", value: "30" }];
    expect(variablesOf({}, "mail")).toEqual(stopping);
    expect(variablesOf({}, "sweep")).toEqual(stopping);
  });

  it("keep their text literally", () => {
    const text = 'a "b" \\ c\n$d %e é $$ {{x}} \t/';
    const { orders } = containersOf(stackOf({ environment: { MOTTO: text } }));
    expect(orders?.environment).toContainEqual({ name: "MOTTO", value: text });
  });
});

describe("a service's secrets", () => {
  const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
  const parameterArn = "arn:aws:ssm:us-east-1:111122223333:parameter/shop/stripe";

  it("are references to a whole secret, a key of one or a parameter, never values", () => {
    expect(
      containersOf(
        stackOf({ secrets: { WHOLE: { secretArn }, PART: { secretArn, key: "live" }, OTHER: { parameterArn } } }),
      ).orders?.secrets,
    ).toEqual([
      { name: "OTHER", valueFrom: parameterArn },
      { name: "PART", valueFrom: `${secretArn}:live::` },
      { name: "WHOLE", valueFrom: secretArn },
    ]);
    expect(containersOf(stackOf({})).orders).not.toHaveProperty("secrets");
  });
});
