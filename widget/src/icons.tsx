// Drawn here rather than fetched: the widget asks nothing from anywhere else. Decoration only, so hidden from readers.
import type { ComponentChildren } from "preact";

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const Signpost = () => (
  <Icon>
    <path d="M12 3v18M9 21h6M12 5h6l2.5 2.25L18 9.5h-6M12 11.5H6L3.5 13.75 6 16h6" />
  </Icon>
);

export const Cross = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);

export const Elsewhere = () => (
  <Icon>
    <path d="M14 4h6v6M20 4l-9 9M18 14v5H5V6h5" />
  </Icon>
);
