/** Line drawings of 24 × 24 units. Always beside a word, so hidden from screen readers. */
const PATHS = {
  phone:
    'M5 4h4l1.5 5-2.5 1.500a11 11 0 0 0 5.500 5.500L15 13.500l5 1.500v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1',
  phoneIn:
    'M5 4h4l1.500 5-2.500 1.500a11 11 0 0 0 5.500 5.500L15 13.500l5 1.500v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1M20 4l-6 6M14 5v5h5',
  hangUp:
    'M3 14c5-5.500 13-5.500 18 0l-2.500 3-4-1.800V12.500a13 13 0 0 0-5 0v2.700l-4 1.800zM12 3v4M9.500 5 12 7.500 14.500 5',
  keypad: 'M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 17h.01M12 22h.01',
  speaker: 'M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  message: 'M4 5h16v11H9.500L5.500 19.500V16H4zM8 9h8M8 12.500h5',
  transfer: 'M4 8h13M13.500 4.500 17 8l-3.500 3.500M20 16H7M10.500 12.500 7 16l3.500 3.500',
  microphone:
    'M12 3.500a3 3 0 0 1 3 3V11a3 3 0 0 1-6 0V6.500a3 3 0 0 1 3-3M5.500 11a6.500 6.500 0 0 0 13 0M12 17.500v3M8.500 20.500h7',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.500 20a7.500 7.500 0 0 1 15 0',
  clock: 'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M12 7.500V12l3 2',
  calendar: 'M4.500 6h15v14h-15zM4.500 10.500h15M8.500 3.500V7M15.500 3.500V7',
  list: 'M8.500 6H20M8.500 12H20M8.500 18H20M4.500 6h.01M4.500 12h.01M4.500 18h.01',
  check: 'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M8 12.300l2.800 2.700L16 9.500',
  alert: 'M12 3.500 22 20H2zM12 10v4.500M12 17.300h.01',
  cross: 'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M9 9l6 6M15 9l-6 6',
  question:
    'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M9.500 9.700a2.500 2.500 0 1 1 3.600 2.200c-.800.400-1.100.900-1.100 1.700M12 16.500h.01',
  info: 'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M12 11v5.500M12 7.800h.01',
  search: 'M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13M15.300 15.300 20.500 20.500',
  signOut: 'M14 4H5v16h9M10 12h10.500M17 8.500l3.500 3.500-3.500 3.500',
  chevronRight: 'M9.500 5.500 16 12l-6.500 6.500',
  chevronLeft: 'M14.500 5.500 8 12l6.500 6.500',
  chevronDown: 'M5.500 9.500 12 16l6.500-6.500',
  refresh: 'M19.500 12a7.500 7.500 0 1 1-2.300-5.400L19.500 9M19.500 4v5h-5',
  wait: 'M6 3.500h12M6 20.500h12M7.500 3.500c0 5 3 6 4.500 8.500 1.500-2.500 4.500-3.500 4.500-8.500M7.500 20.500c0-5 3-6 4.500-8.500 1.500 2.500 4.500 3.500 4.500 8.500',
  talk: 'M4 18V6h16v12zM4 6l8 7 8-7',
  voice: 'M4 10v4M8 7v10M12 4v16M16 7v10M20 10v4',
  database: 'M4.500 6.500c0-4 15-4 15 0s-15 4-15 0v11c0 4 15 4 15 0v-11M4.500 12c0 4 15 4 15 0',
  print: 'M7 9V3.500h10V9M7 17H4.500V9h15v8H17M7 14h10v6.500H7z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className = 'size-5' }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 24 24"
      className={`${className} shrink-0`}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'keypad' ? 3 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
