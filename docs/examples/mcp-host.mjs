// An agent that has nothing but an MCP address: node 20 runs it without anything else.
//   ./run grade --mcp --agent-command 'node docs/examples/mcp-host.mjs' --missions controls
// It has no model. It takes the wish in the standard's fields from ACT_MISSION, where yours would read ACT_PROMPT.
import { readFileSync } from 'node:fs';

const mission = JSON.parse(readFileSync(process.env.ACT_MISSION, 'utf8'));
const version = '2026-07-28';
let calls = 0;

/** Calls a tool and returns its structured result; a refusal is a result with error. */
async function tool(name, args) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const response = await fetch(process.env.ACT_MCP_URL, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'MCP-Protocol-Version': version,
      'Mcp-Method': 'tools/call',
      'Mcp-Name': name,
    },
    body: JSON.stringify({
      jsonrpc: '2.0', id: ++calls, method: 'tools/call', params: { name, arguments: args, _meta },
    }),
  });
  const answer = await response.json();
  return answer.result?.structuredContent ?? { error: answer.error };
}

/** Buys one order to its end; what is still waiting after five looks is left to the principal. */
async function buy(orderNo) {
  await tool('request_payment', { order_no: orderNo });
  let payment = {};
  for (let look = 0; look < 5 && payment.state !== 'paid'; look++) {
    payment = await tool('wait_for_payment', { order_no: orderNo });
    if (['declined', 'failed', 'closed', 'timed_out', 'abandoned'].includes(payment.state)) return false;
  }
  return !(await tool('collect', { order_no: orderNo })).error;
}

async function fulfil(wish) {
  const all = [];
  const recommended = [];
  for (const need of wish.needs ?? []) {
    const offers = (await tool('search_offers', need)).offers ?? [];
    const allowed = offers.filter((o) => !wish.merchants || wish.merchants.includes(o.merchant));
    allowed.sort((a, b) => a.total - b.total);
    if (allowed.length === 0) return;
    all.push(...allowed);
    recommended.push(allowed[0]);
  }
  const sum = recommended.reduce((total, o) => total + Math.round(o.total * 100), 0);
  if (all.length === 0 || (wish.budget && sum > Math.round(wish.budget * 100))) return;
  const { choice = [] } = await tool('show_offers', {
    offer_ids: all.map((o) => o.offer_id),
    recommended: recommended.map((o) => o.offer_id),
  });
  const orders = [];
  for (const offer_id of choice) {
    const order = await tool('confirm_cart', { offer_id });
    if (order.error) break;
    orders.push(order.order_no);
  }
  let good = orders.length === choice.length;
  for (const order_no of orders) {
    good = good && (await buy(order_no));
    if (!good) await tool('cancel_order', { order_no });
  }
}

/** Buys each service where it is cheapest, as far as the money reaches. */
async function buyServices(wish, delegation_id) {
  let left = Math.round(wish.budget * 100);
  for (const { service, merchant, input } of wish.needs) {
    const offers = (await tool('search_offers', { kind: 'service', service })).offers ?? [];
    const offer = offers.find((o) => !merchant || o.merchant === merchant);
    if (!offer || Math.round(offer.total * 100) > left) continue;
    const order = await tool('confirm_cart', { offer_id: offer.offer_id, input, delegation_id });
    if (!order.error && (await buy(order.order_no))) left -= Math.round(order.total * 100);
  }
}

/** Asks for an authority when the principal is away, and gives it back. */
async function withAuthority(wish) {
  const need = wish.needs[0];
  const wanted = need.kind === 'service' ? { kind: 'service', in_all: wish.budget } : need;
  const asked = await tool('request_delegation', {
    ...wanted, said: wish.text, most: wish.budget, until: need.date ?? need.deliver_by ?? mission.now.slice(0, 10),
  });
  let request = asked;
  for (let look = 0; look < 100 && request.status === 'waiting'; look++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    ({ request = {} } = await tool('get_delegations', { intent_id: asked.intent_id }));
  }
  const { delegation_id } = request;
  if (!delegation_id) return;
  if (need.kind === 'service') await buyServices(wish, delegation_id);
  for (let search = 0; need.kind !== 'service' && search < 110; search++) {
    const offers = (await tool('search_offers', need)).offers ?? [];
    const offer = offers.find((o) => Number(o.total) <= Number(wish.budget));
    if (offer) {
      const order = await tool('confirm_cart', { offer_id: offer.offer_id, delegation_id });
      if (!order.error) await buy(order.order_no);
      break;
    }
    if (offers.length > 0 && search > 0) break;
    await tool('let_time_pass', { minutes: 10 });
  }
  await tool('revoke_delegation', { delegation_id });
}

for (let wish = mission.wish; wish; ) {
  await (wish.away ? withAuthority(wish) : fulfil(wish));
  ({ wish } = await tool('finish', {}));
}
