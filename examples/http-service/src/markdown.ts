const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

/** As much Markdown as the service's documents use: headings, lists, emphasis, paragraphs. */
export function renderMarkdown(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((block) => renderBlock(block.trim()))
    .filter((html) => html !== '')
    .join('\n');
}

export function titleOf(text: string): string {
  return /^#\s+(.+)$/m.exec(text)?.[1] ?? 'Untitled';
}

function renderBlock(block: string): string {
  if (block === '') return '';
  const heading = /^(#{1,6})\s+(.+)$/.exec(block);
  if (heading) {
    const level = heading[1]?.length ?? 1;
    return `<h${level}>${renderInline(heading[2] ?? '')}</h${level}>`;
  }
  const lines = block.split('\n');
  if (lines.every((line) => line.startsWith('- '))) {
    return `<ul>${lines.map((line) => `<li>${renderInline(line.slice(2))}</li>`).join('')}</ul>`;
  }
  return `<p>${renderInline(lines.join(' '))}</p>`;
}

function renderInline(text: string): string {
  return escapeHtml(text).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>').replace(/`(.+?)`/g, '<code>$1</code>');
}
