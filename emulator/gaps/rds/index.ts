import type { AwsRequest, Forward, Gap, Handler, Reply, RequestChanges } from "../../proxy/gap";
import { defaultVersion } from "../../rules/rds/default-version";
import { Store } from "../../store";
import type { Times } from "../../time";
import { formList, formObjects } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";
import type { MaintenanceWindow } from "../maintenance-window";
import { Transitions } from "../transitions";
import { PendingChanges, type Applied } from "./changes";
import { ClusterSettings } from "./cluster-settings";
import { eventSubscriptionHandlers } from "./event-subscriptions";
import { InstanceSettings } from "./instance-settings";
import { optionGroups } from "./option-groups";
import { parameterHandlers } from "./parameters";
import { clusterKind, instanceKind } from "./pending";
import { PromotedReplicas } from "./promoted-replicas";
import { proxyHandlers } from "./proxies";
import { restoreCluster, restoreClusterInTime, restoredInstance, restoreInstance } from "./restore";
import { subnetGroupHandlers } from "./subnet-groups";

/**
 * moto makes every change at once, creates databases of past versions, loses Performance Insights, enhanced monitoring and
 * changes of a cluster's IAM authentication and logs, and returns the same resource id for all instances, and the scaling of
 * Serverless v1 for every cluster; affects `aws_db_parameter_group`, `aws_rds_cluster_parameter_group`, `aws_rds_cluster`,
 * `aws_rds_cluster_instance`, and `aws_db_instance`.
 */
