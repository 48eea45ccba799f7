/** Everything about a customer in one request: what they are, own, ordered, used, were billed and owe. */
export const CUSTOMER_360 = /* GraphQL */ `
  query Customer360($customerId: ID!, $period: String!) {
    customer(customerId: $customerId) {
      customerId
      name
      maskedIdentityNumber
      orders(first: 5) {
        edges {
          node {
            orderId
            state
            placedAt
          }
        }
      }
      accounts(first: 5) {
        edges {
          node {
            accountId
            billDay
            balance
            products(first: 20) {
              edges {
                node {
                  productId
                  card
                  offeringCode
                  number
                  status
                }
              }
            }
            buckets(period: $period) {
              code
              unit
              granted
              used
              remaining
            }
            bills(first: 12) {
              nodes {
                number
                period
                total
                due
              }
            }
            payments(first: 12) {
              amount
              method
              receivedAt
            }
          }
        }
      }
    }
  }
`;

export interface Customer360 {
  customer: {
    name: string;
    maskedIdentityNumber: string;
    orders: { edges: { node: { state: string } }[] };
    accounts: {
      edges: {
        node: {
          balance: string;
          products: { edges: { node: { card: string; status: string } }[] };
          buckets: { code: string; unit: string; granted: string; used: string; remaining: string }[];
          bills: { nodes: { period: string; total: string; due: string }[] };
          payments: { amount: string }[];
        };
      }[];
    };
  };
}
