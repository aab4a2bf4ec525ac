import type { AwsRequest, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { formElements, formList, formObjects, mergeForms } from "../../wire/form";
import { editXml, isSuccess, queryReply } from "../../wire/reply";
import { element, findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";
import { operationOf } from "./moto-calls";

const settings = ["DefaultAuthScheme", "RoleArn", "RequireTLS", "IdleClientTimeout", "DebugLogging"];

/** moto cannot modify a proxy, and does not return whether it requires TLS; affects `aws_db_proxy`. */
export function proxyHandlers(): Handlers {
  /** What changed since moto created the proxy. */
  const changes = new Store<URLSearchParams>();
  const complete = (request: AwsRequest, proxy: Element): void => {
    const form = changes.of(request).get(textOf(proxy, "DBProxyName")) ?? new URLSearchParams();
    setChild(proxy, element("RequireTLS", "false"));
    for (const field of [...formElements(form, ...settings), ...lists(form)]) setChild(proxy, field);
  };
  const edit = (request: AwsRequest, reply: Reply, ...path: readonly string[]): Reply =>
    editXml(reply, (root) => {
      for (const proxy of findAll(root, `${request.operation}Result`, ...path)) complete(request, proxy);
    });

  return {
    CreateDBProxy: async (request, forward) => {
      const reply = await forward();
      const tls = formElements(request.form, "RequireTLS").map(({ name, text = "" }): [string, string] => [name, text]);
      if (isSuccess(reply)) changes.of(request).set(nameOf(request), new URLSearchParams(tls));
      return edit(request, reply, "DBProxy");
    },
    DescribeDBProxies: async (request, forward) => edit(request, await forward(), "DBProxies", "member"),
    ModifyDBProxy: async (request, forward) => {
      // moto finds a proxy by its first name only.
      if (request.form.has("NewDBProxyName")) return forward();
      const DBProxyName = nameOf(request);
      const described = await forward(operationOf(request, "DescribeDBProxies", { DBProxyName }));
      if (!isSuccess(described)) return described;
      const before = changes.of(request).get(DBProxyName) ?? new URLSearchParams();
      changes.of(request).set(DBProxyName, mergeForms(before, request.form));
      const proxies = findAll(parseXml(described.body), "DescribeDBProxiesResult", "DBProxies", "member");
      for (const proxy of proxies) complete(request, proxy);
      return queryReply(
        request.operation,
        proxies.map(({ children }) => element("DBProxy", children)),
      );
    },
    DeleteDBProxy: async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) changes.of(request).delete(nameOf(request));
      return reply;
    },
  };
}

function nameOf({ form }: AwsRequest): string {
  return form.get("DBProxyName") ?? "";
}

// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBProxy.html
function lists(form: URLSearchParams): Element[] {
  const secrets = formObjects(form, "Auth").map((secret) =>
    element(
      "member",
      formElements(secret, "Description", "UserName", "AuthScheme", "SecretArn", "IAMAuth", "ClientPasswordAuthType"),
    ),
  );
  const groups = formList(form, "SecurityGroups").map((id) => element("member", id));
  return [
    ...(secrets.length > 0 ? [element("Auth", secrets)] : []),
    ...(groups.length > 0 ? [element("VpcSecurityGroupIds", groups)] : []),
  ];
}
