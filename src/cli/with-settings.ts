import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { AppError } from "../domain/errors.ts";
import type { RequestedChange } from "../domain/what-if-report.ts";

interface Named {
  readonly name: string;
  readonly text: string;
}

/**
 * `--with playbook=FILE,policy=FILE|FOLDER,threshold=0.8|ID:0.8,profile=FILE,brand=FILE,model=NAME`, any of them, also
 * repeated.
 * What is in the files is looked at where it is tried. Throws `invalid` naming what is not understood or not readable.
 */
export function readWith(given: readonly string[]): RequestedChange {
  const playbooks: Named[] = [];
  const policies: Named[] = [];
  const thresholds: Record<string, number> = {};
  let overall: number | undefined;
  let profile: Named | undefined;
  let brand: Named | undefined;
  let model: string | undefined;
  for (const setting of given.flatMap((one) => one.split(",")).filter((one) => one !== "")) {
    const [name = "", ...rest] = setting.split("=");
    const value = rest.join("=");
    if (value === "") throw notUnderstood(setting);
    switch (name) {
      case "playbook":
        playbooks.push(...filesAt(value, /\.ya?ml$/));
        break;
      case "policy":
        policies.push(...filesAt(value, /\.cedar$|^overrides\.yaml$/));
        break;
      case "profile":
        profile = fileAt(value);
        break;
      case "brand":
        brand = fileAt(value);
        break;
      case "model":
        model = value;
        break;
      case "threshold": {
        const [id, share] = value.includes(":") ? value.split(":") : [null, value];
        if (id === null) overall = shareOf(share, setting);
        else thresholds[id ?? ""] = shareOf(share, setting);
        break;
      }
      default:
        throw notUnderstood(setting);
    }
  }
  const ofIds = Object.keys(thresholds).length > 0 ? thresholds : undefined;
  if (overall !== undefined && ofIds) {
    throw new AppError("invalid", "--with: one threshold for all playbooks, or thresholds by playbook, not both.");
  }
  return {
    ...(playbooks.length > 0 ? { playbooks } : {}),
    ...(policies.length > 0 ? { policies } : {}),
    ...(profile ? { profile } : {}),
    ...(brand ? { brand } : {}),
    ...(model === undefined ? {} : { model }),
    ...((overall ?? ofIds) === undefined ? {} : { threshold: overall ?? ofIds }),
  };
}

function notUnderstood(setting: string): AppError {
  const known = "playbook=FILE, policy=FILE or FOLDER, threshold=0.8 or ID:0.8, profile=FILE, brand=FILE, model=NAME";
  return new AppError("invalid", `--with: "${setting}" is not understood; there are ${known}.`);
}

function shareOf(text: string | undefined, setting: string): number {
  const value = Number(text);
  if (text === undefined || text === "" || !(value >= 0 && value <= 1)) {
    throw new AppError("invalid", `--with: "${setting}": a threshold is a number from 0 to 1.`);
  }
  return value;
}

function filesAt(path: string, kind: RegExp): Named[] {
  if (!isFolder(path)) return [fileAt(path)];
  const names = readdirSync(path).filter((name) => kind.test(name));
  if (names.length === 0) throw new AppError("invalid", `--with: there is nothing to try in the folder ${path}.`);
  return names.sort().map((name) => fileAt(join(path, name)));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Called by its name in its folder, by which a policy takes the place of another. */
function fileAt(path: string): Named {
  try {
    return { name: basename(path), text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new AppError(
      "invalid",
      `--with: ${path}: ${missing ? "there is no such file" : "the file cannot be read as UTF-8"}.`,
    );
  }
}
