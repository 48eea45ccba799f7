/**
 * The address of a resource in a body of the standard: absolute, since its `href` is a uri.
 * `collection` is the path that lists it: `/tmf-api/productOrderingManagement/v4/productOrder`.
 */
export type HrefOf = (collection: string, id: string) => string;

/** Addresses below a server's own, such as `https://ronghe.example`. */
export function hrefBelow(server: string): HrefOf {
  return (collection, id) => `${server}${collection}/${encodeURIComponent(id)}`;
}
