import { tool as langChainTool, type StructuredToolInterface } from "@langchain/core/tools";
import type { Tool, ToolBox } from "./tool.ts";

/** The same tools in LangChain's form, for a tool-calling model; calls go through the box, so they are parsed and noted. */
export function toLangChainTools(tools: readonly Tool[], box: ToolBox): StructuredToolInterface[] {
  return tools.map((one) =>
    langChainTool(async (input: unknown) => JSON.stringify(await box.call(one.name, input)), {
      name: one.name,
      description: one.description,
      schema: one.input,
    }),
  );
}
