/** What the recogniser asks of its knowledge of one monitoring tool; all of it may be missing. */

import type { AlertTool } from '../../domain/alert.ts';
import type { Facts } from './facts.ts';
import type { MarkedLine } from './marker.ts';

export interface ToolHint {
  readonly tool: AlertTool;
  /** The sender's name or app id says so. */
  readonly sentBy: (facts: Facts) => boolean;
  /** The post's shape or links say so, whoever sent it. */
  readonly looksLike: (facts: Facts) => boolean;
  /** Where the tool has its own title line: that line, or a part of it. */
  readonly title?: (facts: Facts) => string | undefined;
  /** Overrides what the words say. */
  readonly state?: (facts: Facts) => MarkedLine['state'];
  readonly severity?: (facts: Facts) => MarkedLine['severity'];
  readonly service?: (facts: Facts) => string | undefined;
  /** What this tool calls the alert, found in any post. */
  readonly keys: (facts: Facts) => readonly string[];
  /** Equal for all that the alert ever says; undefined where the title has to serve. */
  readonly identity?: (facts: Facts, title: string) => string | undefined;
}

export function linkMatches(facts: Facts, pattern: RegExp): readonly RegExpExecArray[] {
  return facts.links.map(({ url }) => pattern.exec(url)).filter((found) => found !== null);
}
