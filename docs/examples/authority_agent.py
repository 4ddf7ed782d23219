"""Purchases under an authority by an agent of your own: directed (ACT level L2) and autonomous (L3).

Needs Python 3.9 and cryptography:  python3 docs/examples/authority_agent.py L2|L3 [http://localhost:8080]
authority-agent.mjs does the same on Node and says more about each step.
"""
import base64, json, sys, urllib.error, urllib.request, uuid
from datetime import datetime, timedelta, timezone
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LEVEL = 'L3' if sys.argv[1:2] == ['L3'] else 'L2'
SANDBOX = sys.argv[2] if len(sys.argv) > 2 else 'http://localhost:8080'
RUN = uuid.uuid4().hex[:8]
NAME = f'{LEVEL.lower()}-{RUN}'
AGENT = f'did:act:{NAME}'
PIN = '246810'
identity = Ed25519PrivateKey.generate()


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def jwk(key):
    return {'kty': 'OKP', 'crv': 'Ed25519', 'x': encoded(key.public_key().public_bytes_raw())}


def now(**later):
    return (datetime.now(timezone.utc) + timedelta(**later)).isoformat(timespec='seconds').replace('+00:00', 'Z')


def signed(message, key_id=f'{AGENT}#key-1', key=identity):
    """Signs the RFC 8785 form. Whole numbers stay whole: json.dumps(60.0) writes 60.0, and RFC 8785 writes 60."""
    whole = {**message, 'signer_id': key_id, 'signature_type': 'ED25519'}
    text = json.dumps(whole, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
    return {**whole, 'signature_content': encoded(key.sign(text.encode()))}


def send(method, address, expect, key=None, body=None, **headers):
    url = address if address.startswith('http') else SANDBOX + address
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(), method=method)
    request.add_header('Act-Sender', AGENT)
    if key:
        request.add_header('Authorization', f'Bearer {key}')
    if body is not None:
        request.add_header('Content-Type', 'application/json')
    for name, value in headers.items():
        request.add_header(name.replace('_', '-'), value)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    text = answer.read()
    if answer.status != expect:
        raise SystemExit(f'{method} {address}: {answer.status} instead of {expect}\n{text.decode()}')
    is_json = 'json' in (answer.headers['Content-Type'] or '')
    return (json.loads(text) if text and is_json else None), answer.headers


def at(path):
    return f'/w/{NAME}{path}'


world, _ = send('POST', '/api/worlds', 201, body={'name': NAME})
operator, principal = world['keys']['operator'], world['keys']['principal']
registered, _ = send('POST', f'/api/worlds/{NAME}/agents', 201, operator, {'name': NAME, 'jwk': jwk(identity)})
key = registered['key']

# 1. The authority, and the question that is still open in its first draft.
isr = {
    'intent_id': f'I-{RUN}', 'agent_id': AGENT, 'currency': 'CNY',
    'validity_start_time': now(minutes=-1), 'validity_end_time': now(days=1),
}
if LEVEL == 'L2':
    isr.update(
        conversation_history={'user_intent_raw': 'Buy me one phone charger, at most 60 yuan'},
        delegation_mode='SPECIFIED', allowed_payment_methods=['balance'],
        ext={'vendor_private': {'targets': [{'kind': 'shop', 'what': 'charger', 'quantity': 1}]}})
else:
    isr.update(
        conversation_history={'user_intent_raw': 'Buy chargers when they are cheap, 100 yuan in all'},
        delegation_mode='BOUNDED', allowed_payment_methods=['sub_account'],
        ext={'commerce': {'allowed_categories': ['shop'], 'max_single_amount': 60}})


def draft(**fields):
    return send('POST', at('/delegations/intents'), 201, key, signed({'isr': {**isr, **fields}, 'timestamp': now()}))[0]


for question in draft()['open_questions']:
    print('open    ', question['field'], question['question']['en'])
for line in draft(max_total_amount=60 if LEVEL == 'L2' else 100)['summary']:
    print('signs   ', line['text']['en'])

# 2. The principal's PIN for the digest of what is shown; a person enters it in the console.
confirmation = at(f"/delegations/intents/{isr['intent_id']}/confirmation")
shown, _ = send('GET', confirmation, 200, principal)
granted, _ = send('POST', confirmation, 200, principal, {'decision': 'APPROVE', 'digest': shown['digest'], 'pin': PIN})
delegation_id = granted['delegation_id']
credential, _ = send('GET', at(f'/delegations/iacs/{delegation_id}/credential'), 200, key)

