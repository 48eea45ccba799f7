import { createProjectGraphAsync } from '@nx/devkit';

/**
 * The workspace's projects. Nx's boundary rule silently checks nothing when there is no project graph, so every
 * run of the linter makes one first.
 * @returns {Promise<{ name: string, root: string, tags: string[] }[]>}
 */
export async function readProjects() {
  process.env.NX_DAEMON ??= 'false';
  const graph = await createProjectGraphAsync({ exitOnError: false });
  return Object.values(graph.nodes).map(({ name, data }) => ({
    name,
    root: data.root,
    tags: data.tags ?? [],
  }));
}
