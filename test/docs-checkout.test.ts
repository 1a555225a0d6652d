import { takeSteps } from "./support/doc-steps.ts";

takeSteps("checkout");
