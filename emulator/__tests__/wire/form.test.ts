import { formList, formObject, formObjects, listForm, mergeForms } from "../../wire/form";

describe("forms of the Query and EC2 protocols", () => {
  it.each([
    "Names.3=c&Names.1=a&Names.2=b",
    "Names.member.1=a&Names.member.2=b&Names.member.3=c",
    "Names.Name.1=a&Names.Name.2=b&Names.Name.3=c",
  ])("contain a list as %s", (form) => {
    expect(formList(new URLSearchParams(form), "Names")).toEqual(["a", "b", "c"]);
  });

  it("order a list by the number of the entry", () => {
    const form = new URLSearchParams(
      Array.from({ length: 11 }, (_, index) => [`N.${11 - index}`, `${11 - index}`] as [string, string]),
    );
    expect(formList(form, "N").at(-1)).toBe("11");
  });

  it("contain a list of structures with nested fields", () => {
    const form = new URLSearchParams("Tags.Tag.1.Key=a&Tags.Tag.1.Value=1&Tags.Tag.2.Key=b&TagsX.Tag.1.Key=no");
    expect(formObjects(form, "Tags").map((tag) => [...tag])).toEqual([
      [
        ["Key", "a"],
        ["Value", "1"],
      ],
      [["Key", "b"]],
    ]);
  });

  it("contain a structure", () => {
    expect([...formObject(new URLSearchParams("A.B.C=1&A.D=2&AB.C=3"), "A")]).toEqual([
      ["B.C", "1"],
      ["D", "2"],
    ]);
  });

  it("replace a list as a whole in a merge", () => {
    const merged = mergeForms(new URLSearchParams("Ids.Id.1=a&Ids.Id.2=b&Name=n"), listForm("Ids", ["c"]));
    expect(formList(merged, "Ids")).toEqual(["c"]);
    expect(merged.get("Name")).toBe("n");
  });
});
