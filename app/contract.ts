import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentVariables } from "./src/environment";
import { openApiDocument } from "./test/fixtures/document";

function write(file: string, content: unknown): void {
  writeFileSync(join(__dirname, file), `${JSON.stringify(content, null, 2)}\n`);
}

// Tests compare the routes and variables of a stage with these files, which need no packages of the service to read.
void openApiDocument().then((document) => {
  write("openapi.json", document);
  write("environment.json", environmentVariables);
});
