import type { logsEn } from '../en/logs';

/** Log lines and their sources. */
export const logsKo: Readonly<Record<keyof typeof logsEn, string>> = {
  'logs.all': '전체 보기',
  'logs.following': '소스 {{count}}개',
  'logs.following_one': '소스 1개',
  'logs.calm': '오류가 없습니다. 소스 {{count}}개를 따라가는 중입니다.',
  'logs.calm_one': '오류가 없습니다. 소스 1개를 따라가는 중입니다.',
  'logs.openSource': '{{source}} 로그',
  'logs.repeated': '같은 줄 {{count}}개',
  'logs.kept': '{{count}}줄',
  'logs.kept_one': '1줄',
  'logs.droppedHere': '오래된 {{count}}줄은 남아 있지 않습니다',
  'logs.sources': '소스',
  'logs.allSources': '전체',
  'logs.tail': '오류 줄',
  'logs.nothingHere': '아직 오류 줄이 없습니다.',
  'logs.pause': '멈춤',
  'logs.follow': '따라가기',
  'logs.new': '새 줄 {{count}}개',
  'logs.pausedPill': '멈춤 · 끝으로',
  'logs.cut': '… {{count}} 생략',
  'logs.state.following': '따라가는 중',
  'logs.state.ended': '끝남',
  'logs.state.retrying': '다시 시도 중',
  'logs.state.unavailable': '읽을 수 없음',
};
