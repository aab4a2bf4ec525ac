import { buildXml, element, find, findAll, parseXml, setChild, textOf } from "../../../emulator/wire/xml";

describe("XML on the wire", () => {
  const document =
    '<?xml version="1.0"?><R xmlns="http://example.com/"><Set><Item><Id>007</Id><Rule>a &lt; b &amp; c</Rule></Item>' +
    "<Item><Id>8</Id><Empty/></Item></Set></R>";

  it("is written as it was read: order, attributes, escapes, numbers as texts", () => {
    const declared = '<?xml version="1.0" encoding="UTF-8"?>\n';
    expect(buildXml(parseXml(document))).toBe(declared + document.replace(/^<\?xml[^>]*\?>/, ""));
  });

  it("gives the text at the end of a path, unescaped", () => {
    const root = parseXml(document);
    expect(textOf(root, "Set", "Item", "Rule")).toBe("a < b & c");
    expect(textOf(root, "Set", "Item", "Missing")).toBe("");
    expect(findAll(root, "Set", "Item").map((item) => textOf(item, "Id"))).toEqual(["007", "8"]);
  });

  it("replaces a child of the same name in its place, and adds one that is new", () => {
    const root = parseXml(document);
    const [first] = findAll(root, "Set", "Item");
    if (!first) throw new Error("no item");
    setChild(first, element("Id", "1"));
    setChild(first, element("Tags", [element("Tag", "x")]));
    expect(first.children.map(({ name }) => name)).toEqual(["Id", "Rule", "Tags"]);
    expect(textOf(root, "Set", "Item", "Id")).toBe("1");
  });

  it("keeps white space inside a text", () => {
    const written = buildXml(element("R", " two  spaces\n"));
    expect(textOf(element("top", [parseXml(written)]), "R")).toBe(" two  spaces\n");
  });

  it("is read the same when it is printed prettily", () => {
    const root = parseXml('<?xml version="1.0"?>\n<R>\n  <Item>\n    <Id>1</Id>\n  </Item>\n</R>\n');
    expect(textOf(root, "Item", "Id")).toBe("1");
    expect(buildXml(root)).toContain("<R><Item><Id>1</Id></Item></R>");
  });

  it("reads an empty document as one without elements", () => {
    expect(find(parseXml(""), "R")).toBeUndefined();
  });
});
