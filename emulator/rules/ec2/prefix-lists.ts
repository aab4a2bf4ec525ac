import { objects, text, type JsonValue } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./source";

/** Rules of prefix lists. */
export const prefixListRules: readonly Rule[] = [
  {
    name: "prefix-list-full",
    service,
    operations: ["CreateManagedPrefixList", "ModifyManagedPrefixList"],
    code: "PrefixListMaxEntriesExceeded",
    rule: "A prefix list has at most as many entries as it was made for.",
    source: `${reference}/API_CreateManagedPrefixList.html`,
    refuse: async (call) => {
      const { Entries, AddEntries, RemoveEntries, MaxEntries } = call.input;
      const added = blocks(Entries ?? AddEntries);
      if (added.length === 0) return undefined;
      const existing = await existingList(call);
      const removed = blocks(RemoveEntries);
      const entries = new Set([...existing.blocks.filter((block) => !removed.includes(block)), ...added]);
      return entries.size > Number(MaxEntries ?? existing.most)
        ? "You've exceeded the maximum number of entries for the prefix list."
        : undefined;
    },
  },
];

/** What the list has before the call, and how many entries it can have. */
async function existingList({ input, ask }: RuleCall) {
  const { PrefixListId } = input;
  if (PrefixListId === undefined) return { blocks: [], most: Infinity };
  const { PrefixLists } = await ask("DescribeManagedPrefixLists", { PrefixListIds: [PrefixListId] });
  const { Entries } = await ask("GetManagedPrefixListEntries", { PrefixListId });
  return { blocks: blocks(Entries), most: objects(PrefixLists)[0]?.MaxEntries ?? Infinity };
}

function blocks(entries: JsonValue): readonly string[] {
  return objects(entries).map(({ Cidr }) => text(Cidr));
}
