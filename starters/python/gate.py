"""Sells one page to agents over HTTP 402: python3 gate.py shop.env

It needs act.py beside it, Python 3.10 and the package cryptography. shop.env is the "env" of POST /api/worlds/{world}/merchants.
"""
from datetime import timedelta
from act import Terms, iso, not_found, sell, serve

PATH, PRICE = "/report", "0.50"  # CNY


def make_report(sale):
    """Makes what is sold; it is called once for a payment."""
    return {"report": "Tea is dearer than last year.", "sale": sale["out_trade_no"]}


def report(request):
    if request.bare_path != PATH:
        raise not_found()
    return sell(request, Terms(PRICE, PATH[1:], iso(request.now + timedelta(minutes=15))), make_report)


if __name__ == "__main__":
    serve({"GET " + PATH[1:]: report})
