package org.actsandbox.sandbox.control.openapi;

import static org.actsandbox.protocol.refusal.Problem.*;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import tools.jackson.databind.JsonNode;

/**
 * Says with which statuses an operation refuses: those that follow from its form (keys, path, body,
 * signature), and those of the refusals of its own. What the connection itself refuses, such as an
 * address that is too long, is the {@code default} answer of all operations.
 */
final class OpenApiRefusals {

  private static final Set<Problem> ANY =
      EnumSet.of(REQUEST_MALFORMED, INVALID_FIELD, INTERNAL, UNAVAILABLE);
  private static final Set<Problem> KEY = EnumSet.of(KEY_MISSING, KEY_INVALID, KEY_FORBIDDEN);
  private static final Set<Problem> BODY =
      EnumSet.of(MALFORMED_JSON, BODY_TOO_LARGE, BODY_TOO_SLOW, MEDIA_TYPE_UNSUPPORTED);
  private static final Set<Problem> SIGNATURE =
      EnumSet.of(SIGNATURE_MISSING, SIGNER_UNKNOWN, SIGNATURE_TYPE_MISMATCH, SIGNATURE_INVALID);

  /** A merchant of one's own is reached through a relay, which may get no answer. */
  private static final Set<Problem> RELAY =
      EnumSet.of(UPSTREAM_FAILED, UPSTREAM_TIMEOUT, ACCESS_RESTRICTED);

  private static final Set<Problem> PIN =
      EnumSet.of(PIN_WRONG, PIN_LOCKED, APPROVAL_MISMATCH, CONFIRMATION_TIMED_OUT);

  /** The refusals of a payment that the principal approves (PSD-3, PSD-4). */
  private static final Set<Problem> PAYMENT =
      EnumSet.of(
          DUPLICATE_REQUEST,
          EXPIRED_REQUEST,
          INSTRUMENT_INVALID,
          INSTRUMENT_MISMATCH,
          LIMIT_EXCEEDED,
          INSUFFICIENT_BALANCE,
          PAYEE_UNKNOWN,
          BILL_MISMATCH,
          BILL_EXPIRED,
          PAYMENT_CLOSED,
          INTENT_MISMATCH,
          DELEGATION_MISMATCH,
          EXECUTION_FAILED);

  /** The refusals of a payment that rests on an authority (PSD-5 to PSD-7). */
  private static final Set<Problem> AUTHORITY = authority();

  private static final Set<Problem> SUB_ACCOUNT =
      EnumSet.of(
          SUB_ACCOUNT_UNKNOWN,
          SUB_ACCOUNT_FROZEN,
          SUB_ACCOUNT_CANCELLED,
          SUB_ACCOUNT_MISMATCH,
          SUB_ACCOUNT_KEY_INVALID,
          SUB_ACCOUNT_AUTHORIZATION_INVALID);

  private static final Set<Problem> BILL =
      EnumSet.of(
          PROOF_MISSING,
          PROOF_INVALID,
          PROOF_EXPIRED,
          PROOF_REVOKED,
          PROOF_REPLAYED,
          PROOF_MISMATCH,
          PROOF_UNVERIFIED,
          DELIVERY_CONFLICT,
          PAID_TOO_LATE,
          FULFILMENT_FAILED,
          HEADER_MALFORMED,
          HEADER_TOO_LARGE,
          HOLD_EXPIRED,
          BILL_EXPIRED,
          PAYMENT_CLOSED,
          METHOD_UNSUPPORTED,
          RATE_LIMITED);

  private static final Map<String, Set<Problem>> OWN = own();

  private OpenApiRefusals() {}

  private static Set<Problem> authority() {
    var all = EnumSet.range(IAC_INVALID, RETRIES_EXHAUSTED);
    all.addAll(PAYMENT);
    return all;
  }

