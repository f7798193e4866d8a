/** The part of a page that is read first at night: its first section that holds steps. */

import type { Runbook } from '../domain/runbook.ts';

interface Section {
  readonly heading: string | undefined;
  readonly text: string;
}

/** Markdown. Numbered steps win over a checklist or commands, those over plain words; without a body the first checks stand in. */
export function firstSteps(runbook: Runbook, checksHeading: string): string {
  const sections = sectionsOf(runbook.body).filter(({ text }) => text.trim() !== '');
  const chosen =
    sections.find(({ text }) => /^\s*\d{1,3}[.)]\s+\S/m.test(withoutCode(text))) ??
    sections.find(({ text }) => /^\s*(?:[-*+]\s+\[[ xX]\]\s|`{3,}|~{3,})/m.test(text)) ??
    sections.find(({ heading }) => heading !== undefined) ??
    sections[0];
  if (chosen) return [chosen.heading, chosen.text.trim()].filter((part) => part !== undefined).join('\n');
  if (runbook.firstChecks.length === 0) return '';
  return [checksHeading, ...runbook.firstChecks.map((check) => `- [ ] ${check}`)].join('\n');
}

/** A section reaches to the next heading of its own level or above; the page's own title is left out. */
function sectionsOf(body: string): Section[] {
  const lines = body.split('\n');
  const headings: { readonly level: number; readonly at: number }[] = [];
  let fence: string | undefined;
  for (const [at, line] of lines.entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    const level = fence === undefined ? /^(#{1,6})\s/.exec(line)?.[1]?.length : undefined;
    if (level !== undefined) headings.push({ level, at });
  }
  const title = headings[0]?.level === 1 ? headings[0] : undefined;
  const rest = headings.filter((heading) => heading !== title);
  const top = Math.min(6, ...rest.map(({ level }) => level));
  const starts = rest.filter(({ level }) => level === top).map(({ at }) => at);
  const preface = lines.slice(title ? title.at + 1 : 0, starts[0] ?? lines.length).join('\n');
  return [
    { heading: undefined, text: preface },
    ...starts.map((at, index) => ({
      heading: lines[at] ?? '',
      text: lines.slice(at + 1, starts[index + 1] ?? lines.length).join('\n'),
    })),
  ];
}

function withoutCode(text: string): string {
  return text.replace(/^\s*(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\s*\1[`~]*\s*$/gm, '');
}
