import { linkedRoleName } from "../iam/service-linked-role-names";
import type { Callers } from "../proxy/callers";
import type { AwsRequest, Forward, Gap, Handler, Handlers, Reply } from "../proxy/gap";
import { Store } from "../store";
import { isJsonObject, parseJson, type JsonValue } from "../wire/json";
import { editXml, isSuccess, queryError, queryReply } from "../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../wire/xml";
import { globally } from "./global";

/** What moto does not emulate of IAM. */
export function iam(callers: Callers): Gap {
  return {
    service: "iam",
    handlers: {
      ...accessKeys(callers),
      ...globally(boundariesOfUsers()),
      ...numbersInPolicies,
      CreateServiceLinkedRole: createLinkedRole,
      ListServiceSpecificCredentials: listServiceCredentials,
    },
  };
}

/** moto does not decide by its access keys who calls; affects `aws_iam_access_key`. */
function accessKeys(callers: Callers): Handlers {
  const revoking =
    (isRevoked: (form: URLSearchParams) => boolean): Handler =>
    async ({ form }, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) callers.setRevoked(form.get("AccessKeyId") ?? "", isRevoked(form));
      return reply;
    };
  return {
    CreateAccessKey: async (request, forward) => {
      const reply = await forward();
      const key = isSuccess(reply) ? find(parseXml(reply.body), "CreateAccessKeyResult", "AccessKey") : undefined;
      const user = key && (await readUser(request, textOf(key, "UserName"), forward));
      // Without a user, the key is that of the default caller.
      if (!key || !user) return reply;
      callers.assign(textOf(key, "AccessKeyId"), {
        account: request.account,
        arn: textOf(user, "Arn"),
        secretAccessKey: textOf(key, "SecretAccessKey"),
      });
      return reply;
    },
    UpdateUser: async (request, forward) => {
      const name = request.form.get("UserName") ?? "";
      const before = await readUser(request, name, forward);
      const reply = await forward();
      const after = isSuccess(reply)
        ? await readUser(request, request.form.get("NewUserName") ?? name, forward)
        : undefined;
      if (before && after) callers.rename(textOf(before, "Arn"), textOf(after, "Arn"));
      return reply;
    },
    UpdateAccessKey: revoking((form) => form.get("Status") === "Inactive"),
    DeleteAccessKey: revoking(() => true),
  };
}

/**
 * moto refuses numbers without quotation marks in conditions; affects `aws_iam_policy`, `aws_iam_role_policy`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
const numbersInPolicies: Handlers = Object.fromEntries(
  ["CreatePolicy", "CreatePolicyVersion", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy"].map((operation) => [
    operation,
    ({ form }: AwsRequest, forward: Forward) => {
      const policy = parseJson(form.get("PolicyDocument") ?? "");
      const quoted = JSON.stringify(numbersAsText(policy));
      if (quoted === JSON.stringify(policy)) return forward();
      const body = new URLSearchParams(form);
      body.set("PolicyDocument", quoted);
      return forward({ body: body.toString() });
    },
  ]),
);

function numbersAsText(value: JsonValue): JsonValue {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(numbersAsText);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, numbersAsText(each)]));
}

/** moto has permissions boundaries of roles only; affects `aws_iam_user`. */
function boundariesOfUsers(): Handlers {
  const boundaries = new Store<string>();
  const userNameOf = ({ form }: AwsRequest) => form.get("UserName") ?? "";
  const change =
    (apply: (request: AwsRequest) => void): Handler =>
    async (request, forward) => {
      const name = userNameOf(request);
      if (!(await readUser(request, name, forward))) {
        return queryError("NoSuchEntity", `The user with name ${name} cannot be found.`, 404);
      }
      apply(request);
      return queryReply(request.operation, []);
    };
  const put = (request: AwsRequest): void => {
    const arn = request.form.get("PermissionsBoundary");
    if (arn !== null) boundaries.of(request).set(userNameOf(request), arn);
  };
  const complete = (request: AwsRequest, reply: Reply): Reply =>
    editXml(reply, (root) => {
      for (const user of findAll(root, `${request.operation}Result`, "User")) {
        const arn = boundaries.of(request).get(textOf(user, "UserName"));
        if (arn === undefined) continue;
        const type = element("PermissionsBoundaryType", "Policy");
        setChild(user, element("PermissionsBoundary", [type, element("PermissionsBoundaryArn", arn)]));
      }
    });
  return {
    CreateUser: async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      put(request);
      return complete(request, reply);
    },
    GetUser: async (request, forward) => complete(request, await forward()),
    PutUserPermissionsBoundary: change(put),
    DeleteUserPermissionsBoundary: change((request) => boundaries.of(request).delete(userNameOf(request))),
    DeleteUser: async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) boundaries.of(request).delete(userNameOf(request));
      return reply;
    },
  };
}

/**
 * moto derives the name of the role from that of the service, which differs from AWS's; affects
 * `aws_iam_service_linked_role`.
 */
async function createLinkedRole({ form, operation }: AwsRequest, forward: Forward): Promise<Reply> {
  const service = form.get("AWSServiceName") ?? "";
  const name = linkedRoleName(service);
  if (name === undefined) return forward();
  const suffix = form.get("CustomSuffix");
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  const parameters = {
    Action: "CreateRole",
    Version: "2010-05-08",
    Path: `/aws-service-role/${service}/`,
    RoleName: suffix === null ? name : `${name}_${suffix}`,
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    Description: form.get("Description") ?? "",
  };
  const reply = await forward({ body: new URLSearchParams(parameters).toString() });
  const role = isSuccess(reply) ? find(parseXml(reply.body), "CreateRoleResult", "Role") : undefined;
  return role ? queryReply(operation, [role]) : reply;
}

/** moto lacks credentials of services, so that no user has any; affects `force_destroy` of `aws_iam_user`. */
async function listServiceCredentials(request: AwsRequest, forward: Forward): Promise<Reply> {
  const name = request.form.get("UserName");
  if (name !== null && !(await readUser(request, name, forward))) {
    return queryError("NoSuchEntity", `The user with name ${name} cannot be found.`, 404);
  }
  return queryReply(request.operation, [element("ServiceSpecificCredentials", [])]);
}

async function readUser({ form }: AwsRequest, name: string, forward: Forward): Promise<Element | undefined> {
  const parameters = { Action: "GetUser", Version: form.get("Version") ?? "2010-05-08", UserName: name };
  const reply = await forward({ body: new URLSearchParams(parameters).toString() });
  return isSuccess(reply) ? find(parseXml(reply.body), "GetUserResult", "User") : undefined;
}
