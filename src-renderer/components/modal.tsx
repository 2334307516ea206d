import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './modal.module.css';

interface ModalProps {
  /** Accessible name and heading. */
  readonly title: string;
  readonly hideTitle?: boolean;
  /** For texts that are read, not questions. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog over the window. Our own scrim instead of Dialog.Overlay: that one locks scrolling through a style element
 * (react-remove-scroll), which the content security policy rightly refuses; the page itself never scrolls.
 */
export function Modal({ title, hideTitle = false, wide = false, onClose, children }: ModalProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div className={styles.scrim} />
        <Dialog.Content className={styles.modal} data-wide={wide} aria-describedby={undefined}>
          <Dialog.Title className={hideTitle ? 'visually-hidden' : styles.title}>{title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
