package org.actsandbox.sandbox.journal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.ServiceRequest;
import org.actsandbox.protocol.delegation.IntentDecision;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest;
import org.actsandbox.protocol.payment.InstantPaymentRequest;
import org.actsandbox.protocol.payment.Messages;
import org.actsandbox.protocol.refusal.Phase;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the protocol surfaces: what the journal calls them and which ACT component they
 * belong to. The first line that fits counts.
 *
 * @param start the letters that the path begins with in any case
 * @param phase of a purchase; a refusal says it
 * @param idName what the last path group is, if it is an id
 * @param message the record its request body has to fit
 */
record Operation(
    Set<String> methods,
    String start,
    Pattern path,
    String component,
    String event,
    Phase phase,
    @Nullable String idName,
    @Nullable Class<?> message) {

  private static final String MERCHANT = "/merchants/[^/]+";

  private static final List<Operation> ALL =
      List.of(
          of(
              "GET",
              MERCHANT + "(?:/a2a)?/\\.well-known/agent-card\\.json",
              "CID-PCA-NEG",
              "agent-card"),
          of("GET", MERCHANT + "/\\.well-known/.*", "CID-PCA-NEG", "payment-capability"),
          of("POST", MERCHANT + "/act/negotiation", "CID-PCA-NEG", "negotiation"),
          of("POST", MERCHANT + "/a2a", "", "a2a-message"),
          of("GET", MERCHANT + "/catalog(?:/.*)?", "CID-MER-CAT", "catalog"),
          of("GET", MERCHANT + "/seatmap", "CID-MER-CAT", "seat-map"),
          of("POST", MERCHANT + "/intents", "CID-INT-XFR", "intent-transfer")
              .carrying(IntentRequest.class),
          of("POST", MERCHANT + "/carts", "CID-CART-CFM", "cart-confirmation")
              .carrying(CartRequest.class),
          of("POST", MERCHANT + "/orders/([^/]+)/cancel", "CID-CART-CFM", "order-cancel")
              .about(JournalIds.ORDER_NO)
              .in(Phase.FULFILLMENT),
          of("POST", MERCHANT + "/orders/([^/]+)/refund", "CID-CART-CFM", "order-refund")
              .about(JournalIds.ORDER_NO)
              .in(Phase.FULFILLMENT),
          of("GET", MERCHANT + "/orders/([^/]+)", "CID-CART-CFM", "order")
              .about(JournalIds.ORDER_NO),
          of("GET", MERCHANT + "/(?:orders|holds)", "CID-CART-CFM", "orders"),
          of("GET HEAD", MERCHANT + "/fulfilment/([^/]+)", "PSD-PAY-A402", "fulfilment")
              .about(JournalIds.ORDER_NO),
          of("POST", MERCHANT + "/services/[^/]+", "PSD-PAY-A402", "service-request")
              .carrying(ServiceRequest.class),
          of("POST", MERCHANT + "/notifications", "PSD-PAY-INS", "notification")
              .carrying(Messages.Notification.class),
          of("GET", MERCHANT + "/?", "CID-MER-CAT", "merchant-profile"),
          of("POST", "/psp/payments", "PSD-PAY-INS", "payment-request")
              .carrying(InstantPaymentRequest.class),
          of("POST", "/psp/payments/([^/]+)/close", "PSD-PAY-INS", "payment-close")
              .about(JournalIds.TRADE_NO),
          of("GET", "/psp/payments/([^/]+)/approval", "PSD-PAY-INS", "approval-content")
              .about(JournalIds.TRADE_NO)
              .in(Phase.AUTHORIZATION),
          of("POST", "/psp/payments/([^/]+)/approval", "PSD-PAY-INS", "approval")
              .about(JournalIds.TRADE_NO)
              .carrying(ApprovalRequest.class)
              .in(Phase.AUTHORIZATION),
          of("GET", "/psp/payments/([^/]+)", "PSD-PAY-INS", "payment-query")
              .about(JournalIds.TRADE_NO),
          of("GET", "/psp/payments", "PSD-PAY-INS", "payments"),
          of("POST", "/psp/delegated-payments", "PSD-PAY-DEL", "delegated-payment")
              .carrying(DelegatedPaymentRequest.class),
          of("POST", "/psp/autonomous-payments", "PSD-PAY-AUP", "autonomous-payment")
              .carrying(DelegatedPaymentRequest.class),
          of("POST", "/psp/delegation-states", "ADD-IAC-LCM", "status-change")
              .carrying(StatusChange.class),
          of("GET", "/psp/delegations/([^/]+)", "PSD-PAY-DEL", "delegation-sums")
              .about(JournalIds.DELEGATION_ID),
          of("GET POST", "/psp/preferences", "PSD-PAY-DEL", "preferences"),
          of("GET POST", "/psp/sub-accounts.*", "PSD-AGT-SUB", "sub-account"),
          of("POST", "/psp/proofs/verify", "PSD-PAY-A402", "proof-verification")
              .carrying(Messages.ProofQuery.class)
              .in(Phase.PROOF_VALIDATION),
          of("POST", "/psp/fulfilments", "PSD-PAY-A402", "fulfilment-confirmation")
              .carrying(Messages.FulfilmentConfirmation.class)
              .in(Phase.FULFILLMENT),
          of("POST", "/psp/refunds", "PSD-PAY-INS", "refund")
              .carrying(Messages.RefundRequest.class)
              .in(Phase.FULFILLMENT),
          of("GET", "/psp/refunds/[^/]+", "PSD-PAY-INS", "refund-query").in(Phase.FULFILLMENT),
          of("GET POST", "/psp/notifications.*", "PSD-PAY-INS", "notifications"),
          of("GET POST", "/psp/(?:bindings|instruments|pin).*", "PSD-PMT-BND", "instruments"),
          of("GET", "/psp/(?:wallet|ledger).*", "PSD-PMT-BND", "wallet"),
          of("GET", "/psp/\\.well-known/jwks\\.json", "PSD-PAY-A402", "key-set")
              .in(Phase.PROOF_VALIDATION),
          of("GET", "/psp/methods/.*", "CID-PCA-NEG", "method-schema"),
          of("POST", "/delegations/intents", "ADD-INT-ICS", "intent-draft"),
          of("GET", "/delegations/intents/([^/]+)/confirmation", "ADD-IAC-ISS", "authority-content")
              .about(JournalIds.INTENT_ID),
          of("POST", "/delegations/intents/([^/]+)/confirmation", "ADD-IAC-ISS", "authority")
              .about(JournalIds.INTENT_ID)
              .carrying(ApprovalRequest.class),
          of("GET", "/delegations/intents/([^/]+)", "ADD-INT-ICS", "intent")
              .about(JournalIds.INTENT_ID),
          of("GET", "/delegations/intents", "ADD-INT-ICS", "intents"),
          of("POST", "/delegations/iacs/([^/]+)/suspend", "ADD-IAC-LCM", "delegation-suspend")
              .about(JournalIds.DELEGATION_ID),
          of("POST", "/delegations/iacs/([^/]+)/resume", "ADD-IAC-LCM", "delegation-resume")
              .about(JournalIds.DELEGATION_ID),
          of("POST", "/delegations/iacs/([^/]+)/revoke", "ADD-IAC-LCM", "delegation-revoke")
              .about(JournalIds.DELEGATION_ID),
          of("GET", "/delegations/iacs/([^/]+).*", "ADD-IAC-LCM", "delegation")
              .about(JournalIds.DELEGATION_ID),
          of("GET", "/delegations/iacs", "ADD-IAC-LCM", "delegations"),
          of("GET", "/delegations/status/.*", "ADD-IAC-LCM", "status-list"),
          of("POST", "/agents/[^/]+/delegation-decisions", "ADD-IAC-ISS", "authority-decision")
              .carrying(IntentDecision.class),
          of("POST", "/agents/[^/]+/delegation-states", "ADD-IAC-LCM", "status-change")
              .carrying(StatusChange.class),
          of("POST", "/agents/[^/]+/conversations/([^/]+)/.*", "ADD-INT-ICS", "conversation")
              .about(JournalIds.CONVERSATION_ID),
          of("GET", "/agents/[^/]+/conversations/([^/]+).*", "ADD-INT-ICS", "conversation")
              .about(JournalIds.CONVERSATION_ID),
          of("POST", "/agents/[^/]+/conversations", "ADD-INT-ICS", "conversation"),
          of("POST", "/trust/anchors", "TSD-ATT-OCA", "anchors-submitted"),
          of("GET", "/trust/anchors.*", "TSD-ATT-OCA", "anchors"),
          of("GET", "/trust/(?:head|heads|consistency).*", "TSD-ATT-OCA", "tree-head"),
          of("POST", "/trust/records/[^/]+/signatures", "TSD-ATT-OFF", "co-signature"),
          of("GET", "/trust/records.*", "TSD-ATT-OFF", "records"),
          of("POST", "/trust/verifications", "TSD-ATT-SVF", "verification"),
          of("GET", "/trust/(?:keys|identities).*", "TSD-ATT-SVF", "key-history"),
          of("POST", "/trust/disputes", "TSD-ATT-DSP", "dispute-claim"),
          of("POST", "/trust/disputes/[^/]+/withdraw", "TSD-ATT-DSP", "dispute-withdraw"),
          of("POST", "/trust/disputes/[^/]+/statements", "TSD-ATT-DSP", "dispute-statement"),
          of("GET", "/trust/disputes.*", "TSD-ATT-DSP", "disputes"),
          of("POST", ".*/disputes/evidence", "TSD-ATT-DSP", "evidence-request"),
          of("POST", ".*/disputes/findings", "TSD-ATT-DSP", "dispute-finding"),
          of("POST", "/psp/disputes/refunds", "TSD-ATT-DSP", "dispute-refund"),
          of("GET", "/trust/audit", "TSD-ATT-OCA", "chain-audit"),
          of("GET", "/dids/.*", "", "did-document"));

  private static final Operation OTHER = of("*", "/.*", "", "request");

  /** What a request is; other paths are just requests. */
  static Operation find(String method, String path) {
    for (var each : ALL) {
      if (each.mayBe(method, path) && each.path.matcher(path).matches()) {
        return each;
      }
    }
    return OTHER;
  }

  /** Tried first, because every request is looked up and a pattern costs more. */
  private boolean mayBe(String method, String path) {
    return methods.contains(method) && path.startsWith(start);
  }

  Optional<String> idIn(String requestPath) {
    var matcher = path.matcher(requestPath);
    return idName != null && matcher.matches() && matcher.groupCount() > 0
        ? Optional.ofNullable(matcher.group(1))
        : Optional.empty();
  }

  /**
   * @param methods with a space between
   */
  private static Operation of(String methods, String path, String component, String event) {
    return new Operation(
        Set.of(methods.split(" ")),
        path.split("[^/a-z-]", 2)[0],
        Pattern.compile(path),
        component,
        event,
        phaseOf(component),
        null,
        null);
  }

  private static Phase phaseOf(String component) {
    return switch (component.split("-", 2)[0]) {
      case "ADD" -> Phase.AUTHORIZATION;
      case "PSD" ->
          switch (component) {
            case "PSD-PMT-BND", "PSD-AGT-SUB" -> Phase.AUTHORIZATION;
            case "PSD-PAY-A402" -> Phase.REQUIREMENT;
            default -> Phase.PAYMENT;
          };
      case "TSD" -> Phase.EVIDENCE;
      default -> Phase.REQUIREMENT;
    };
  }

  private Operation in(Phase other) {
    return new Operation(methods, start, path, component, event, other, idName, message);
  }

  private Operation about(String name) {
    return new Operation(methods, start, path, component, event, phase, name, message);
  }

  private Operation carrying(Class<?> type) {
    return new Operation(methods, start, path, component, event, phase, idName, type);
  }
}
