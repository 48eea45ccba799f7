import { Eta } from 'eta';
import type { PageModel } from './page-model';

// Templates escape what they print; compiled once.
const pages = new Eta({ views: __dirname, cache: true, autoEscape: true });

/** The page as HTML. */
export function renderBillPage(model: PageModel): string {
  return pages.render('bill', model);
}
