// What stays in this tab while the visitor goes from page to page: the token and whether the chat is open.

const TOKEN = "wegwijzer-token";
const OPEN = "wegwijzer-open";

export interface Memory {
  token: string | null;
  open: boolean;
}

export function tabMemory(): Memory {
  // A browser may forbid storage; then the conversation lasts as long as the page.
  const attempt = (use: () => string | null | void) => {
    try {
      return use() ?? null;
    } catch {
      return null;
    }
  };
  const read = (key: string) => attempt(() => sessionStorage.getItem(key));
  const write = (key: string, value: string | null) =>
    attempt(() => (value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, value)));
  return {
    get token() {
      return read(TOKEN);
    },
    set token(value) {
      write(TOKEN, value);
    },
    get open() {
      return read(OPEN) !== null;
    },
    set open(value) {
      write(OPEN, value ? "1" : null);
    },
  };
}
