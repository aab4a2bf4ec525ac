import { text } from "../../wire/json";
import { numberOf } from "../../documents/values";
import type { Rule } from "../rule";
import { trustsService } from "../trust";
import { instanceNamed, reference, service } from "./databases";

/** Rules on the role with which RDS writes metrics of Enhanced Monitoring. */
export const monitoring: readonly Rule[] = [
  {
    name: "db-monitoring-role-trust",
    service,
    operations: ["CreateDBInstance", "ModifyDBInstance", "CreateDBCluster", "ModifyDBCluster"],
    code: "InvalidParameterValue",
    rule: "The role of Enhanced Monitoring must trust monitoring.rds.amazonaws.com.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html",
    refuse: async (call) => {
      const { MonitoringRoleArn, DBInstanceIdentifier, DBClusterIdentifier } = call.input;
      const arn = text(MonitoringRoleArn);
      const instance = text(DBInstanceIdentifier);
      const source = instance === "" ? `cluster:${text(DBClusterIdentifier)}` : `db:${instance}`;
      return arn === "" || (await trustsService(call, arn, "monitoring.rds.amazonaws.com", { source, service }))
        ? undefined
        : "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING";
    },
  },
  {
    name: "db-monitoring-without-role",
    service,
    operations: ["ModifyDBInstance"],
    code: "InvalidParameterCombination",
    rule: "A DB instance with Enhanced Monitoring has a role for it, also when only the interval changes.",
    source: `${reference}/API_ModifyDBInstance.html`,
    refuse: async (call) => {
      const { MonitoringInterval, MonitoringRoleArn, DBInstanceIdentifier } = call.input;
      if ((numberOf(MonitoringInterval) ?? 0) === 0 || text(MonitoringRoleArn) !== "") return undefined;
      const instance = await instanceNamed(call, DBInstanceIdentifier);
      return instance && text(instance.MonitoringRoleArn) === ""
        ? "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0."
        : undefined;
    },
  },
];
