import { emulatorCommand } from "./emulator/command";

void emulatorCommand();
