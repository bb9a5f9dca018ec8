import type { Page } from '../../production/document/line-store';

const DEFAULT_LIMIT = 100;
const MOST = 1000;

/** How many entries a page holds at most: 100 unless asked otherwise, never more than 1000. */
export function pageLimit(page: Page<unknown>): number {
  return Math.min(Math.max(1, page.limit ?? DEFAULT_LIMIT), MOST);
}
