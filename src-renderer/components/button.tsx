import type { ButtonHTMLAttributes } from 'react';
import styles from './button.module.css';
import { joinClasses } from './join-classes';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** plain: on surfaces; primary: the one expected action; danger: ends something; link: a way on, in the text. */
  readonly kind?: 'plain' | 'primary' | 'danger' | 'link';
}

export function Button({ kind = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={joinClasses(styles.button, className)} data-kind={kind} {...rest} />;
}