export function rds(window: MaintenanceWindow, { databaseSeconds = 0, clock }: Times): Gap {
  const settings = new InstanceSettings();
  const clusterSettings = new ClusterSettings();
  const promoted = new PromotedReplicas();
  const waitingForReboot = new Store<boolean>();
  const transitions = new Transitions(databaseSeconds, clock);
  const pendingInstances = new PendingChanges({ type: "DBInstance", kind: instanceKind });
  const pendingClusters = new PendingChanges({ type: "DBCluster", kind: clusterKind });
  window.register("rds", () => [...pendingClusters.due(), ...pendingInstances.due()]);

  const completeInstance = (request: AwsRequest, instance: Element): void => {
    const name = textOf(instance, "DBInstanceIdentifier").toLowerCase();
    settings.complete(request, instance);
    pendingInstances.complete(request, instance);
    promoted.complete(request, instance);
    const state = transitions.of(request, `db ${name}`);
    if (state !== undefined) setChild(instance, element("DBInstanceStatus", state));
    if (!waitingForReboot.of(request).get(name)) return;
    for (const group of findAll(instance, "DBParameterGroups", "DBParameterGroup")) {
      setChild(group, element("ParameterApplyStatus", "pending-reboot"));
    }
  };
  const completeCluster = (request: AwsRequest, cluster: Element): void => {
    if (textOf(cluster, "EngineMode") !== "serverless") {
      cluster.children = cluster.children.filter(({ name }) => name !== "ScalingConfigurationInfo");
    }
    clusterSettings.complete(request, cluster);
    pendingClusters.complete(request, cluster);
    const state = transitions.of(request, `cluster ${textOf(cluster, "DBClusterIdentifier").toLowerCase()}`);
    if (state !== undefined) setChild(cluster, element("Status", state));
  };
  const editInstances = (request: AwsRequest, reply: Reply): Reply =>
    editXml(reply, (root) => {
      for (const instance of listed(root, request, "DBInstance")) completeInstance(request, instance);
    });
  const editClusters = (request: AwsRequest, reply: Reply): Reply =>
    editXml(reply, (root) => {
      for (const cluster of listed(root, request, "DBCluster")) completeCluster(request, cluster);
    });
  const onInstanceApplied = (request: AwsRequest, { name, form, isRestart, before }: Applied): void => {
    const group = form.get("DBParameterGroupName");
    const isSame =
      group === null || group === textOf(before, "DBParameterGroups", "DBParameterGroup", "DBParameterGroupName");
    if (isRestart) waitingForReboot.of(request).delete(name);
    else if (!isSame) waitingForReboot.of(request).set(name, true);
    transitions.begin(request, `db ${name}`, "modifying");
    settings.change(request, name, form);
    promoted.rename(request, name, form.get("NewDBInstanceIdentifier") ?? name);
  };
  const modifyInstance = pendingInstances.modify(onInstanceApplied);
  const modifyCluster = pendingClusters.modify((request, applied) => {
    clusterSettings.change(request, applied);
    transitions.begin(request, `cluster ${applied.name}`, "modifying");
  });
  const create =
    (type: string, edit: (request: AwsRequest, reply: Reply) => Reply): Handler =>
    async (request, forward) => {
      const reply = await forward(withVersion(request));
      if (!isSuccess(reply)) return reply;
      const isInstance = type === "Instance";
      const written = isInstance ? restoredInstance(request.form) : request.form.get("DBClusterIdentifier");
      const name = (written ?? "").toLowerCase();
      transitions.begin(request, `${isInstance ? "db" : "cluster"} ${name}`, "creating");
      if (isInstance) settings.create(request, name);
      return edit(request, reply);
    };
  const waitForReboot = async (request: AwsRequest, forward: Forward): Promise<void> => {
    const group = request.form.get("DBParameterGroupName");
    if (group === null) return;
    const body = `Action=DescribeDBInstances&Version=${request.form.get("Version") ?? ""}`;
    const root = parseXml((await forward({ body })).body);
    for (const instance of findAll(root, "DescribeDBInstancesResult", "DBInstances", "DBInstance")) {
      const isUser = textOf(instance, "DBParameterGroups", "DBParameterGroup", "DBParameterGroupName") === group;
      if (isUser) waitingForReboot.of(request).set(textOf(instance, "DBInstanceIdentifier").toLowerCase(), true);
    }
  };
  const remove =
    (pending: PendingChanges): Handler =>
    async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      pending.forget(request);
      if (pending === pendingClusters) clusterSettings.forget(request);
      const name = request.form.get("DBInstanceIdentifier");
      if (name === null) return reply;
      waitingForReboot.of(request).delete(name.toLowerCase());
      promoted.forget(request, name);
      return reply;
    };

  return {
    service: "rds",
    handlers: {
      ...parameterHandlers(waitForReboot),
      ...subnetGroupHandlers,
      ...eventSubscriptionHandlers,
      ...proxyHandlers(),
      CreateDBInstance: create("Instance", editInstances),
      ...optionGroups(),
      CreateDBCluster: clusterSettings.create(create("Cluster", editClusters)),
      RestoreDBInstanceFromDBSnapshot: (request, forward) =>
        create("Instance", editInstances)(request, () => restoreInstance(request, forward)),
      RestoreDBInstanceToPointInTime: (request, forward) =>
        create("Instance", editInstances)(request, () => restoreInstance(request, forward)),
      RestoreDBClusterFromSnapshot: clusterSettings.create((request, forward) =>
        create("Cluster", editClusters)(request, () => restoreCluster(request, forward)),
      ),
      RestoreDBClusterToPointInTime: clusterSettings.create((request, forward) =>
        create("Cluster", editClusters)(request, () => restoreClusterInTime(request, forward)),
      ),
      ModifyDBInstance: async (request, forward) => editInstances(request, await modifyInstance(request, forward)),
      ModifyDBCluster: async (request, forward) => editClusters(request, await modifyCluster(request, forward)),
      DeleteDBInstance: remove(pendingInstances),
      DeleteDBCluster: remove(pendingClusters),
      RebootDBInstance: async (request, forward) => {
        const reply = await forward();
        const name = (request.form.get("DBInstanceIdentifier") ?? "").toLowerCase();
        if (isSuccess(reply)) waitingForReboot.of(request).delete(name);
        return editInstances(request, reply);
      },
      PromoteReadReplica: async (request, forward) => {
        const reply = await forward();
        if (isSuccess(reply)) promoted.add(request, request.form.get("DBInstanceIdentifier") ?? "");
        return editInstances(request, reply);
      },
      DescribeDBClusters: async (request, forward) => editClusters(request, await forward()),
      DescribeDBInstances: async (request, forward) => {
        const filter = formObjects(request.form, "Filters").find((each) => each.get("Name") === "dbi-resource-id");
        const ids = filter && formList(filter, "Values");
        const body = ids && `Action=DescribeDBInstances&Version=${request.form.get("Version") ?? ""}`;
        const reply = editInstances(request, await forward(body === undefined ? {} : { body }));
        if (!ids) return reply;
        return editXml(reply, (root) => {
          const list = find(root, "DescribeDBInstancesResult", "DBInstances");
          if (list) list.children = list.children.filter((each) => ids.includes(textOf(each, "DbiResourceId")));
        });
      },
    },
  };
}

/** What adds the version to a new database that names none, of which moto's defaults are past ones. */
function withVersion({ operation, form }: AwsRequest): RequestChanges | undefined {
  // A member of a cluster has its version, and a restored database that of its source.
  const isNew =
    operation === "CreateDBCluster" || (operation === "CreateDBInstance" && !form.has("DBClusterIdentifier"));
  const version = defaultVersion(form.get("Engine") ?? "");
  if (!isNew || form.has("EngineVersion") || version === undefined) return undefined;
  return { body: new URLSearchParams([...form, ["EngineVersion", version]]).toString() };
}

/** The databases in a reply: those of a list, or the one that was created or changed. */
function listed(root: Element, { operation }: AwsRequest, type: string): readonly Element[] {
  const result = `${operation}Result`;
  return [...findAll(root, result, type), ...findAll(root, result, `${type}s`, type)];
}
