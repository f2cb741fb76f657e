/** The few signs of the page, drawn at 16 px in the colour of the text around them. */
const paths = {
  run: <path d="M4.5 2.8v10.4L13 8z" fill="currentColor" />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" rx="1" fill="currentColor" />,
  pause: <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" />,
  step: <path d="M3.5 2.8v10.4L10 8zM11 3h2v10h-2z" fill="currentColor" />,
  finish: <path d="M2.5 2.8v10.4L8 8zM8 2.8v10.4L13.5 8z" fill="currentColor" />,
  rewind: <path d="M8 2.8v10.4L2.5 8zM13.5 2.8v10.4L8 8z" fill="currentColor" />,
  seed: (
    <g fill="currentColor">
      <rect
        x="2.7"
        y="2.7"
        width="10.6"
        height="10.6"
        rx="2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
      />
      <circle cx="5.7" cy="5.7" r="1.1" />
      <circle cx="8" cy="8" r="1.1" />
      <circle cx="10.3" cy="10.3" r="1.1" />
    </g>
  ),
  restart: (
    <path
      d="M13 8a5 5 0 1 1-1.6-3.7M13 2.2v2.6h-2.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  menu: (
    <path
      d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
    />
  ),
  chevron: (
    <path
      d="M6 3.5 10.5 8 6 12.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  plus: <path d="M8 3v10M3 8h10" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />,
  light: (
    <g stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" fill="none">
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" />
    </g>
  ),
  dark: (
    <path
      d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
    />
  ),
  tick: (
    <path
      d="M3 8.5 6.5 12 13 4.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  remove: (
    <path
      d="M3 4.5h10M6.5 4V2.8h3V4M4.2 4.5l.6 8.7h6.4l.6-8.7"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {paths[name]}
    </svg>
  );
}
