"""Be told instead of asking: a payment with a callback. python3 examples/callback.py [http://localhost:8080]

The sandbox calls addresses on this machine without a setting; others with --set outbound-hosts=HOST.
"""

import json
import queue
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from act_agent import ActAgent, Principal, create_world

told: "queue.Queue[dict]" = queue.Queue()


class Callback(BaseHTTPRequestHandler):
    """Takes notifications and answers 200 at once: what is not answered is sent again."""

    def do_POST(self):
        told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


listener = ThreadingHTTPServer(("127.0.0.1", 0), Callback)
threading.Thread(target=listener.serve_forever, daemon=True).start()
callback_url = "http://127.0.0.1:%d/told" % listener.server_port

server = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080"
name = "py-callback-" + uuid.uuid4().hex[:8]
world, made = create_world(server, name=name)
principal = Principal(world, made["keys"]["principal"])
agent = ActAgent.register(world, name, made["keys"]["operator"])
agent.instrument_ref = principal.bind(agent.agent_id)

need = {"kind": "shop", "terms": "charger", "features": [], "quantity": 1}
order = agent.confirm_cart("luma-mart", agent.offers("luma-mart", need)[0])
print("order   ", order["order_no"], order["lines"][0]["title"]["en"])
payment = agent.request_payment(order, agent.bill(order), callback_url)
principal.approve_payment(payment["trade_no"])  # a person, at payment["cashier_url"]

notice = told.get(timeout=60)
print("told    ", notice["event"], "by", agent.verified(notice))
assert agent.verified(notice) == "did:act:sandbox-pay", "the notification is not signed by the payment service"
assert notice["trade_no"] == payment["trade_no"]
# A notification is a hint to look, and no proof: the proof of the payment comes from the payment service.
print("got     ", agent.collect(order, agent.payment(notice["trade_no"])))
listener.shutdown()
