import { describe, expect, it } from 'vitest';
import { createClassifier } from '../../../../src-main/logs/classify';
import { processorMsOf } from '../../../helpers/processor-time';

const classify = createClassifier(['error', 'fail', 'exception']);

describe('createClassifier', () => {
  it.each([
    ['error', 'error', 0],
    ['an Error: no such file or directory', 'Error', 3],
    ['Errors were found', 'Error', 0],
    ['it failed', 'fail', 3],
    ['FAILURE of the disk', 'FAIL', 0],
    ['two failures', 'fail', 4],
    ['failing over', 'fail', 0],
    ['java.lang.NullPointerException: x', 'Exception', 21],
    ['Uncaught TypeError: x is not a function', 'Error', 13],
    ['HTTPError 500', 'Error', 4],
    ['ERR_FOO error', 'error', 8],
    ['errorCode=5', 'error', 0],
    ['level=error msg="x"', 'error', 6],
    ['{"level":"error","msg":"x"}', 'error', 10],
    ['failed: no such host', 'fail', 0],
    ['failed: null pointer', 'fail', 0],
    ['error: 0.5 of the queue lost', 'error', 0],
    ['error=0x80004005', 'error', 0],
    ['10 errors', 'error', 3],
    ['0 errors, 1 failed', 'fail', 12],
    ['10:00 error', 'error', 6],
    ['\u001b[31merror\u001b[0m', 'error', 5],
    ['"trace":"x\\nerror: y"', 'error', 12],
    ['error2 of 3', 'error', 0],
    ['İ error', 'error', 2],
    ['İİİ exception', 'exception', 4],
  ])('keeps %j', (text, keyword, index) => {
    expect(classify(text)).toEqual({ keyword, index });
  });

  it.each([
    'all is well',
    'terror',
    'TERROR',
    'failover ok',
    'failsafe on',
    'exceptional service',
    'mirrored',
    '0 errors',
    'found 0 errors and 0 failures',
    'no error',
    'no errors found',
    'No known errors',
    'without error',
    'without any errors',
    'zero failures',
    'not an error',
    'error_count=0',
    'errors: 0',
    'errorCount=0 took=3ms',
    'failed=0 unreachable=0',
    '{"error":null,"id":3}',
    '{"error": ""}',
    'error=nil user=3',
    'err=<nil> error=<nil>',
    'error-free',
    'errors: 0, warnings: 0',
  ])('drops %j', (text) => {
    expect(classify(text)).toBeNull();
  });

  it('takes keywords as literals, not as patterns', () => {
    const literal = createClassifier(['[crit]', 'a.b', '(x+x+)+y']);
    expect(literal('[crit] disk')).toEqual({ keyword: '[crit]', index: 0 });
    expect(literal('crit disk')).toBeNull();
    expect(literal('axb')).toBeNull();
    expect(literal(`${'x'.repeat(60_000)}`)).toBeNull();
  });

  it('finds words of scripts without capitals wherever they stand', () => {
    expect(createClassifier(['오류'])('데이터베이스오류가 발생했습니다')).toEqual({ keyword: '오류', index: 6 });
  });

  it('keeps nothing without keywords', () => {
    expect(createClassifier([])('error')).toBeNull();
    expect(createClassifier([''])('error')).toBeNull();
  });

  it('is linear on lines made to be slow', () => {
    for (const unit of ['no ', 'error', '0', 'error=', 'fail ure', 'no_error_']) {
      const text = unit.repeat(Math.ceil(65_536 / unit.length));
      expect(
        processorMsOf(() => classify(text)),
        unit,
      ).toBeLessThan(250);
    }
  });
});
