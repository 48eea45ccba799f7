// Read by Node.js versions of any age before anything else is: no imports, no recent syntax.

/**
 * Ends the process with one sentence where Node.js is too old. Besides 20.19 the later lines need the
 * release in which `require` learned to load ES modules, which Nest is made of.
 */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const supported = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major >= 23;
  if (supported) return;
  console.error(
    `Ronghe needs Node.js 20.19 (or 22.12, or newer), this is ${process.versions.node}: install a newer one and try again.`,
  );
  process.exit(1);
}
