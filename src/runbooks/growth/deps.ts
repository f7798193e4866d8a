/** What the growing of the library needs of the outside. */

import type { Alert } from '../../domain/alert.ts';
import type { RunbookDeps } from '../suggest.ts';
import type { Checklist } from '../thread/checklist.ts';

export interface GrowthDeps extends RunbookDeps {
  /** The first checks that stand under the alert. */
  readonly checksOf: (alert: Alert) => Promise<Checklist>;
  /** The folder of the library as toban.yml names it. */
  readonly dir: string;
  /** Where the weekly list goes; undefined where no channel is configured or known. */
  readonly weeklyChannel: () => string | undefined;
}
