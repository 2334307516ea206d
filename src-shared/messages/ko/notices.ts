import type { noticesEn } from '../en/notices';

/** What LogScope says about itself. */
export const noticesKo: Readonly<Record<keyof typeof noticesEn, string>> = {
  'notice.settings-set-aside': '설정 파일을 읽을 수 없어 {{file}}(으)로 보관하고 기본값을 사용합니다.',
  'notice.store-unavailable': '기록을 저장할 수 없습니다: {{detail}}',
};
