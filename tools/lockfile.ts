import { z } from "zod";

const entry = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  resolved: z.string().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
export const lockfile = z.looseObject({ packages: z.record(z.string(), entry) });
export type Lockfile = z.infer<typeof lockfile>;

/** A platform's build of a package that the lockfile names as optional and has no entry for. */
export interface MissingEntry {
  readonly path: string;
  readonly entry: z.infer<typeof entry>;
}

/**
 * npm leaves out the entries of other platforms' builds when the registry it asked did not have them, and `npm ci` of
 * npm 11 then refuses the lockfile. An entry with version and platform is all it needs; the platforms are read from
 * the name (`@scope/binding-linux-arm-musleabihf`), as the packages themselves declare them.
 */
export function missingEntries({ packages }: Lockfile): readonly MissingEntry[] {
  const missing = new Map<string, MissingEntry>();
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      if (packages[path] || packages[`${parent}/${path}`]) continue;
      missing.set(path, { path, entry: { version, ...platformOf(name), ...(dev && { dev }), optional: true } });
    }
  }
  return [...missing.values()];
}

/** Throws when the name tells no operating system: such an entry would be installed everywhere. */
export function platformOf(name: string): { cpu: string[]; libc?: string[]; os: string[] } {
  const words = name.split(/[/-]/);
  const os = words.find((word) => systems.has(word));
  const cpu = words.find((word) => processors.has(word));
  if (!os || !cpu) throw new Error(`The name ${name} does not say for which platform it is.`);
  const musl = words.some((word) => word.startsWith("musl"));
  const glibc = words.some((word) => word.startsWith("gnu"));
  const libc = musl ? { libc: ["musl"] } : glibc ? { libc: ["glibc"] } : {};
  return { cpu: [cpu], ...libc, os: [os] };
}

const systems = new Set(["android", "darwin", "freebsd", "linux", "openharmony", "win32"]);
const processors = new Set(["arm", "arm64", "ia32", "ppc64", "riscv64", "s390x", "x64"]);
