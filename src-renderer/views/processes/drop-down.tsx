import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../components/button';
import styles from './drop-down.module.css';

interface DropDownProps {
  /** On the button, and the accessible name of what opens. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly iconOnly?: boolean;
  /** Which edge of the button it stands at. */
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/** A button with a small panel below it. Closes with Esc, a click elsewhere, or when the focus goes elsewhere. */
export function DropDown({ label, icon, iconOnly = false, align = 'end', children }: DropDownProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const onElsewhere = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    // Before the window's own Esc, which would close the detail panel.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', onElsewhere);
    document.addEventListener('focusin', onElsewhere);
    document.addEventListener('keydown', onKeyDown, true);
    return () => {
      document.removeEventListener('pointerdown', onElsewhere);
      document.removeEventListener('focusin', onElsewhere);
      document.removeEventListener('keydown', onKeyDown, true);
    };
  }, [open]);
  return (
    <div ref={root} className={styles.root}>
      <Button
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={iconOnly ? label : undefined}
        title={iconOnly ? label : undefined}
        onClick={() => setOpen(!open)}
      >
        {icon}
        {!iconOnly && label}
      </Button>
      {open && (
        <div id={id} role="group" aria-label={label} className={styles.panel} data-align={align}>
          {children}
        </div>
      )}
    </div>
  );
}
