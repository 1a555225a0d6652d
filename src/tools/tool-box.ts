import { AppError } from "../domain/errors.ts";
import { searchProofAnswer } from "../domain/tool-answers.ts";
import type { Offer, Tool, ToolBox, ToolContext } from "./tool.ts";

/** Binds the read tools to one decision. */
export function makeToolBox(tools: readonly Tool[], context: ToolContext): ToolBox {
  const byName = new Map<string, Tool>(tools.map((tool) => [tool.name, tool]));
  const offers: Offer[] = [];
  return {
    names: [...byName.keys()],
    offers,
    async call(name, input) {
      const tool = byName.get(name);
      if (tool?.scope !== "read") {
        throw new AppError("invalid", `There is no tool "${name}" here. Tools: ${[...byName.keys()].join(", ")}.`);
      }
      const output = await runTool(tool, input, context);
      if (name === "search-proof") offers.push(...toOffers(output));
      return output;
    },
  };
}

/** Parses the input, runs, parses the output: a tool never sees nor returns what its schemas do not say. */
export async function runTool(tool: Tool, input: unknown, context: ToolContext): Promise<unknown> {
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) {
    throw new AppError("invalid", `The input of ${tool.name} is not acceptable.`, {
      fields: parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join("/")}`, message: issue.message })),
    });
  }
  return tool.output.parse(await tool.run(parsed.data, context));
}

function toOffers(output: unknown): Offer[] {
  const { touchpoint, hits, ruledOut } = searchProofAnswer.parse(output);
  const offer = (hit: (typeof hits)[number], rejectedBy: readonly string[]): Offer => ({
    assetId: hit.assetId,
    assetVersion: hit.assetVersion,
    touchpoint,
    score: hit.score,
    parts: hit.parts,
    rejectedBy,
    asks: hit.asks ?? [],
  });
  return [...hits.map((hit) => offer(hit, [])), ...ruledOut.map((hit) => offer(hit, hit.rejectedBy))];
}
