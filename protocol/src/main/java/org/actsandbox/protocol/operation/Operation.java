package org.actsandbox.protocol.operation;

import static org.actsandbox.protocol.rule.ActComponent.*;
import static org.actsandbox.protocol.rule.ActRule.*;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.commerce.CancellationRequest;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.ServiceRequest;
import org.actsandbox.protocol.credit.AssociationApplication;
import org.actsandbox.protocol.credit.AssociationConfirmation;
import org.actsandbox.protocol.credit.AssociationStatusChange;
import org.actsandbox.protocol.credit.CreditQueryAuthorization;
import org.actsandbox.protocol.credit.CreditValidityQuery;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.QueryAuthorizationRevocation;
import org.actsandbox.protocol.delegation.IntentDecision;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest;
import org.actsandbox.protocol.payment.InstantPaymentRequest;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.ErrorPhase;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.rule.ActRule;
import org.jspecify.annotations.Nullable;

/**
 * Lists the operations of the protocol surfaces, each with method, path, component and rule of ACT,
 * journal event, the id in its path and the message in its body. The journal, the decoder and the
 * page of the rules read this table. The first line that matches a request counts, so narrower
 * paths come before wider ones. A stored journal keeps the components and events with which it was
 * written.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets and patterns are never changed
public enum Operation {
  CARD(
      "GET",
      Paths.MERCHANT + "(?:/a2a)?/\\.well-known/agent-card\\.json",
      CID_PCA_NEG,
      CID_4,
      "agent-card"),
  CAPABILITY(
      "GET",
      Paths.MERCHANT + "/\\.well-known/act-payment-capability\\.json",
      CID_PCA_NEG,
      CID_4,
      "payment-capability"),
  /** No address serves it; it gives a wrong request for such a document its component. */
  WELL_KNOWN("GET", Paths.MERCHANT + "/\\.well-known/.*", CID_PCA_NEG, CID_4, "payment-capability"),
  /** A message of the A2A protocol; the answer says where to shop. */
  A2A_MESSAGE("POST", Paths.MERCHANT + "/a2a", null, null, "a2a-message"),
  NEGOTIATION("POST", Paths.MERCHANT + "/act/negotiation", CID_PCA_NEG, CID_5, "negotiation"),
  CATALOG("GET", Paths.MERCHANT + "/catalog(?:/.*)?", CID_MER_CAT, CID_1, "catalog"),
  SEATS("GET", Paths.MERCHANT + "/seatmap", CID_MER_CAT, CID_1, "seat-map"),
  INTENT(
      "POST",
      Paths.MERCHANT + "/intents",
      CID_INT_XFR,
      CID_2,
      "intent-transfer",
      null,
      IntentRequest.class),
  CART(
      "POST",
      Paths.MERCHANT + "/carts",
      CID_CART_CFM,
      CID_8,
      "cart-confirmation",
      null,
      CartRequest.class),
  CANCEL_ORDER(
      "POST",
      Paths.MERCHANT + "/orders/([^/]+)/cancel",
      CID_CART_CFM,
      CID_8,
      "order-cancel",
      JournalIds.ORDER_NO,
      CancellationRequest.class),
  DEPOSIT_RETURN(
      "POST",
      Paths.MERCHANT + "/orders/([^/]+)/deposit-return",
      PSD_PAY_INS,
      PSD_8,
      "deposit-return",
      JournalIds.ORDER_NO,
      null),
  DEPOSIT_POLICY(
      "GET POST", Paths.MERCHANT + "/deposit-policy", CID_CART_CFM, CID_8, "deposit-policy"),
  BUYER_POLICY(
      "GET POST", Paths.MERCHANT + "/buyer-policy(?:/.*)?", TSD_CRD_VER, CRD_10, "buyer-policy"),
  /** A refund belongs to payment, because commerce interaction ends before the payment. */
  REFUND_ORDER(
      "POST",
      Paths.MERCHANT + "/orders/([^/]+)/refund",
      PSD_PAY_INS,
      PSD_8,
      "order-refund",
      JournalIds.ORDER_NO,
      null),
  ORDER(
      "GET",
      Paths.MERCHANT + "/orders/([^/]+)",
      CID_CART_CFM,
      CID_9,
      "order",
      JournalIds.ORDER_NO,
      null),
  ORDERS("GET", Paths.MERCHANT + "/(?:orders|holds)", CID_CART_CFM, CID_9, "orders"),
  RESOURCE(
      "GET HEAD",
      Paths.MERCHANT + "/fulfilment/([^/]+)",
      PSD_PAY_A402,
      A402_1,
      "fulfilment",
      JournalIds.ORDER_NO,
      null),
  SERVICE(
      "POST",
      Paths.MERCHANT + "/services/[^/]+",
      PSD_PAY_A402,
      A402_1,
      "service-request",
      null,
      ServiceRequest.class),
  /** A service of a seller agent, billed in Alipay's form. */
  ALIPAY_PAGE(
      "GET HEAD POST", Paths.MERCHANT + "/alipay/[^/]+", PSD_PAY_A402, A402_1, "alipay-page"),
  NOTIFICATION(
      "POST",
      Paths.MERCHANT + "/notifications",
      PSD_PAY_INS,
      PSD_8,
      "notification",
      null,
      PspMessages.Notification.class),
  MERCHANT("GET", Paths.MERCHANT + "/?", CID_MER_CAT, CID_1, "merchant-profile"),

  /** A message of the Model Context Protocol from the host of an agent. */
  MCP("POST DELETE", "/mcp", null, null, "mcp-message"),

  PAY(
      "POST",
      "/psp/payments",
      PSD_PAY_INS,
      PSD_3,
      "payment-request",
      null,
      InstantPaymentRequest.class),
  PAYMENT_CLOSE(
      "POST",
      "/psp/payments/([^/]+)/close",
      PSD_PAY_INS,
      A402_8,
      "payment-close",
      JournalIds.TRADE_NO,
      null),
  APPROVAL_SHOWN(
      "GET",
      "/psp/payments/([^/]+)/approval",
      PSD_PAY_INS,
      PSD_3,
      "approval-content",
      JournalIds.TRADE_NO,
      null),
  APPROVAL(
      "POST",
      "/psp/payments/([^/]+)/approval",
      PSD_PAY_INS,
      PSD_3,
      "approval",
      JournalIds.TRADE_NO,
      ApprovalRequest.class),
  PAYMENT_STATUS(
      "GET",
      "/psp/payments/([^/]+)",
      PSD_PAY_INS,
      A402_9,
      "payment-query",
      JournalIds.TRADE_NO,
      null),
  PAYMENTS("GET", "/psp/payments", PSD_PAY_INS, A402_9, "payments"),
  DELEGATED(
      "POST",
      "/psp/delegated-payments",
      PSD_PAY_DEL,
      PSD_5,
      "delegated-payment",
      null,
      DelegatedPaymentRequest.class),
  AUTONOMOUS(
      "POST",
      "/psp/autonomous-payments",
      PSD_PAY_AUP,
      PSD_7,
      "autonomous-payment",
      null,
      DelegatedPaymentRequest.class),
  STATE_TOLD(
      "POST",
      "/psp/delegation-states",
      ADD_IAC_LCM,
      ADD_8,
      "status-change",
      null,
      StatusChange.class),
  SUMS(
      "GET",
      "/psp/delegations/([^/]+)",
      PSD_PAY_DEL,
      PSD_7,
      "delegation-sums",
      JournalIds.DELEGATION_ID,
      null),
  PREFERENCE("POST", "/psp/preferences", PSD_PAY_DEL, PSD_3, "preferences"),
  PREFERENCES("GET", "/psp/preferences", PSD_PAY_DEL, PSD_3, "preferences"),
  SUB_ACCOUNT_OPEN("POST", "/psp/sub-accounts", PSD_AGT_SUB, PSD_2, "sub-account"),
  SUB_ACCOUNT_MOVE(
      "POST",
      "/psp/sub-accounts/([^/]+)/(?:freeze|unfreeze|cancel)",
      PSD_AGT_SUB,
      PSD_2,
      "sub-account"),
  SUB_ACCOUNT_KEY("POST", "/psp/sub-accounts/([^/]+)/key", PSD_AGT_SUB, PSD_2, "sub-account"),
  SUB_ACCOUNT_TOP_UP(
      "POST", "/psp/sub-accounts/([^/]+)/top-ups", PSD_AGT_SUB, PSD_2, "sub-account"),
  SUB_ACCOUNT("GET POST", "/psp/sub-accounts.*", PSD_AGT_SUB, PSD_2, "sub-account"),
  PROOF_QUERY(
      "POST",
      "/psp/proofs/verify",
      PSD_PAY_A402,
      A402_6,
      "proof-verification",
      null,
      PspMessages.ProofQuery.class),
  FULFILMENT(
      "POST",
      "/psp/fulfilments",
      PSD_PAY_A402,
      A402_7,
      "fulfilment-confirmation",
      null,
      PspMessages.FulfilmentConfirmation.class),
  REFUND(
      "POST", "/psp/refunds", PSD_PAY_INS, PSD_8, "refund", null, PspMessages.RefundRequest.class),
  REFUND_STATUS("GET", "/psp/refunds/[^/]+", PSD_PAY_INS, A402_9, "refund-query"),
  NOTIFICATIONS("GET POST", "/psp/notifications.*", PSD_PAY_INS, PSD_8, "notifications"),
  BINDING("POST", "/psp/bindings", PSD_PMT_BND, PSD_1, "instruments"),
  INSTRUMENT("POST", "/psp/instruments/[^/]+/[a-z]+", PSD_PMT_BND, PSD_1, "instruments"),
  INSTRUMENTS("GET", "/psp/instruments", PSD_PMT_BND, PSD_1, "instruments"),
  INSTRUMENT_RIGHTS(
      "GET POST", "/psp/(?:bindings|instruments|pin).*", PSD_PMT_BND, PSD_1, "instruments"),
  WALLET("GET", "/psp/(?:wallet|ledger).*", PSD_PMT_BND, PSD_1, "wallet"),
  KEYS("GET", "/psp/\\.well-known/jwks\\.json", PSD_PAY_A402, A402_6, "key-set"),
  /** The document of the payment method is part of A402; negotiation only refers to it. */
  METHOD_SCHEMA("GET", "/psp/methods/.*", PSD_PAY_A402, A402_2, "method-schema"),

  DRAFT("POST", "/delegations/intents", ADD_INT_ICS, ADD_1, "intent-draft"),
  AUTHORITY_SHOWN(
      "GET",
      "/delegations/intents/([^/]+)/confirmation",
      ADD_IAC_ISS,
      ADD_2,
      "authority-content",
      JournalIds.INTENT_ID,
      null),
  AUTHORITY(
      "POST",
      "/delegations/intents/([^/]+)/confirmation",
      ADD_IAC_ISS,
      ADD_2,
      "authority",
      JournalIds.INTENT_ID,
      ApprovalRequest.class),
  DRAFT_STATUS(
      "GET",
      "/delegations/intents/([^/]+)",
      ADD_INT_ICS,
      ADD_2,
      "intent",
      JournalIds.INTENT_ID,
      null),
  DRAFTS("GET", "/delegations/intents", ADD_INT_ICS, ADD_2, "intents"),
  PAUSE(
      "POST",
      "/delegations/iacs/([^/]+)/suspend",
      ADD_IAC_LCM,
      ADD_7,
      "delegation-suspend",
      JournalIds.DELEGATION_ID,
      null),
  RESUME(
      "POST",
      "/delegations/iacs/([^/]+)/resume",
      ADD_IAC_LCM,
      ADD_7,
      "delegation-resume",
      JournalIds.DELEGATION_ID,
      null),
  REVOKE(
      "POST",
      "/delegations/iacs/([^/]+)/revoke",
      ADD_IAC_LCM,
      ADD_7,
      "delegation-revoke",
      JournalIds.DELEGATION_ID,
      null),
  /** Reading a credential belongs to its lifecycle, because issuing ends with the credential. */
  IAC(
      "GET",
      "/delegations/iacs/([^/]+).*",
      ADD_IAC_LCM,
      ADD_7,
      "delegation",
      JournalIds.DELEGATION_ID,
      null),
  IACS("GET", "/delegations/iacs", ADD_IAC_LCM, ADD_7, "delegations"),
  STATUS_LIST("GET", "/delegations/status/.*", ADD_IAC_LCM, ADD_8, "status-list"),

  DECISION(
      "POST",
      "/agents/[^/]+/delegation-decisions",
      ADD_IAC_ISS,
      ADD_2,
      "authority-decision",
      null,
      IntentDecision.class),
  AGENT_TOLD(
      "POST",
      "/agents/[^/]+/delegation-states",
      ADD_IAC_LCM,
      ADD_8,
      "status-change",
      null,
      StatusChange.class),
  WISH(
      "POST",
      "/agents/[^/]+/conversations/([^/]+)/messages",
      ADD_INT_ICS,
      ADD_1,
      "conversation",
      JournalIds.CONVERSATION_ID,
      null),
  CHOICE(
      "POST",
      "/agents/[^/]+/conversations/([^/]+)/choice",
      ADD_INT_ICS,
      ADD_2,
      "conversation",
      JournalIds.CONVERSATION_ID,
      null),
  CANCEL_TURN(
      "POST",
      "/agents/[^/]+/conversations/([^/]+)/cancel",
      ADD_INT_ICS,
      null,
      "conversation",
      JournalIds.CONVERSATION_ID,
      null),
  /** No address serves it; the world's agent tells a connected agent what the principal says. */
  DIALOGUE(
      "POST",
      "/agents/[^/]+/conversations/([^/]+)/dialogue",
      ADD_INT_ICS,
      null,
      "agent-dialogue",
      JournalIds.CONVERSATION_ID,
      null),
  /** No address serves it; it gives a wrong request to a conversation its component. */
  CONVERSATION_STEP(
      "POST",
      "/agents/[^/]+/conversations/([^/]+)/.*",
      ADD_INT_ICS,
      ADD_1,
      "conversation",
      JournalIds.CONVERSATION_ID,
      null),
  CONVERSATION_READ(
      "GET",
      "/agents/[^/]+/conversations/([^/]+).*",
      ADD_INT_ICS,
      null,
      "conversation",
      JournalIds.CONVERSATION_ID,
      null),
  CONVERSATION("POST", "/agents/[^/]+/conversations", ADD_INT_ICS, ADD_1, "conversation"),
  TASK_CONTINUE(
      "POST", "/agents/[^/]+/tasks/([^/]+)/continue", PSD_PAY_AUP, PSD_7, "task-continue"),
  TASK_REPORT("GET", "/agents/[^/]+/tasks/[^/]+/report", PSD_PAY_AUP, PSD_7, "task-report"),
  TASK("GET", "/agents/[^/]+/tasks/[^/]+", PSD_PAY_AUP, PSD_7, "task"),
  TASKS("GET", "/agents/[^/]+/tasks", PSD_PAY_AUP, PSD_7, "tasks"),
  WATCHES("GET", "/agents/[^/]+/watches", PSD_PAY_DEL, PSD_5, "watches"),

  ANCHORS("POST", "/trust/anchors", TSD_ATT_OCA, TSD_4, "anchors-submitted"),
  ANCHORS_READ("GET", "/trust/anchors.*", TSD_ATT_OCA, TSD_4, "anchors"),
  TREE_HEAD("GET", "/trust/(?:head|heads|consistency).*", TSD_ATT_OCA, TSD_4, "tree-head"),
  CO_SIGNATURE("POST", "/trust/records/[^/]+/signatures", TSD_ATT_OFF, TSD_3, "co-signature"),
  RECORD_DEPOSIT("POST", "/trust/records", TSD_ATT_OFF, TSD_2, "record-deposited"),
  RECORDS("GET", "/trust/records.*", TSD_ATT_OFF, TSD_2, "records"),
  VERIFICATION("POST", "/trust/verifications", TSD_ATT_SVF, TSD_5, "verification"),
  KEY_HISTORY("GET", "/trust/(?:keys|identities).*", TSD_ATT_SVF, TSD_5, "key-history"),
  CLAIM("POST", "/trust/disputes", TSD_ATT_DSP, TSD_6, "dispute-claim"),
  CLAIM_WITHDRAWN(
      "POST", "/trust/disputes/([^/]+)/withdraw", TSD_ATT_DSP, TSD_6, "dispute-withdraw"),
  STATEMENT("POST", "/trust/disputes/[^/]+/statements", TSD_ATT_DSP, TSD_6, "dispute-statement"),
  DISPUTES("GET", "/trust/disputes.*", TSD_ATT_DSP, TSD_6, "disputes"),
  EVIDENCE_ASKED("POST", ".*/disputes/evidence", TSD_ATT_DSP, TSD_6, "evidence-request"),
  FINDING("POST", ".*/disputes/findings", TSD_ATT_DSP, TSD_6, "dispute-finding"),
  REFUND_ORDERED("POST", "/psp/disputes/refunds", TSD_ATT_DSP, TSD_6, "dispute-refund"),
  AUDIT("GET", "/trust/audit", TSD_ATT_OCA, TSD_4, "chain-audit"),
  ASSOCIATION_APPLY(
      "POST",
      "/credit-issuer/v1/association-applications",
      TSD_CRD_ASC,
      CRD_5,
      "association-application",
      null,
      AssociationApplication.class),
  ASSOCIATION_PREPARE(
      "POST",
      "/credit-issuer/v1/association-applications/[^/]+/preparations",
      TSD_CRD_ASC,
      CRD_6,
      "association-preparation"),
  ASSOCIATION_CONFIRM(
      "POST",
      "/credit-issuer/v1/association-applications/[^/]+/confirmations",
      TSD_CRD_ASC,
      CRD_5,
      "association-confirmation",
      null,
      AssociationConfirmation.class),
  ASSOCIATION_STATUS(
      "GET",
      "/credit-issuer/v1/association-credentials/[^/]+/status",
      TSD_CRD_LCM,
      CRD_2,
      "association-status"),
  ASSOCIATION_CREDENTIAL(
      "GET",
      "/credit-issuer/v1/association-credentials/[^/]+",
      TSD_CRD_ASC,
      CRD_1,
      "association-credential"),
  ASSOCIATION_ORDER(
      "POST",
      "/credit-issuer/v1/association-credentials/[^/]+/(?:suspensions|resumptions|revocations)",
      TSD_CRD_LCM,
      CRD_8,
      "association-order",
      null,
      AssociationStatusChange.class),
  ASSOCIATIONS("GET", "/credit-issuer/associations", TSD_CRD_LCM, CRD_2, "associations"),
  CREDIT_VERIFICATION(
      "POST",
      "/credit-verifier/v1/verifications",
      TSD_CRD_VER,
      CRD_9,
      "credit-verification",
      null,
      CreditVerificationRequest.class),
  CREDIT_VERIFICATIONS(
      "GET", "/credit-verifier/verifications", TSD_CRD_VER, CRD_9, "credit-verifications"),
  QUERY_AUTHORIZATION_END(
      "POST",
      "/credit-verifier/v1/credit-query-authorizations/[^/]+/revocations",
      TSD_CRD_AUTH,
      CRD_12,
      "query-authorization-end",
      null,
      QueryAuthorizationRevocation.class),
  QUERY_AUTHORIZATION(
      "POST",
      "/credit-verifier/v1/credit-query-authorizations",
      TSD_CRD_AUTH,
      CRD_4,
      "query-authorization",
      null,
      CreditQueryAuthorization.class),
  /** The principal's own view of the authorizations, as what its PIN signs. */
  QUERY_AUTHORIZATIONS(
      "GET POST",
      "/credit-verifier/authorizations(?:/.*)?",
      TSD_CRD_AUTH,
      CRD_4,
      "query-authorizations"),
  CREDIT_STATEMENTS(
      "GET POST", "/credit/statements(?:/.*)?", TSD_CRD_MAP, CRD_7, "credit-statements"),
  AGENT_ASSERTION("GET", "/credit/agent-assertions/[^/]+", TSD_CRD_MAP, CRD_7, "agent-assertion"),
  CREDIT_CHANGES(
      "POST", "/credit/(?:corrections|mapping-rules).*", TSD_CRD_MAP, CRD_7, "credit-changes"),
  CREDIT_VALIDITY(
      "POST",
      "/credit/validity",
      TSD_CRD_VER,
      CRD_9,
      "credit-validity",
      null,
      CreditValidityQuery.class),
  ASSOCIATION_APPLICATIONS(
      "GET", "/credit/applications", TSD_CRD_ASC, CRD_5, "association-applications"),
  ASSOCIATION_SHOWN(
      "GET", "/credit/applications/[^/]+/confirmation", TSD_CRD_ASC, CRD_5, "association-content"),
  ASSOCIATION_DECIDED(
      "POST",
      "/credit/applications/[^/]+/confirmation",
      TSD_CRD_ASC,
      CRD_5,
      "association-decision",
      null,
      ApprovalRequest.class),
  ASSOCIATION_MOVED(
      "POST",
      "/credit/associations/[^/]+/(?:suspend|resume|revoke)",
      TSD_CRD_LCM,
      CRD_8,
      "association-move"),
  DID_DOCUMENT("GET", "/dids(?:/.*)?", null, null, "did-document"),
  /** Calls in the form of Alipay's gateway; the method is a parameter. */
  ALIPAY_GATEWAY("GET POST", "/gateway\\.do", PSD_PAY_A402, A402_6, "alipay-gateway"),
  ALIPAY_CASHIER("POST", "/openclawpay/agent/v1/pay", PSD_PAY_A402, A402_4, "alipay-cashier"),
  /** A service of the sandbox: no participant knows an agent's orders at all merchants. */
  OWN_ORDERS("GET", "/orders", null, null, "own-orders"),
  /** A service of the sandbox, for clients of its agent that cannot sign. */
  SIGNATURE("POST", "/signatures", null, null, "message-signed"),
  /** A service of the sandbox, as what follows: where a participant wishes to be notified. */
  WEBHOOKS("DELETE GET PATCH POST", "/webhooks(?:/.*)?", null, null, "webhooks"),
  DELIVERIES("GET POST", "/deliveries(?:/.*)?", null, null, "deliveries"),

  /** All other requests. */
  OTHER("", "/.*", null, null, "request");

  private final Set<String> methods;

  /** The fixed text with which every matching path begins. */
  private final String fixedPrefix;

  /** The fixed text with which every matching path ends. */
  private final String fixedSuffix;

  private final Pattern path;
  private final @Nullable ActComponent component;
  private final @Nullable ActRule rule;
  private final String event;
  private final @Nullable String idName;
  private final @Nullable Class<?> message;

  Operation(
      String methods,
      String path,
      @Nullable ActComponent component,
      @Nullable ActRule rule,
      String event) {
    this(methods, path, component, rule, event, null, null);
  }

  Operation(
      String methods,
      String path,
      @Nullable ActComponent component,
      @Nullable ActRule rule,
      String event,
      @Nullable String idName,
      @Nullable Class<?> message) {
    this.methods = Set.of(methods.split(" "));
    this.fixedPrefix = path.split("[^/a-z-]", 2)[0];
    this.fixedSuffix = path.replaceFirst("(?s).*[^/a-z-]", "");
    this.path = Pattern.compile(path);
    this.component = component;
    this.rule = rule;
    this.event = event;
    this.idName = idName;
    this.message = message;
  }

  /**
   * Returns the operation of a request; {@link #OTHER} if no line matches.
   *
   * @param target path below the world, with or without a query
   */
  public static Operation find(String method, String target) {
    int query = target.indexOf('?');
    var path = query < 0 ? target : target.substring(0, query);
    var byLetter = TABLE.get(method);
    if (byLetter == null) {
      return OTHER;
    }
    for (var each : byLetter.get(letter(path))) {
      if (each.mayMatch(path) && each.path.matcher(path).matches()) {
        return each;
      }
    }
    return OTHER;
  }

  private static final int LETTERS = 128;

  /**
   * The operations of each method by the letter after the first slash, in their order: one that
   * does not begin with a fixed letter is in all lists.
   */
  private static final Map<String, List<List<Operation>>> TABLE = table();

  private static Map<String, List<List<Operation>>> table() {
    return Arrays.stream(values())
        .flatMap(each -> each.methods.stream())
        .distinct()
        .collect(Collectors.toUnmodifiableMap(method -> method, Operation::byLetter));
  }

  private static List<List<Operation>> byLetter(String method) {
    return IntStream.range(0, LETTERS)
        .mapToObj(
            letter ->
                Arrays.stream(values())
                    .filter(each -> each.methods.contains(method))
                    .filter(
                        each -> each.fixedPrefix.length() < 2 || letter(each.fixedPrefix) == letter)
                    .toList())
        .toList();
  }

  /** Returns the letter after the first slash; 0 if it is none of ASCII. */
  private static int letter(String path) {
    return path.length() > 1 && path.charAt(1) < LETTERS ? path.charAt(1) : 0;
  }

  /** Excludes most operations cheaply before a pattern is tried. */
  private boolean mayMatch(String target) {
    return target.startsWith(fixedPrefix) && target.endsWith(fixedSuffix);
  }

  /** Returns the HTTP methods. */
  public Set<String> methods() {
    return methods;
  }

  /**
   * Returns the path below the world in a readable form, such as {@code
   * /psp/payments/{trade_no}/approval}.
   */
  public String template() {
    var named = idName == null ? "{id}" : "{" + idName + "}";
    return path.pattern()
        .replace("([^/]+)", named)
        .replaceFirst("^" + Pattern.quote(Paths.MERCHANT), "/merchants/{merchant}")
        .replaceFirst("^/agents/" + Pattern.quote("[^/]+"), "/agents/{agent}")
        .replace("(?:/.*)?", "…")
        .replace("[^/]+", "{id}")
        .replace("[a-z]+", "{action}")
        .replace("(?:", "(")
        .replace("\\.", ".")
        .replaceFirst("\\.\\*", "…")
        .replaceFirst("/\\?$", "");
  }

  /** Returns null if the operation belongs to no component of ACT. */
  public @Nullable ActComponent component() {
    return component;
  }

  /** Returns the main rule of the operation; null if there is none. */
  public @Nullable ActRule rule() {
    return rule;
  }

  /** Returns the phase of a purchase to which the request belongs; a refusal names this phase. */
  public ErrorPhase phase() {
    return switch (this) {
      case CANCEL_ORDER, REFUND_ORDER, FULFILMENT, REFUND, REFUND_STATUS -> ErrorPhase.FULFILLMENT;
      case APPROVAL_SHOWN, APPROVAL -> ErrorPhase.AUTHORIZATION;
      case PROOF_QUERY, KEYS -> ErrorPhase.PROOF_VALIDATION;
      default -> component == null ? ErrorPhase.REQUIREMENT : phase(component);
    };
  }

  private static ErrorPhase phase(ActComponent component) {
    return switch (component) {
      case ADD_INT_ICS, ADD_IAC_ISS, ADD_IAC_LCM, PSD_PMT_BND, PSD_AGT_SUB ->
          ErrorPhase.AUTHORIZATION;
      case PSD_PAY_INS, PSD_PAY_DEL, PSD_PAY_AUP -> ErrorPhase.PAYMENT;
      default -> component.code().startsWith("TSD") ? ErrorPhase.EVIDENCE : ErrorPhase.REQUIREMENT;
    };
  }

  /** Returns the name of the event in the journal. */
  public String event() {
    return event;
  }

  /** Returns the name of the id in the path; null if there is none. */
  public @Nullable String idName() {
    return idName;
  }

  /** Returns the type of the request’s body; null if it has none. */
  public @Nullable Class<?> message() {
    return message;
  }

  /** Returns the last part of its key in the message bundles, such as {@code approval_shown}. */
  public String messageKey() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the id in a path: the trade {@code T-1} in {@code /psp/payments/T-1/approval}. */
  public Optional<String> idIn(String requestPath) {
    return idName == null ? Optional.empty() : variableIn(requestPath);
  }

  /** Returns the same as {@link #idIn}, and also an id that the journal does not keep by a name. */
  public Optional<String> variableIn(String requestPath) {
    var matcher = path.matcher(requestPath);
    return matcher.matches() && matcher.groupCount() > 0
        ? Optional.ofNullable(matcher.group(1))
        : Optional.empty();
  }

  /** Returns the result of {@link #idIn} under its name; empty if there is no id. */
  public Map<String, String> idsIn(String requestPath) {
    var name = idName;
    return name == null ? Map.of() : idIn(requestPath).map(id -> Map.of(name, id)).orElse(Map.of());
  }

  /**
   * Constants that the table itself needs. An enum cannot declare them before its own constants.
   */
  private static final class Paths {

    private static final String MERCHANT = "/merchants/[^/]+";
  }
}
