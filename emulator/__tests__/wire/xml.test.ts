import { buildXml, element, find, findAll, parseXml, setChild, textOf } from "../../wire/xml";

describe("XML documents", () => {
  const document =
    '<?xml version="1.0"?><R xmlns="http://example.com/"><Set><Item><Id>007</Id><Rule>a &lt; b &amp; c</Rule></Item>' +
    "<Item><Id>8</Id><Empty/></Item></Set></R>";

  it("are written as they were parsed: order, attributes, escapes, numbers as strings", () => {
    const declared = '<?xml version="1.0" encoding="UTF-8"?>\n';
    expect(buildXml(parseXml(document))).toBe(declared + document.replace(/^<\?xml[^>]*\?>/, ""));
  });

  it("have unescaped text at a path", () => {
    const root = parseXml(document);
    expect(textOf(root, "Set", "Item", "Rule")).toBe("a < b & c");
    expect(textOf(root, "Set", "Item", "Missing")).toBe("");
    expect(findAll(root, "Set", "Item").map((item) => textOf(item, "Id"))).toEqual(["007", "8"]);
  });

  it("have text whose character references are decoded, in text and attributes", () => {
    const root = parseXml('<R id="&#34;1&#34;"><Value>&#34;v=spf1&#x22; &amp;#34;</Value></R>');
    expect(textOf(root, "Value")).toBe('"v=spf1" &#34;');
    expect(root.attributes).toEqual({ id: '"1"' });
  });

  it("replace a child of the same name in its position, and add a new one", () => {
    const root = parseXml(document);
    const [first] = findAll(root, "Set", "Item");
    if (!first) throw new Error("no item");
    setChild(first, element("Id", "1"));
    setChild(first, element("Tags", [element("Tag", "x")]));
    expect(first.children.map(({ name }) => name)).toEqual(["Id", "Rule", "Tags"]);
    expect(textOf(root, "Set", "Item", "Id")).toBe("1");
  });

  it("keep white space in text", () => {
    const written = buildXml(element("R", " two  spaces\n"));
    expect(textOf(element("top", [parseXml(written)]), "R")).toBe(" two  spaces\n");
  });

  it("are parsed the same with indentation", () => {
    const root = parseXml('<?xml version="1.0"?>\n<R>\n  <Item>\n    <Id>1</Id>\n  </Item>\n</R>\n');
    expect(textOf(root, "Item", "Id")).toBe("1");
    expect(buildXml(root)).toContain("<R><Item><Id>1</Id></Item></R>");
  });

  it("have no elements when they are empty", () => {
    expect(find(parseXml(""), "R")).toBeUndefined();
  });
});
