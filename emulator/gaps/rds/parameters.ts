import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { formElements, formObjects } from "../../wire/form";
import { editXml, isSuccess, queryReply } from "../../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";
import { ResetParameters } from "./reset-parameters";

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
const sslByDefault = /^postgres(1[5-9]|[2-9]\d)$/;

/** A parameter with the apply method that AWS keeps for the engine's default value. */
interface Default {
  readonly value: string;
  readonly method: string;
}

/**
 * moto returns no source of a parameter, stores every apply method, and cannot reset a parameter; affects
 * `aws_db_parameter_group` and `aws_rds_cluster_parameter_group`.
 *
 * @param onStatic runs when parameters of a DB parameter group wait for a reboot
 */
export function parameterHandlers(onStatic: (request: AwsRequest, forward: Forward) => Promise<void>): Handlers {
  const families = new Store<string>();
  const resets = new ResetParameters();

  const describe = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editXml(await forward(), (root) => {
      const list = find(root, `${request.operation}Result`, "Parameters");
      if (list) list.children = list.children.filter((each) => !resets.has(request, nameIn(each)));
      const family = families.of(request).get(groupName(request)) ?? "";
      for (const parameter of parametersIn(root, request.operation)) {
        const known = defaultOf(family, nameIn(parameter));
        const isDefault = textOf(parameter, "ParameterValue") === known?.value;
        if (!find(parameter, "Source")) setChild(parameter, element("Source", isDefault ? "system" : "user"));
      }
    });
  const create = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const reply = await forward();
    if (!isSuccess(reply)) return reply;
    families.of(request).set(groupName(request), request.form.get("DBParameterGroupFamily") ?? "");
    resets.clear(request);
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
      const sent = formObjects(request.form, "Parameters");
      const waiting = sent.filter((parameter, index) => {
        const name = nameOf(parameter);
        const before = (resets.has(request, name) ? undefined : current.get(name)) ?? defaultOf(family, name);
        const isSame = before?.value === parameter.get("ParameterValue");
        const key = [...form.keys()].find((each) => each.endsWith(`.${index + 1}.ApplyMethod`));
        if (isSame && key !== undefined) form.set(key, before.method);
        return !isSame && parameter.get("ApplyMethod") === "pending-reboot";
      });
      const reply = await forward({ body: form.toString() });
      if (!isSuccess(reply)) return reply;
      resets.remove(request, sent.map(nameOf));
      if (waiting.length > 0) await onStatic(request, forward);
      return reply;
    };
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ResetDBParameterGroup.html
  const reset =
    (describing: string) =>
    async (request: AwsRequest, forward: Forward): Promise<Reply> => {
      const described = await describeGroup(request, forward, describing);
      if (!isSuccess(described)) return described;
      const { form, operation } = request;
      const sent = formObjects(form, "Parameters");
      const isAll = form.get("ResetAllParameters") === "true";
      const names = isAll ? parametersIn(parseXml(described.body), describing).map(nameIn) : sent.map(nameOf);
      resets.add(request, names);
      if (sent.some((each) => each.get("ApplyMethod") === "pending-reboot")) await onStatic(request, forward);
      return queryReply(operation, formElements(form, "DBParameterGroupName", "DBClusterParameterGroupName"));
    };

  return {
    CreateDBParameterGroup: create,
    CreateDBClusterParameterGroup: create,
    DescribeDBParameters: describe,
    DescribeDBClusterParameters: describe,
    ModifyDBParameterGroup: modify("DescribeDBParameters"),
    ModifyDBClusterParameterGroup: modify("DescribeDBClusterParameters"),
    ResetDBParameterGroup: reset("DescribeDBParameters"),
    ResetDBClusterParameterGroup: reset("DescribeDBClusterParameters"),
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

function nameIn(parameter: Element): string {
  return textOf(parameter, "ParameterName");
}

function nameOf(parameter: URLSearchParams): string {
  return parameter.get("ParameterName") ?? "";
}

async function currentParameters(
  request: AwsRequest,
  forward: Forward,
  operation: string,
): Promise<ReadonlyMap<string, Default>> {
  const reply = await describeGroup(request, forward, operation);
  if (!isSuccess(reply)) return new Map();
  return new Map(
    parametersIn(parseXml(reply.body), operation).map((parameter) => [
      nameIn(parameter),
      { value: textOf(parameter, "ParameterValue"), method: textOf(parameter, "ApplyMethod") },
    ]),
  );
}

function describeGroup({ form }: AwsRequest, forward: Forward, operation: string): Promise<Reply> {
  const group = [...form].filter(([key]) => key.endsWith("ParameterGroupName"));
  const body = new URLSearchParams([["Action", operation], ["Version", form.get("Version") ?? ""], ...group]);
  return forward({ body: body.toString() });
}
