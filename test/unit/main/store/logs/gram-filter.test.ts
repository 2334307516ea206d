import { describe, expect, test } from 'vitest';
import {
  addToFilter,
  createGramFilter,
  encodeFilter,
  everyBlock,
  type GramFilter,
  hasBlock,
  narrowBlocks,
  needleHashes,
  shrinkFilter,
} from '../../../../../src-main/store/logs/gram-filter';
import { foldText, isAscii } from '../../../../../src-shared/logs/fold-text';
import { createRandom, randomText } from '../../../../helpers/log-store-samples';

const blocks = Array.from({ length: 70 }, (_, block) => {
  const random = createRandom(block);
  return Array.from({ length: 30 }, () => `${randomText(random)}\n`).join('');
});

function filled(): GramFilter {
  const filter = createGramFilter(4_096, blocks.length);
  for (const [at, text] of blocks.entries()) addToFilter(filter, at, text);
  return filter;
}

function blocksFor(filter: GramFilter, pages: Buffer, text: string): readonly number[] {
  const folded = foldText(text);
  const mask = everyBlock();
  const size = { bits: filter.bits, blockCount: blocks.length };
  narrowBlocks(mask, needleHashes({ folded, ascii: isAscii(folded) }), size, (offset, bytes) => pages.subarray(offset, offset + bytes));
  return blocks.flatMap((_, at) => (hasBlock(mask, at) ? [at] : []));
}

describe('the filter of grams', () => {
  test.each(['as made', 'shrunk'])('never leaves out a block that holds a text (%s)', (how) => {
    const made = filled();
    const filter = how === 'shrunk' ? shrinkFilter(made, blocks.length) : made;
    const pages = encodeFilter(filter);
    const random = createRandom(9);
    for (let time = 0; time < 2_000; time += 1) {
      const block = Math.floor(random() * blocks.length);
      const text = blocks[block] ?? '';
      const from = Math.floor(random() * text.length);
      const part = text.slice(from, from + 1 + Math.floor(random() * 20));
      expect(blocksFor(filter, pages, part), part).toContain(block);
      expect(blocksFor(filter, pages, part.toUpperCase()).includes(block) || foldText(part.toUpperCase()) !== foldText(part)).toBe(true);
    }
  });

  test('leaves most blocks out for what is nowhere', () => {
    const filter = filled();
    const pages = encodeFilter(filter);
    for (const text of ['segmentation fault', 'kubelet', '98712340987123', '없는말'])
      expect(blocksFor(filter, pages, text).length).toBeLessThan(8);
  });

  test('rules nothing out where a page is damaged', () => {
    const filter = filled();
    const pages = encodeFilter(filter);
    for (let at = 0; at < pages.length; at += 4_096) pages[at + 7] = (pages[at + 7] ?? 0) ^ 0x10;
    expect(blocksFor(filter, pages, 'kubelet')).toHaveLength(blocks.length);
  });

  test('has nothing to say on a text too short, or on half a character', () => {
    expect(needleHashes({ folded: 'ab', ascii: true })).toEqual([]);
    expect(needleHashes({ folded: 'abcdef\ud83d', ascii: false })).toEqual([]);
    expect(needleHashes({ folded: '한', ascii: false })).toHaveLength(1);
  });
});
