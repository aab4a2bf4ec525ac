import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward, Gap, Reply } from "../proxy/gap";
import { isSuccess, jsonError, jsonReply } from "../wire/edit";
import { object, parseJson, text, type JsonObject } from "../wire/json";
import { Memory } from "../wire/memory";
import { Tags } from "../wire/tags";

const selectionPath = "/backup/plans/{plan}/selections/{selection}";

/**
 * moto has no selections and no recovery points, forgets the tags of plans and vaults, and cannot change a plan; shown by
 * `aws_backup_plan`, `aws_backup_selection` and `aws_backup_vault`.
 */
export function backup(): Gap {
  const selections = new Memory<JsonObject>();
  const plans = new Memory<JsonObject>();
  const tags = new Tags();
  const create =
    (arn: string, sent: string) =>
    async (request: AwsRequest, forward: Forward): Promise<Reply> => {
      const reply = await forward();
      if (isSuccess(reply)) tags.add(request, parseJson(reply.body)[arn], parseJson(request.body)[sent]);
      return reply;
    };
  const keyOf = ({ params: { plan, selection } }: AwsRequest): string => `${plan} ${selection}`;

  return {
    service: "backup",
    handlers: {
      "PUT /backup/plans": create("BackupPlanArn", "BackupPlanTags"),
      "PUT /backup-vaults/{vault}": create("BackupVaultArn", "BackupVaultTags"),
      "PUT /backup/plans/{plan}/selections": (request) => {
        const BackupPlanId = request.params.plan;
        const SelectionId = randomUUID();
        const CreationDate = Date.now() / 1000;
        const { BackupSelection } = parseJson(request.body);
        const known = { BackupPlanId, SelectionId, CreationDate, BackupSelection: object(BackupSelection) };
        selections.of(request).set(`${BackupPlanId} ${SelectionId}`, known);
        return jsonReply({ BackupPlanId, SelectionId, CreationDate });
      },
      "GET /backup/plans/{plan}/selections": (request) => {
        const all = [...selections.of(request).values()].filter((one) => one.BackupPlanId === request.params.plan);
        return jsonReply({ BackupSelectionsList: all.map((one) => ({ ...one, ...object(one.BackupSelection) })) });
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
        const changed = { ...current, BackupPlan: parseJson(request.body).BackupPlan, VersionId: randomUUID() };
        plans.of(request).set(text(request.params.plan), changed);
        return jsonReply(changed);
      },
      "GET /backup/plans/{plan}": async (request, forward) => {
        const reply = await forward();
        const changed = plans.of(request).get(text(request.params.plan));
        return changed && isSuccess(reply) ? jsonReply(changed) : reply;
      },
      "GET /backup-vaults/{vault}/recovery-points": () => jsonReply({ RecoveryPoints: [] }),
      "GET /tags/{arn+}": (request) => jsonReply({ Tags: tags.of(request, request.params.arn) }),
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
