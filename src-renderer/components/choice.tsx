interface ChoiceProps<Value extends string> {
  /** For those who do not see what stands beside it. */
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly textOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
  readonly className?: string | undefined;
}

/** One of a few fixed words. */
export function Choice<Value extends string>({ label, value, values, textOf, onChange, className }: ChoiceProps<Value>) {
  return (
    <select
      className={className}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(values.find((one) => one === event.target.value) ?? value)}
    >
      {values.map((one) => (
        <option key={one} value={one}>
          {textOf(one)}
        </option>
      ))}
    </select>
  );
}
