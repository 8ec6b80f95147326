const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A plain mail of the cleaned values, for a template that does not exist: unlovely, but the recipient gets the
 * link. Reads honestly as what it is.
 */
export function renderFallbackMail(
  name: string,
  values: Record<string, unknown>,
  brand: { productName: string; supportEmail: string | null },
): { subject: string; html: string; text: string; fallback: true } {
  const heading = `A message from ${brand.productName}`;
  const intro = 'The usual layout of this message is not available, so here are its contents:';
  const rows = [
    ['message', name] as const,
    ...Object.entries(values).map(([key, value]) => [key, asText(value)] as const),
  ];
  const closing = brand.supportEmail === null ? '' : `Questions? Write to ${brand.supportEmail}.`;
  const htmlRows = rows
    .map(([key, value]) => `<li>${escapeHtml(readable(key))}: ${linked(value)}</li>`)
    .join('\n');
  return {
    subject: heading,
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(heading)}</title></head>
<body style="font-family: sans-serif; line-height: 1.5"><h1>${escapeHtml(heading)}</h1>
<p>${intro}</p>
<ul>
${htmlRows}
</ul>
<p>${escapeHtml(closing)}</p></body></html>`,
    text: [heading, '', intro, '', ...rows.map(([key, value]) => `${readable(key)}: ${value}`), '', closing]
      .join('\n')
      .trimEnd(),
    fallback: true,
  };
}

function linked(value: string): string {
  const escaped = escapeHtml(value);
  return /^https?:\/\/\S+$/u.test(value) ? `<a href="${escaped}">${escaped}</a>` : escaped;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** `expiresInHours` → `expires in hours`. */
function readable(key: string): string {
  return key.replace(
    /([a-z])([A-Z])/gu,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
}
