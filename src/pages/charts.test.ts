import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histogram, matrix, reliability, shareBar } from "./charts.ts";
import type { Html } from "./page.ts";

const text = (piece: Html) => String(piece);
const count = (markup: string, what: string | RegExp) => markup.split(what).length - 1;
const hostile = `<script>alert("x")</script>`;

describe("a histogram", () => {
  it("has a bar for each, as high as it is often, with its figure and its label", () => {
    const chart = text(
      histogram(
        "Two of a, one of b",
        [
          { label: "a", count: 2 },
          { label: "b", count: 1 },
        ],
        "letters",
      ),
    );
    const heights = [...chart.matchAll(/class="column[^>]* height="([\d.]+)"/g)].map(([, height]) => Number(height));
    expect(heights[0]).toBeCloseTo(2 * (heights[1] ?? 0));
    expect(chart).toContain('role="img" aria-label="Two of a, one of b"><title>Two of a, one of b</title>');
    expect(chart).toMatch(/class="count"[^>]*>2</);
    expect(chart).toMatch(/class="tick"[^>]*>b</);
  });

  it("lets no label be markup", () => {
    const chart = text(histogram(hostile, [{ label: hostile, count: 1 }], hostile));
    expect(chart).not.toContain("<script");
    expect(count(chart, "&lt;script&gt;")).toBe(4);
  });

  it("stays within its frame and has no figure that is none, whatever the counts", () => {
    const bars = fc.array(fc.record({ label: fc.string(), count: fc.nat() }), { maxLength: 12 });
    fc.assert(
      fc.property(bars, (some) => {
        const chart = text(histogram("Any", some, "any"));
        expect(chart).not.toMatch(/="[^"]*(?:NaN|Infinity|undefined)/);
        for (const [, y] of chart.matchAll(/<rect[^>]* y="([^"]+)"/g)) expect(Number(y)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("a reliability curve", () => {
  const bins = [
    { from: 0, to: 0.5, count: 0, meanConfidence: null, accuracy: null },
    { from: 0.5, to: 1, count: 4, meanConfidence: 0.75, accuracy: 1 },
  ];

  it("has a point for each bin that holds something, with how much", () => {
    const chart = text(reliability("Four choices", bins));
    expect(count(chart, "<circle")).toBe(1);
    expect(chart).toMatch(/class="count"[^>]*>4</);
  });

  it("puts what was as sure as right on the diagonal", () => {
    const even = [0, 0.5, 1].map((share) => ({ from: 0, to: 1, count: 1, meanConfidence: share, accuracy: share }));
    const chart = text(reliability("Even", even));
    const [, x1 = "", y1 = "", x2 = "", y2 = ""] =
      /class="ideal" x1="([^"]+)" y1="([^"]+)" x2="([^"]+)" y2="([^"]+)"/.exec(chart) ?? [];
    const points = [...chart.matchAll(/<circle[^>]* cx="([^"]+)" cy="([^"]+)"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    const [from, to] = [
      [Number(x1), Number(y1)],
      [Number(x2), Number(y2)],
    ];
    expect(points[0]).toEqual(from);
    expect(points[2]).toEqual(to);
    expect(points[1]?.[0]).toBeCloseTo((Number(x1) + Number(x2)) / 2);
  });

  it("is an empty frame of nothing", () => {
    const chart = text(reliability("Nothing", []));
    expect(chart).not.toContain("<circle");
    expect(chart).not.toContain('class="curve"');
  });
});

it("draws a share, and none of nothing", () => {
  expect(text(shareBar(1, 4))).toContain('class="bar-part" width="25"');
  expect(text(shareBar(0, 0))).toContain('class="bar-part" width="0"');
});

it("marks in a matrix what is not as it should be by more than a colour, and tells rows and columns", () => {
  const table = text(
    matrix({
      caption: hostile,
      axes: ["expected", "came"],
      rows: ["show", "ask"],
      columns: ["show", "ask"],
      count: (row, column) => (row === "show" ? (column === "show" ? 3 : 1) : 0),
    }),
  );
  expect(table).toContain("<caption>&lt;script&gt;");
  expect(count(table, 'scope="row"')).toBe(2);
  expect(table).toMatch(/cell-same[^>]*>3</);
  expect(table).toMatch(/cell-other[^>]*>1<span class="mark" aria-hidden="true"> ≠/);
  expect(count(table, "cell-none")).toBe(2);
});

it("judges nothing where it is not asked to: what is the same is quiet, a change stands out", () => {
  const count = (row: string, column: string) => (row === "shown" && column === "asked" ? 2 : row === column ? 5 : 0);
  const sides = ["shown", "asked"];
  const of = (tone?: "judged" | "neutral") =>
    text(
      matrix({ caption: "c", axes: ["before", "after"], rows: sides, columns: sides, count, ...(tone && { tone }) }),
    );
  expect(of("neutral")).toContain('<table class="matrix matrix-neutral">');
  expect(of("neutral")).toMatch(/cell-other[^>]*>2<span class="mark" aria-hidden="true"> ≠/);
  expect(of()).toContain('<table class="matrix matrix-judged">');
  expect(text(shareBar(1, 4, "neutral"))).toContain('class="bar bar-neutral"');
  expect(text(shareBar(1, 4))).toContain('class="bar bar-judged"');
});
