import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { formObjects } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
const sslByDefault = /^postgres(1[5-9]|[2-9]\d)$/;

/** A parameter with the apply method that AWS keeps for the engine's default value. */
interface Default {
  readonly value: string;
  readonly method: string;
}

/**
 * moto returns no source of a parameter, and stores every apply method; affects `aws_db_parameter_group` and
 * `aws_rds_cluster_parameter_group`.
 *
 * @param onStatic runs when parameters of a DB parameter group wait for a reboot
 */
export function parameterHandlers(onStatic: (request: AwsRequest, forward: Forward) => Promise<void>): Handlers {
  const families = new Store<string>();

  const describe = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      const family = families.of(request).get(groupName(request)) ?? "";
      for (const parameter of parametersIn(root, request.operation)) {
        const known = defaultOf(family, textOf(parameter, "ParameterName"));
        const isDefault = textOf(parameter, "ParameterValue") === known?.value;
        if (!find(parameter, "Source")) setChild(parameter, element("Source", isDefault ? "system" : "user"));
      }
    });
  const create = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const reply = await forward();
    if (isSuccess(reply))
      families.of(request).set(groupName(request), request.form.get("DBParameterGroupFamily") ?? "");
    return reply;
  };
  // AWS does not store another apply method of a parameter whose value stays:
  // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/db_parameter_group
  const modify =
    (describing: string) =>
    async (request: AwsRequest, forward: Forward): Promise<Reply> => {
      const family = families.of(request).get(groupName(request)) ?? "";
      const current = await currentParameters(request, forward, describing);
      const form = new URLSearchParams(request.form);
      const waiting = formObjects(request.form, "Parameters").filter((parameter, index) => {
        const name = parameter.get("ParameterName") ?? "";
        const before = current.get(name) ?? defaultOf(family, name);
        const isSame = before?.value === parameter.get("ParameterValue");
        const key = [...form.keys()].find((each) => each.endsWith(`.${index + 1}.ApplyMethod`));
        if (isSame && key !== undefined) form.set(key, before.method);
        return !isSame && parameter.get("ApplyMethod") === "pending-reboot";
      });
      const reply = await forward({ body: form.toString() });
      if (isSuccess(reply) && waiting.length > 0) await onStatic(request, forward);
      return reply;
    };

  return {
    CreateDBParameterGroup: create,
    CreateDBClusterParameterGroup: create,
    DescribeDBParameters: describe,
    DescribeDBClusterParameters: describe,
    ModifyDBParameterGroup: modify("DescribeDBParameters"),
    ModifyDBClusterParameterGroup: modify("DescribeDBClusterParameters"),
  };
}

function groupName({ form }: AwsRequest): string {
  return (form.get("DBParameterGroupName") ?? form.get("DBClusterParameterGroupName") ?? "").toLowerCase();
}

function defaultOf(family: string, name: string): Default | undefined {
  return name === "rds.force_ssl" && sslByDefault.test(family) ? { value: "1", method: "pending-reboot" } : undefined;
}

function parametersIn(root: Element, operation: string): readonly Element[] {
  return findAll(root, `${operation}Result`, "Parameters", "Parameter");
}

async function currentParameters(
  { form }: AwsRequest,
  forward: Forward,
  operation: string,
): Promise<ReadonlyMap<string, Default>> {
  const group = [...form].filter(([key]) => key.endsWith("ParameterGroupName"));
  const body = new URLSearchParams([["Action", operation], ["Version", form.get("Version") ?? ""], ...group]);
  const reply = await forward({ body: body.toString() });
  if (!isSuccess(reply)) return new Map();
  return new Map(
    parametersIn(parseXml(reply.body), operation).map((parameter) => [
      textOf(parameter, "ParameterName"),
      { value: textOf(parameter, "ParameterValue"), method: textOf(parameter, "ApplyMethod") },
    ]),
  );
}
