import { cameOf, gradeOf, isSameBag, listed, placedOf, touchpointOf } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

/** Which assets are placed and where: what is seen, would be seen once a person agrees, or waits to be seen. */
export const gradeAssets: MomentGrader = (moment, { assets, at }) => {
  const { step } = moment;
  const placed = placedOf(moment.decision);
  const got = placed.map(({ assetId }) => assetId);
  const grades = [];
  if (assets?.anyOf) {
    const allowed: readonly string[] = assets.anyOf;
    const passed = got.length > 0 && got.every((asset) => allowed.includes(asset));
    const wanted = allowed.length === 1 ? `${allowed[0]} to be placed` : `one of ${listed(allowed)} to be placed`;
    const came = got.length === 0 ? cameOf(moment) : listed(got);
    grades.push(gradeOf("asset", step, { passed, wanted, came, expected: allowed, got }));
  }
  if (assets?.noneOf) {
    const forbidden: readonly string[] = assets.noneOf;
    const passed = moment.decision !== null && !got.some((asset) => forbidden.includes(asset));
    const came = moment.decision === null ? cameOf(moment) : listed(got);
    grades.push(
      gradeOf("asset", step, { passed, wanted: `none of ${listed(forbidden)}`, came, expected: forbidden, got }),
    );
  }
  if (at) {
    const shown = placed.map(touchpointOf);
    const passed = moment.decision !== null && isSameBag(at, shown);
    const came = shown.length === 0 ? cameOf(moment) : listed(shown);
    grades.push(
      gradeOf("touchpoint", step, { passed, wanted: `${listed(at, "no touchpoint")}`, came, expected: at, got: shown }),
    );
  }
  return grades;
};
