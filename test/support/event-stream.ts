import { type ClientRequest, request } from "node:http";

export interface SentEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

export interface StreamReader {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly events: readonly SentEvent[];
  /** The last id heard, as a browser remembers it: also one that came without data. */
  readonly lastId: () => string | null;
  readonly text: () => string;
  readonly isOver: () => boolean;
  /** Stops and goes on reading from the socket. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** Reads server-sent events over a socket, by the rules of HTML, section 9.2.6. */
export function readStream(url: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(url, { headers: { ...headers, connection: "close" } }, (answer) => {
      const events: SentEvent[] = [];
      let text = "";
      let rest = "";
      let lastId: string | null = null;
      let isOver = false;
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
        rest += part;
        const blocks = rest.split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          let event = "message";
          const data: string[] = [];
          for (const line of block.split("\n")) {
            const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
            if (field === "id") lastId = value;
            if (field === "event") event = value;
            if (field === "data") data.push(value);
          }
          if (data.length > 0) events.push({ id: lastId, event, data: JSON.parse(data.join("\n")) });
        }
      });
      for (const end of ["end", "close", "error"]) answer.on(end, () => (isOver = true));
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        events,
        lastId: () => lastId,
        text: () => text,
        isOver: () => isOver,
        pause: () => void answer.pause(),
        resume: () => void answer.resume(),
        close: () => void sent.destroy(),
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}
