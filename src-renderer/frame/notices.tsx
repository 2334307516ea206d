import { Button } from '../components/button';
import { useUi, useWindowState } from '../state/context';
import { useWords } from '../words/use-words';
import styles from './notices.module.css';

/** What LogScope has to say about itself (a settings file set aside). Stays until it is closed. */
export function Notices() {
  const notices = useUi((ui) => ui.notices);
  const { ui } = useWindowState();
  const { t, tOr } = useWords();
  return (
    <div role="status" className={styles.notices}>
      {notices.map((notice) => (
        <p key={notice.id} className={styles.notice}>
          <span>{tOr(`notice.${notice.id}`, notice.text, notice.values)}</span>
          <Button onClick={() => ui.setState({ notices: ui.getState().notices.filter((one) => one.id !== notice.id) })}>
            {t('action.close')}
          </Button>
        </p>
      ))}
    </div>
  );
}
