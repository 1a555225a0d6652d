import { InvalidArgumentError } from "commander";

/** For an option that takes a file to write: a mistyped line must not write over something else. */
export function fileThatEnds(ending: string, hint = "") {
  return (file: string): string => {
    if (file.endsWith(ending)) return file;
    throw new InvalidArgumentError(`a file that ends in ${ending}.${hint && ` ${hint}`}`);
  };
}
