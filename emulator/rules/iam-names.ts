import { objects, text } from "../wire/json";
import type { Rule } from "./rule";

/** What has a name in IAM, and how it is listed. */
interface Named {
  /** Such as "Role". */
  readonly kind: string;
  readonly list: string;
  /** Member of the list, and of each item the name. */
  readonly items: string;
  readonly name: string;
  readonly input?: Readonly<Record<string, string | number>>;
}

const all: readonly Named[] = [
  { kind: "Group", list: "ListGroups", items: "Groups", name: "GroupName" },
  {
    kind: "Policy",
    list: "ListPolicies",
    items: "Policies",
    name: "PolicyName",
    input: { Scope: "Local", MaxItems: 1000 },
  },
  { kind: "Role", list: "ListRoles", items: "Roles", name: "RoleName", input: { MaxItems: 1000 } },
  { kind: "User", list: "ListUsers", items: "Users", name: "UserName" },
];

/** A name differs from all others of its kind, whatever the path. */
export const iamNameInUse: Rule = {
  name: "iam-name-in-use",
  service: "iam",
  operations: ["CreateGroup", "CreatePolicy", "CreateRole", "CreateUser", "UpdateGroup", "UpdateUser"],
  code: "EntityAlreadyExists",
  status: 409,
  rule: "An account has one user, group, role or policy of each name, without regard to case.",
  source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html",
  refuse: async ({ operation, input, ask }) => {
    const named = all.find(({ kind }) => operation.endsWith(kind));
    if (named === undefined) return undefined;
    const isNew = operation.startsWith("Create");
    const wanted = text(isNew ? input[named.name] : input[`New${named.name}`]);
    if (wanted === "") return undefined;
    const same = (name: string) => name.toLowerCase() === wanted.toLowerCase();
    // A user or group may change the case of its own name.
    if (!isNew && same(text(input[named.name]))) return undefined;
    const found = objects((await ask(named.list, named.input))[named.items]);
    return found.some((each) => same(text(each[named.name])))
      ? `${named.kind} with name ${wanted} already exists.`
      : undefined;
  },
};
