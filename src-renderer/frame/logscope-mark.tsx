/** The mark: a scope's ring with the pulse it watches. */
export function LogScopeMark() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true" focusable="false">
      <circle cx="8" cy="8" r="6.6" strokeWidth="1.5" />
      <path d="M1.6 8.4H5L6.6 4.8 9.2 11.4 10.7 8.4H14.4" strokeWidth="1.4" strokeLinejoin="round" />
    </svg>
  );
}
