import { accessSettings } from "../../../../cli/commands/guard/access/settings";
import { addressFields } from "../../../../cli/commands/guard/addresses/changes";
import { interruptions } from "../../../../cli/commands/guard/availability/removals";
import { typesWithoutInterruption } from "../../../../cli/commands/guard/availability/types-without-interruption";
import { dataHolders } from "../../../../cli/commands/guard/data/deletions";
import { typesWithoutData } from "../../../../cli/commands/guard/data/types-without-data";
import { valueEntries } from "../../../../cli/commands/guard/data/values";
import { synthesizedTypes } from "./synthesized-types";

const types = synthesizedTypes();

describe("each type of resource of the fixtures", () => {
  it("is found", () => {
    expect(types.length).toBeGreaterThan(100);
  });

  it("holds data, or is listed as one without", () => {
    const known = [...Object.keys(dataHolders), ...typesWithoutData];
    expect(types.filter((type) => !known.includes(type))).toEqual([]);
  });

  it("interrupts something when it is replaced, or is listed as one without effect", () => {
    const known = [...Object.keys(interruptions), ...typesWithoutInterruption];
    expect(types.filter((type) => !known.includes(type))).toEqual([]);
  });
});

describe("no type", () => {
  it("is in both lists of data", () => {
    expect(typesWithoutData.filter((type) => type in dataHolders)).toEqual([]);
  });

  it("is in both lists of interruptions", () => {
    expect(typesWithoutInterruption.filter((type) => type in interruptions)).toEqual([]);
  });

  it("is in a list twice", () => {
    for (const list of [typesWithoutData, typesWithoutInterruption]) expect(new Set(list).size).toBe(list.length);
  });

  it("is of another provider, or misspelt: each is known in the lists of data", () => {
    const known = [...Object.keys(dataHolders), ...typesWithoutData];
    const named = [
      ...Object.keys(interruptions),
      ...typesWithoutInterruption,
      ...Object.keys(addressFields),
      ...valueEntries.map(({ type }) => type),
      ...accessSettings.map(({ type }) => type),
    ];
    expect([...new Set(named)].filter((type) => !known.includes(type))).toEqual([]);
  });
});
