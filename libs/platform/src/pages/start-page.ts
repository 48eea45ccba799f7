/** A line of the start page. */
export interface Place {
  path: string;
  /** English, with Chinese beside it. */
  text: string;
  /** False for what a browser cannot open by itself: it needs a token or another method than GET. */
  isLink: boolean;
}

/** The page at `/`: where everything is. All texts are ours; none comes from a request. */
export function startPage(places: readonly Place[], demoStaff: boolean): string {
  const hint = demoStaff
    ? '<p>Demonstration staff 演示用户: <code>counter1</code>, <code>billing1</code>, <code>operations1</code>, <code>partner1</code></p>'
    : '';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Ronghe 融合</title>
    <link rel="stylesheet" href="/pages/page.css" />
  </head>
  <body>
    <h1>Ronghe 融合</h1>
    <p>Operations and business support of a full-service telecom operator. 全业务运营支撑系统。</p>
    <table>
${places.map(row).join('\n')}
    </table>
    ${hint}
  </body>
</html>
`;
}

function row({ path, text, isLink }: Place): string {
  const place = isLink ? `<a href="${path}">${path}</a>` : `<code>${path}</code>`;
  return `      <tr><td>${place}</td><td>${text}</td></tr>`;
}
