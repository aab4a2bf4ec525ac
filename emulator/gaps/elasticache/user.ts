import type { Handlers } from "../../proxy/gap";
import type { Tags } from "../../store";
import { formElements, formList, listForm, mergeForms } from "../../wire/form";
import { element, type Element } from "../../wire/xml";
import { Resources, resourceHandlers } from "./resource";

/** moto cannot modify a user, and lacks user groups; affects `aws_elasticache_user` and `aws_elasticache_user_group`. */
export function users(tags: Tags): Handlers {
  const allUsers = new Resources("UserId", "user", "UserNotFound", tags);
  const groups = new Resources("UserGroupId", "usergroup", "UserGroupNotFound", tags);
  const userHandlers = resourceHandlers({
    resources: allUsers,
    name: "User",
    plural: "Users",
    item: "member",
    describe: (request, form) => [
      ...formElements(form, "UserId", "UserName", "AccessString"),
      element("Engine", form.get("Engine")?.toLowerCase() ?? "redis"),
      element("MinimumEngineVersion", "6.0"),
      element("Status", "active"),
      element("Authentication", authentication(form)),
      allUsers.arnElement(request, form),
    ],
  });
  return {
    ...userHandlers,
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteUser.html
    DeleteUser: (request, forward) => {
      const id = request.form.get("UserId");
      for (const group of groups.all(request)) {
        const members = formList(group, "UserIds").filter((member) => member !== id);
        groups.put(request, mergeForms(withoutUsers(group), listForm("UserIds", members)));
      }
      return userHandlers.DeleteUser?.(request, forward) ?? forward();
    },
    ...resourceHandlers({
      resources: groups,
      name: "UserGroup",
      plural: "UserGroups",
      item: "member",
      describe: (request, form) => [
        ...formElements(form, "UserGroupId"),
        element("Engine", form.get("Engine")?.toLowerCase() ?? "redis"),
        element("MinimumEngineVersion", "6.0"),
        element("Status", "active"),
        element(
          "UserIds",
          formList(form, "UserIds").map((id) => element("member", id)),
        ),
        groups.arnElement(request, form),
      ],
      modify: (before, sent) => {
        const removed = formList(sent, "UserIdsToRemove");
        const remaining = formList(before, "UserIds").filter((id) => !removed.includes(id));
        const members = [...remaining, ...formList(sent, "UserIdsToAdd")];
        return mergeForms(withoutUsers(before), listForm("UserIds", members));
      },
    }),
  };
}

function withoutUsers(group: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...group].filter(([key]) => !key.startsWith("UserIds.")));
}

function authentication(form: URLSearchParams): Element[] {
  const passwords = formList(form, "Passwords").length + formList(form, "AuthenticationMode.Passwords").length;
  const mode = form.get("AuthenticationMode.Type");
  const type = mode?.replace("-required", "") ?? (passwords > 0 ? "password" : "no-password");
  return [element("Type", type), ...(passwords > 0 ? [element("PasswordCount", String(passwords))] : [])];
}