# 3. What pays.
if LEVEL == 'L2':
    consent, _ = send('POST', at('/psp/bindings'), 201, principal, {'agent_id': AGENT, 'account': 'balance'})
    bound, _ = send('POST', at(f"/psp/bindings/{consent['binding_id']}/confirmation"), 201, principal,
                    {'decision': 'APPROVE', 'digest': consent['digest'], 'pin': PIN})
else:
    account, _ = send('POST', at('/psp/sub-accounts'), 201, principal, {'agent_id': AGENT, 'pin': PIN})
    purse, purse_key = account['sub_account_id'], Ed25519PrivateKey.generate()
    send('POST', at(f'/psp/sub-accounts/{purse}/top-ups'), 200, principal,
         {'request_id': f'U-{RUN}', 'amount': '100.00', 'pin': PIN})
    send('POST', at(f'/psp/sub-accounts/{purse}/key'), 200, key, signed(
        {'sub_account_id': purse, 'jwk': {**jwk(purse_key), 'kid': f'{AGENT}#{purse}'}, 'timestamp': now()}))


# 4. The purchase; an autonomous agent waits for its condition.
def cheapest():
    intent = signed({
        'request_id': f'Q-{uuid.uuid4().hex[:8]}', 'intent_id': isr['intent_id'], 'agent_id': AGENT, 'timestamp': now(),
        'response_form': 'offers', 'limit': 3,
        'context': {'explicit_needs': [{'kind': 'shop', 'terms': 'charger', 'features': [], 'quantity': 1}]}})
    offers = send('POST', at('/merchants/luma-mart/intents'), 200, body=intent)[0]['offers']
    return min(offers, key=lambda each: float(each['total']))


offer = cheapest()
print('offer   ', offer['title']['en'], offer['total'])
if LEVEL == 'L3':
    limit = float(offer['total']) * 0.9
    for _ in range(3):
        if float(offer['total']) <= limit:
            break
        print('waits   ', offer['total'], 'is above', f'{limit:.2f}')
        # The operator plays the shop that lowers its price.
        send('POST', f'/api/worlds/{NAME}/merchants/luma-mart/disturbances', 204, operator,
             {'type': 'price_moved', 'item': offer['item_id'], 'percent': -20})
        offer = cheapest()
    else:
        raise SystemExit('the price does not fall')

order, _ = send('POST', at('/merchants/luma-mart/carts'), 201, body=signed({
    'request_id': f'C-{RUN}', 'intent_id': isr['intent_id'], 'delegation_id': delegation_id, 'agent_id': AGENT,
    'timestamp': now(), 'lines': [{'offer_id': offer['offer_id'], 'quantity': 1}], 'expected_total': offer['total'],
    'currency': offer['currency'], 'fulfilment': {'ship_to': 'home'}}))
_, headers = send('GET', order['resource_url'], 402)
needed = headers['Payment-Needed']
bill = json.loads(base64.urlsafe_b64decode(needed + '=' * (-len(needed) % 4)))['protocol']

# 5. The payment, with the credential, the bill and the shop's signed order.
payment = {
    'request_id': f'P-{RUN}', 'delegation_id': delegation_id, 'iac': credential['iac'],
    'merchant_order_no': bill['out_trade_no'], 'amount': bill['amount'], 'currency': bill['currency'],
    'timestamp': now(), 'agent_id': AGENT, 'principal_id': 'did:act:principal', 'payee': bill['seller_unique_id'],
    'bill': bill, 'order': order}
if LEVEL == 'L2':
    payment['instrument_ref'] = bound['instrument_ref']
else:
    same = {name: payment[name] for name in ('request_id', 'merchant_order_no', 'amount', 'currency', 'timestamp')}
    payment['sub_account_authorization'] = signed({'sub_account_id': purse, **same}, f'{AGENT}#{purse}', purse_key)
door = 'delegated-payments' if LEVEL == 'L2' else 'autonomous-payments'
paid, _ = send('POST', at(f'/psp/{door}'), 201, key, signed(payment))
print('paid    ', paid['trade_no'], paid['status'])

proof = send('GET', at(f"/psp/payments/{paid['trade_no']}?wait_seconds=25"), 200, key)[0]['proof']
delivered, _ = send('GET', order['resource_url'], 200, Payment_Proof=encoded(json.dumps(proof).encode()))
print('got     ', json.dumps(delivered, ensure_ascii=False, separators=(',', ':')))

# 6. What is left, and the authority is given back.
sums, _ = send('GET', at(f'/psp/delegations/{delegation_id}'), 200, key)
print('left    ', sums['left'], 'of', sums['total'], sums['currency'])
send('POST', at(f'/delegations/iacs/{delegation_id}/revoke'), 200, key, {'reason': 'done'})
print('returned', delegation_id)
