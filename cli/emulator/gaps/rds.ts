import type { AwsRequest, Forward, Gap, Reply } from "../proxy/gap";
import { editXml, isSuccess } from "../wire/edit";
import { formElements } from "../wire/form";
import { Memory } from "../wire/memory";
import { element, find, findAll, setChild, textOf } from "../wire/xml";

const kept = ["MonitoringInterval", "MonitoringRoleArn", "PerformanceInsightsKMSKeyId"];
const week = "7";

/**
 * moto does not say that a parameter was set by its user, and forgets Performance Insights and enhanced monitoring; shown
 * by `aws_db_parameter_group`, `aws_rds_cluster_parameter_group`, `aws_db_instance` and `aws_rds_cluster_instance`.
 */
export function rds(): Gap {
  const instances = new Memory<URLSearchParams>();

  const parameters = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      for (const parameter of findAll(root, `${request.operation}Result`, "Parameters", "Parameter")) {
        if (!find(parameter, "Source")) setChild(parameter, element("Source", "user"));
      }
    });
  const change = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const reply = await forward();
    if (!isSuccess(reply)) return reply;
    const name = (request.form.get("DBInstanceIdentifier") ?? "").toLowerCase();
    const before = request.operation === "CreateDBInstance" ? undefined : instances.of(request).get(name);
    instances.of(request).set(name, new URLSearchParams([...(before ?? []), ...request.form]));
    return reply;
  };

  return {
    service: "rds",
    handlers: {
      DescribeDBParameters: parameters,
      DescribeDBClusterParameters: parameters,
      CreateDBInstance: change,
      ModifyDBInstance: change,
      DescribeDBInstances: async (request, forward) =>
        editXml(await forward(), (root) => {
          for (const instance of findAll(root, "DescribeDBInstancesResult", "DBInstances", "DBInstance")) {
            const sent = latest(instances.of(request).get(textOf(instance, "DBInstanceIdentifier").toLowerCase()));
            for (const field of formElements(sent, ...kept)) setChild(instance, field);
            if (sent.get("EnablePerformanceInsights") !== "true") continue;
            setChild(instance, element("PerformanceInsightsEnabled", "true"));
            const period = sent.get("PerformanceInsightsRetentionPeriod") ?? week;
            setChild(instance, element("PerformanceInsightsRetentionPeriod", period));
          }
        }),
    },
  };
}

// What is sent again replaces what was sent before.
function latest(form: URLSearchParams | undefined): URLSearchParams {
  const last = new URLSearchParams();
  for (const [name, value] of form ?? []) last.set(name, value);
  return last;
}
