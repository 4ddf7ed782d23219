// Sells one page to agents over HTTP 402: node gate.mjs shop.env
// It needs act.mjs beside it, Node 18 and nothing else. shop.env is the "env" of POST /api/worlds/{world}/merchants.
import { serve } from "./act.mjs";

/** Makes what is sold; it is called once for a payment, with the number of the sale. */
const makeReport = (sale) => ({ report: "Tea is dearer than last year.", sale });

serve({ path: "/report", price: "0.50", make: makeReport }); // CNY
