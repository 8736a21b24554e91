import { readFileSync } from "node:fs";
import { offload } from "eslint-plugin-offload/runtime";

export class Reader<Name extends string> {
  constructor(private readonly file: Name) {}

  async first(): Promise<string | undefined> {
    const lines = (await offload(readFileSync, this.file, "utf8"))
      .split("\n")
      .filter(Boolean);
    return lines[0]?.toUpperCase() satisfies string | undefined;
  }
}
