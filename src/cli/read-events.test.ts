import { expect, it } from "vitest";
import { readEvents } from "./read-events.ts";

async function read(bytes: string | Uint8Array) {
  async function* stdin(): AsyncGenerator<Uint8Array> {
    const all = Buffer.from(bytes);
    yield all.subarray(0, 3);
    yield all.subarray(3);
  }
  return readEvents("-", { env: {}, stdin: stdin(), out: () => {}, err: () => {} });
}

it("reads one event, also over several lines", async () => {
  expect(await read('{\n"id": "1"\n}\n')).toEqual([{ where: "standard input", envelope: { id: "1" } }]);
});

it("reads an array of events", async () => {
  expect(await read('[{"id":"1"},2]')).toEqual([
    { where: "standard input[0]", envelope: { id: "1" } },
    { where: "standard input[1]", envelope: 2 },
  ]);
});

it("reads an event a line, skips empty lines, and keeps the place of one that is not JSON", async () => {
  expect(await read('{"id":"1"}\r\n\n{"id":\n{"id":"ä"}')).toEqual([
    { where: "standard input:1", envelope: { id: "1" } },
    { where: "standard input:3", envelope: null },
    { where: "standard input:4", envelope: { id: "ä" } },
  ]);
});

it.each([
  ["nothing", "\n"],
  ["bytes that are not UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0xfe)],
])("refuses %s", async (_, bytes) => {
  await expect(read(bytes)).rejects.toMatchObject({ code: "malformed" });
});
