import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward, Gap, Reply } from "../proxy/gap";
import { Store, Tags } from "../store";
import { object, parseJson, text, type JsonObject } from "../wire/json";
import { isSuccess, jsonError, jsonReply } from "../wire/reply";
import { recoveryPoints } from "./recovery-points";

const selectionPath = "/backup/plans/{plan}/selections/{selection}";

/**
 * moto lacks selections, jobs and recovery points, loses the tags of plans and vaults, and cannot update a plan; affects
 * `aws_backup_plan`, `aws_backup_selection` and `aws_backup_vault`.
 */
export function backup(): Gap {
  const selections = new Store<JsonObject>();
  const updatedPlans = new Store<JsonObject>();
  const tags = new Tags();
  const createTagged =
    (arnKey: string, tagsKey: string) =>
    async (request: AwsRequest, forward: Forward): Promise<Reply> => {
      const reply = await forward();
      if (isSuccess(reply)) tags.add(request, parseJson(reply.body)[arnKey], parseJson(request.body)[tagsKey]);
      return reply;
    };
  const keyOf = ({ params: { plan, selection } }: AwsRequest): string => `${plan} ${selection}`;

  return {
    service: "backup",
    handlers: {
      "PUT /backup/plans": createTagged("BackupPlanArn", "BackupPlanTags"),
      "PUT /backup-vaults/{vault}": createTagged("BackupVaultArn", "BackupVaultTags"),
      "PUT /backup/plans/{plan}/selections": (request) => {
        const BackupPlanId = request.params.plan;
        const SelectionId = randomUUID();
        const CreationDate = Date.now() / 1000;
        const { BackupSelection } = parseJson(request.body);
        const selection = { BackupPlanId, SelectionId, CreationDate, BackupSelection: object(BackupSelection) };
        selections.of(request).set(`${BackupPlanId} ${SelectionId}`, selection);
        return jsonReply({ BackupPlanId, SelectionId, CreationDate });
      },
      "GET /backup/plans/{plan}/selections": (request) => {
        const all = [...selections.of(request).values()].filter((each) => each.BackupPlanId === request.params.plan);
        return jsonReply({ BackupSelectionsList: all.map((each) => ({ ...each, ...object(each.BackupSelection) })) });
      },
      [`GET ${selectionPath}`]: (request) => {
        const selection = selections.of(request).get(keyOf(request));
        return selection
          ? jsonReply(selection)
          : jsonError("InvalidParameterValueException", "Cannot find Backup plan selection");
      },
      [`DELETE ${selectionPath}`]: (request) => {
        selections.of(request).delete(keyOf(request));
        return jsonReply({});
      },
      "POST /backup/plans/{plan}": async (request, forward) => {
        const current = parseJson((await forward({ method: "GET", body: "" })).body);
        const updated = { ...current, BackupPlan: parseJson(request.body).BackupPlan, VersionId: randomUUID() };
        updatedPlans.of(request).set(text(request.params.plan), updated);
        return jsonReply(updated);
      },
      "GET /backup/plans/{plan}": async (request, forward) => {
        const reply = await forward();
        const updated = updatedPlans.of(request).get(text(request.params.plan));
        return updated && isSuccess(reply) ? jsonReply(updated) : reply;
      },
      ...recoveryPoints(),
      // botocore, and so the AWS CLI, ends the path with a slash.
      "GET /tags/{arn+}": (request) => jsonReply({ Tags: tags.of(request, request.params.arn?.replace(/\/$/, "")) }),
      "POST /tags/{arn+}": (request) => {
        tags.add(request, request.params.arn, parseJson(request.body).Tags);
        return jsonReply({});
      },
      "POST /untag/{arn+}": (request) => {
        tags.remove(request, request.params.arn, parseJson(request.body).TagKeyList);
        return jsonReply({});
      },
    },
  };
}