  private static Map<String, Set<Problem>> own() {
    var own = new HashMap<String, Set<Problem>>();
    put(own, "createWorld", NAME_TAKEN, LIMIT_EXCEEDED);
    put(own, "resetWorld", PIN_WRONG, PIN_LOCKED, ILLEGAL_TRANSITION);
    put(own, "deleteWorld", ILLEGAL_TRANSITION);
    put(own, "registerAgent", NAME_TAKEN, LIMIT_EXCEEDED);
    put(own, "signMessage", SIGNING_HELPER_OFF);
    put(own, "registerMerchant", NAME_TAKEN, LIMIT_EXCEEDED, ACCESS_RESTRICTED);
    put(own, "disturbMerchant", SOLD_OUT, OFFER_EXPIRED);
    put(own, "rotateKey", LIMIT_EXCEEDED);
    put(own, "orderFault", LIMIT_EXCEEDED);
    put(own, "openProxy", NAME_TAKEN, LIMIT_EXCEEDED, ACCESS_RESTRICTED, ILLEGAL_TRANSITION);
    put(own, "replayProxy", ILLEGAL_TRANSITION, LIMIT_EXCEEDED);
    put(own, "shareRun", LIMIT_EXCEEDED);
    put(own, "tamperWithRecord", ALREADY_TAMPERED, LIMIT_EXCEEDED);
    for (var ours : new String[] {"Dispute", "WorldDispute"}) {
      put(own, "open" + ours, DISPUTE_NOT_ALLOWED, DISPUTE_OPEN, DUPLICATE_REQUEST);
      put(own, "bring" + ours + "Statement", EVIDENCE_LATE, DUPLICATE_REQUEST);
      more(own, "bring" + ours + "Statement", SIGNATURE);
      put(own, "withdraw" + ours, ILLEGAL_TRANSITION);
    }
    more(own, "openDispute", PIN);
    put(own, "openConversation", DUPLICATE_REQUEST, LIMIT_EXCEEDED);
    for (var turn : new String[] {"sendMessage", "chooseOffers", "cancelTurn"}) {
      put(own, turn, DUPLICATE_REQUEST, ILLEGAL_TRANSITION, LIMIT_EXCEEDED);
    }
    put(own, "continueTask", ILLEGAL_TRANSITION);
    for (var move : new String[] {"suspendDelegation", "resumeDelegation", "revokeDelegation"}) {
      put(own, move, ILLEGAL_TRANSITION);
    }
    more(own, "resumeDelegation", PIN);
    put(own, "draftIntent", ISR_INCOMPLETE, IAC_AGENT_MISMATCH, IAC_PRINCIPAL_MISMATCH);
    more(own, "draftIntent", DUPLICATE_REQUEST);
    put(own, "confirmIntent", ISR_INCOMPLETE, ILLEGAL_TRANSITION);
    more(own, "confirmIntent", PIN);
    put(own, "negotiatePayment", METHOD_UNSUPPORTED);
    put(
        own,
        "transferIntent",
        INTENT_MALFORMED,
        NO_MATCH,
        ACCESS_RESTRICTED,
        CONSTRAINT_CONFLICT,
        CONSTRAINT_UNKNOWN,
        INTENT_RATE_LIMITED,
        PREVIOUS_REQUEST_UNKNOWN,
        OFFER_INCOMPLETE,
        DUPLICATE_REQUEST);
    put(
        own,
        "confirmCart",
        OFFER_EXPIRED,
        PRICE_CHANGED,
        SOLD_OUT,
        DUPLICATE_REQUEST,
        EXPIRED_REQUEST,
        ACCESS_RESTRICTED,
        CONSTRAINT_CONFLICT);
    put(own, "cancelOrder", NOT_CANCELLABLE, ILLEGAL_TRANSITION, DUPLICATE_REQUEST);
    more(own, "cancelOrder", EXPIRED_REQUEST);
    put(own, "refundOrder", REFUND_NOT_ALLOWED, REFUND_EXCEEDS, DUPLICATE_REQUEST);
    own.put("fetchDelivery", EnumSet.copyOf(BILL));
    own.put("requestService", EnumSet.copyOf(BILL));
    more(own, "requestService", Set.of(DUPLICATE_REQUEST, CONSTRAINT_CONFLICT, SOLD_OUT));
    put(own, "notifyMerchantOfPayment", BILL_MISMATCH, DUPLICATE_REQUEST, ACCESS_RESTRICTED);
    own.put("requestPayment", EnumSet.copyOf(PAYMENT));
    own.put("requestDelegatedPayment", EnumSet.copyOf(AUTHORITY));
    own.put("requestAutonomousPayment", EnumSet.copyOf(AUTHORITY));
    more(own, "requestAutonomousPayment", SUB_ACCOUNT);
    put(own, "approvePayment", USER_DECLINED, PAYMENT_CLOSED, INSUFFICIENT_BALANCE);
    more(own, "approvePayment", PIN);
    more(own, "approvePayment", Set.of(LIMIT_EXCEEDED, INSTRUMENT_INVALID, EXECUTION_FAILED));
    put(own, "closePayment", PAYMENT_CLOSED, ILLEGAL_TRANSITION);
    put(own, "verifyProof", PROOF_INVALID, PROOF_MISMATCH, BILL_MISMATCH);
    put(own, "confirmFulfilment", DUPLICATE_REQUEST, ILLEGAL_TRANSITION, PROOF_MISMATCH);
    more(own, "confirmFulfilment", Set.of(PROOF_INVALID, BILL_MISMATCH));
    put(own, "refundPayment", REFUND_EXCEEDS, REFUND_NOT_ALLOWED, DUPLICATE_REQUEST);
    put(own, "orderDisputeRefund", REFUND_EXCEEDS, REFUND_NOT_ALLOWED, DUPLICATE_REQUEST);
    put(own, "requestBinding", AGENT_UNKNOWN, ACCOUNT_LIMIT_EXCEEDED, BINDING_FAILED);
    more(own, "requestBinding", DUPLICATE_REQUEST);
    put(own, "confirmBinding", CONSENT_REFUSED, ILLEGAL_TRANSITION, BINDING_FAILED);
    more(own, "confirmBinding", PIN);
    for (var move : new String[] {"freezeInstrument", "unfreezeInstrument", "cancelInstrument"}) {
      put(own, move, INSTRUMENT_INVALID, ILLEGAL_TRANSITION, PIN_WRONG, PIN_LOCKED);
    }
    put(own, "changePin", PIN_WRONG, PIN_LOCKED);
    put(own, "setPreferences", PIN_WRONG, PIN_LOCKED);
    put(own, "openSubAccount", DUPLICATE_REQUEST, PIN_WRONG, PIN_LOCKED, AGENT_UNKNOWN);
    put(own, "topUpSubAccount", DUPLICATE_REQUEST, PIN_WRONG, PIN_LOCKED, INSUFFICIENT_BALANCE);
    more(own, "topUpSubAccount", Set.of(SUB_ACCOUNT_UNKNOWN, SUB_ACCOUNT_CANCELLED));
    for (var move : new String[] {"freezeSubAccount", "unfreezeSubAccount", "cancelSubAccount"}) {
      put(own, move, SUB_ACCOUNT_UNKNOWN, ILLEGAL_TRANSITION, PIN_WRONG, PIN_LOCKED);
    }
    put(own, "readSubAccount", SUB_ACCOUNT_UNKNOWN);
    put(own, "readSubAccountStatement", SUB_ACCOUNT_UNKNOWN);
    put(own, "bindSubAccountKey", ILLEGAL_TRANSITION, DUPLICATE_REQUEST);
    more(own, "bindSubAccountKey", SUB_ACCOUNT);
    put(own, "notifyPaymentServiceOfDelegationState", IAC_INVALID, IAC_NOT_ISSUED);
    more(own, "notifyPaymentServiceOfDelegationState", UPSTREAM_FAILED);
    put(own, "submitAnchors", DUPLICATE_REQUEST);
    put(own, "depositRecord", DUPLICATE_REQUEST, LIMIT_EXCEEDED, UPSTREAM_FAILED);
    put(own, "coSignRecord", DUPLICATE_REQUEST, SIGNATURE_INVALID, SIGNER_UNKNOWN);
    return Collections.unmodifiableMap(own);
  }

