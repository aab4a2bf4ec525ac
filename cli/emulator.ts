import { emulatorCommand } from "./emulator/command";

// An import of "cli/emulator" means this file, not the folder beside it.
export * from "./emulator/index";

if (require.main === module) void emulatorCommand();
