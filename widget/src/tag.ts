// The name of the element, by which the second script finds it.
export const TAG = "wegwijzer-chat";
