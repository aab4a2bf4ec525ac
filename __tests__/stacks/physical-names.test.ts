import { z } from "zod";
import { minimalJob, minimalService, openNetwork as network, stackWith, ingresses } from "../fixtures/stage";

describe("the physical names of a stage", () => {
  it("are unique, also where a service, a queue and a job have similar names", () => {
    const web = (path: string) => ({ ...minimalService, routes: [`/${path}/*`], telemetry: {} });
    const logs = { driver: "firelens", destination: "s3" } as const;
    const stack = stackWith({
      network,
      ingress: ingresses.alb,
      data: {
        queues: { orders: { keep: true }, "orders-job": { keep: true } },
        tables: { orders: { keep: true, partitionKey: { name: "id", type: "string" } } },
      },
      services: {
        web: {
          ...web("web"),
          enableExecuteCommand: true,
          readonlyRootFilesystem: false,
          tasks: { migrate: { command: ["node"] } },
        },
        "web-task": web("task"),
        "web-metrics": web("metrics"),
        sessions: web("sessions"),
        access: { ...web("access"), logs, size: { cpu: 512, memoryMiB: 1024 } },
        orders: minimalJob,
        "orders-job": minimalJob,
      },
    });
    const named = z
      .object({ name: z.string(), bucket: z.string(), family: z.string(), alarm_name: z.string() })
      .partial();
    const names = Object.entries(stack.json.resource)
      // The name of an inline policy needs to be unique only in its role.
      .filter(([type]) => type !== "aws_iam_role_policy")
      .flatMap(([type, all]) =>
        Object.values(all).flatMap((each) => {
          const { bucket, ...others } = named.parse(each);
          const own = [...Object.values(others), ...(type === "aws_s3_bucket" ? [bucket] : [])];
          return own.map((name) => `${type} ${String(name)}`);
        }),
      );
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((each, index) => names.indexOf(each) !== index)).toEqual([]);
  });
});
