import { createHash } from "node:crypto";
import type { AwsRequest, Forward, Gap, Reply } from "../proxy/gap";
import { Store } from "../store";
import { formElements, formList, formObjects } from "../wire/form";
import { editXml } from "../wire/reply";
import { element, find, findAll, setChild, textOf, type Element } from "../wire/xml";

const monitoringSettings = ["MonitoringInterval", "MonitoringRoleArn", "PerformanceInsightsKMSKeyId"];
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
const defaultRetentionDays = "7";

/**
 * moto returns no source of a parameter, loses Performance Insights and enhanced monitoring, and returns the same resource id
 * for all instances, and the scaling of Serverless v1 for every cluster; affects `aws_db_parameter_group`,
 * `aws_rds_cluster_parameter_group`, `aws_rds_cluster`, `aws_rds_cluster_instance`, and a second `aws_db_instance`.
 */
export function rds(): Gap {
  const instances = new Store<URLSearchParams>();

  const parameters = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      for (const parameter of findAll(root, `${request.operation}Result`, "Parameters", "Parameter")) {
        if (!find(parameter, "Source")) setChild(parameter, element("Source", "user"));
      }
    });
  const complete = (request: AwsRequest, instance: Element): void => {
    const name = textOf(instance, "DBInstanceIdentifier").toLowerCase();
    const sent = latest(instances.of(request).get(name));
    setChild(instance, element("DbiResourceId", resourceId(request, name)));
    for (const field of formElements(sent, ...monitoringSettings)) setChild(instance, field);
    if (sent.get("EnablePerformanceInsights") !== "true") return;
    setChild(instance, element("PerformanceInsightsEnabled", "true"));
    const period = sent.get("PerformanceInsightsRetentionPeriod") ?? defaultRetentionDays;
    setChild(instance, element("PerformanceInsightsRetentionPeriod", period));
  };
  const update = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      const name = (request.form.get("DBInstanceIdentifier") ?? "").toLowerCase();
      const before = request.operation === "CreateDBInstance" ? undefined : instances.of(request).get(name);
      instances.of(request).set(name, new URLSearchParams([...(before ?? []), ...request.form]));
      for (const instance of findAll(root, `${request.operation}Result`, "DBInstance")) complete(request, instance);
    });

  const clusters = async (_: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      for (const cluster of findAll(root, "DescribeDBClustersResult", "DBClusters", "DBCluster")) {
        if (textOf(cluster, "EngineMode") === "serverless") continue;
        cluster.children = cluster.children.filter(({ name }) => name !== "ScalingConfigurationInfo");
      }
    });

  return {
    service: "rds",
    handlers: {
      DescribeDBParameters: parameters,
      DescribeDBClusterParameters: parameters,
      DescribeDBClusters: clusters,
      CreateDBInstance: update,
      ModifyDBInstance: update,
      DescribeDBInstances: async (request, forward) => {
        const filter = formObjects(request.form, "Filters").find((each) => each.get("Name") === "dbi-resource-id");
        const ids = filter && formList(filter, "Values");
        const body = ids && `Action=DescribeDBInstances&Version=${request.form.get("Version") ?? ""}`;
        return editXml(await forward(body === undefined ? {} : { body }), (root) => {
          const list = find(root, "DescribeDBInstancesResult", "DBInstances");
          if (!list) return;
          for (const instance of list.children) complete(request, instance);
          if (ids) list.children = list.children.filter((each) => ids.includes(textOf(each, "DbiResourceId")));
        });
      },
    },
  };
}

function resourceId({ account, region }: AwsRequest, name: string): string {
  const digest = createHash("sha256").update(`${account} ${region} ${name}`).digest("hex");
  return `db-${digest.slice(0, 26).toUpperCase()}`;
}

// A parameter that is sent again replaces the one before.
function latest(form: URLSearchParams | undefined): URLSearchParams {
  const last = new URLSearchParams();
  for (const [name, value] of form ?? []) last.set(name, value);
  return last;
}
