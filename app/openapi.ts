import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApiDocument } from "./test/fixtures/document";

// Writes the document that the stack's routes are compared with.
void openApiDocument().then((document) => {
  writeFileSync(join(__dirname, "openapi.json"), `${JSON.stringify(document, null, 2)}\n`);
});