  private static void put(Map<String, Set<Problem>> own, String operation, Problem... problems) {
    var all = EnumSet.noneOf(Problem.class);
    all.addAll(Arrays.asList(problems));
    own.put(operation, all);
  }

  private static void more(Map<String, Set<Problem>> own, String operation, Set<Problem> problems) {
    own.computeIfAbsent(operation, _ -> EnumSet.noneOf(Problem.class)).addAll(problems);
  }

  private static void more(Map<String, Set<Problem>> own, String operation, Problem problem) {
    more(own, operation, Set.of(problem));
  }

  /** Returns the operations that have refusals of their own. */
  static Set<String> operations() {
    return OWN.keySet();
  }

  /** Returns all refusals that an operation of this form may answer. */
  static Set<Problem> of(String id, String path, JsonNode operation, boolean signed) {
    var all = EnumSet.copyOf(ANY);
    all.addAll(OWN.getOrDefault(id, Set.of()));
    if (!operation.path("security").isEmpty()) {
      all.addAll(KEY);
    }
    if (path.contains("{")) {
      all.add(NOT_FOUND);
    }
    if (operation.has("requestBody")) {
      all.addAll(BODY);
    }
    if (signed) {
      all.addAll(SIGNATURE);
    }
    if (path.contains("/merchants/{merchant}") && path.startsWith("/w/")) {
      all.addAll(RELAY);
    }
    return all;
  }
}
