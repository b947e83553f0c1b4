// Reads the frames of a text/event-stream; comments such as the heartbeat are left out.

export interface Frame {
  event: string;
  data: string;
}

export async function* frames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return; // what remains is half a frame
      // A \r at the end may be half of \r\n: it waits for the next piece.
      const text = rest + decoder.decode(value, { stream: true });
      const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
      const parts = whole.replace(/\r\n?/g, "\n").split("\n\n");
      rest = parts.pop() + text.slice(whole.length);
      for (const part of parts) {
        const frame = frameOf(part);
        if (frame) yield frame;
      }
    }
  } finally {
    // Also when the reader of these frames stops early: the connection is not kept.
    reader.cancel().catch(() => {});
  }
}

function frameOf(part: string): Frame | null {
  let event = "message";
  const data: string[] = [];
  for (const line of part.split("\n")) {
    const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "event") event = value!;
    if (field === "data") data.push(value!);
  }
  return data.length ? { event, data: data.join("\n") } : null;
}
