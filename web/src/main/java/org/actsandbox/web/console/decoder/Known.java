package org.actsandbox.web.console.decoder;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The exchanges of a purchase, told by method and path; each has its words in the bundles. */
public enum Known {
  CONVERSATION("POST", "/agents/[^/]+/conversations", "ADD-INT-ICS", "ADD-1"),
  WISH("POST", "/agents/[^/]+/conversations/[^/]+/messages", "ADD-INT-ICS", "ADD-1"),
  CHOICE("POST", "/agents/[^/]+/conversations/[^/]+/choice", "ADD-INT-ICS", "ADD-2"),
  CANCEL_TURN("POST", "/agents/[^/]+/conversations/[^/]+/cancel", "ADD-INT-ICS", ""),
  CARD("GET", "/merchants/[^/]+/\\.well-known/agent-card\\.json", "CID-PCA-NEG", "CID-4"),
  CAPABILITY(
      "GET",
      "/merchants/[^/]+/\\.well-known/act-payment-capability\\.json",
      "CID-PCA-NEG",
      "CID-4"),
  NEGOTIATION("POST", "/merchants/[^/]+/act/negotiation", "CID-PCA-NEG", "CID-5"),
  CATALOG("GET", "/merchants/[^/]+/catalog(/.*)?", "CID-MER-CAT", "CID-1"),
  INTENT("POST", "/merchants/[^/]+/intents", "CID-INT-XFR", "CID-2"),
  CART("POST", "/merchants/[^/]+/carts", "CID-CART-CFM", "CID-8"),
  ORDER("GET", "/merchants/[^/]+/orders/[^/]+", "CID-CART-CFM", "CID-9"),
  CANCEL_ORDER("POST", "/merchants/[^/]+/orders/[^/]+/cancel", "CID-CART-CFM", "CID-8"),
  REFUND_ORDER("POST", "/merchants/[^/]+/orders/[^/]+/refund", "PSD-PAY-INS", "PSD-8"),
  SEATS("GET", "/merchants/[^/]+/seatmap", "CID-MER-CAT", "CID-1"),
  RESOURCE("GET", "/merchants/[^/]+/fulfilment/[^/]+", "PSD-PAY-A402", "A402-1"),
  NOTIFICATION("POST", "/merchants/[^/]+/notifications", "PSD-PAY-INS", "PSD-8"),
  PAY("POST", "/psp/payments", "PSD-PAY-INS", "PSD-3"),
  PAYMENT_STATUS("GET", "/psp/payments(/[^/]+)?", "PSD-PAY-INS", "A402-9"),
  PAYMENT_CLOSE("POST", "/psp/payments/[^/]+/close", "PSD-PAY-INS", "A402-8"),
  APPROVAL_SHOWN("GET", "/psp/payments/[^/]+/approval", "PSD-PAY-INS", "PSD-3"),
  APPROVAL("POST", "/psp/payments/[^/]+/approval", "PSD-PAY-INS", "PSD-3"),
  DELEGATED("POST", "/psp/delegated-payments", "PSD-PAY-DEL", "PSD-5"),
  AUTONOMOUS("POST", "/psp/autonomous-payments", "PSD-PAY-AUP", "PSD-7"),
  STATE_TOLD("POST", "/psp/delegation-states", "ADD-IAC-LCM", "ADD-8"),
  SUMS("GET", "/psp/delegations/[^/]+", "PSD-PAY-DEL", "PSD-7"),
  PREFERENCE("POST", "/psp/preferences", "PSD-PAY-DEL", "PSD-3"),
  SUB_ACCOUNT_OPEN("POST", "/psp/sub-accounts", "PSD-AGT-SUB", "PSD-2"),
  SUB_ACCOUNT_MOVE(
      "POST", "/psp/sub-accounts/[^/]+/(freeze|unfreeze|cancel)", "PSD-AGT-SUB", "PSD-2"),
  SUB_ACCOUNT_KEY("POST", "/psp/sub-accounts/[^/]+/key", "PSD-AGT-SUB", "PSD-2"),
  SUB_ACCOUNT_TOP_UP("POST", "/psp/sub-accounts/[^/]+/top-ups", "PSD-AGT-SUB", "PSD-2"),
  SUB_ACCOUNT("GET", "/psp/sub-accounts(/.*)?", "PSD-AGT-SUB", "PSD-2"),
  DRAFT("POST", "/delegations/intents", "ADD-INT-ICS", "ADD-1"),
  DRAFT_STATUS("GET", "/delegations/intents(/[^/]+)?", "ADD-INT-ICS", "ADD-2"),
  AUTHORITY_SHOWN("GET", "/delegations/intents/[^/]+/confirmation", "ADD-IAC-ISS", "ADD-2"),
  AUTHORITY("POST", "/delegations/intents/[^/]+/confirmation", "ADD-IAC-ISS", "ADD-2"),
  PAUSE("POST", "/delegations/iacs/[^/]+/suspend", "ADD-IAC-LCM", "ADD-7"),
  RESUME("POST", "/delegations/iacs/[^/]+/resume", "ADD-IAC-LCM", "ADD-7"),
  REVOKE("POST", "/delegations/iacs/[^/]+/revoke", "ADD-IAC-LCM", "ADD-7"),
  IAC("GET", "/delegations/iacs(/.*)?", "ADD-IAC-ISS", "ADD-3"),
  STATUS_LIST("GET", "/delegations/status/[0-9]+", "ADD-IAC-LCM", "ADD-8"),
  PROOF_QUERY("POST", "/psp/proofs/verify", "PSD-PAY-A402", "A402-6"),
  FULFILMENT("POST", "/psp/fulfilments", "PSD-PAY-A402", "A402-7"),
  REFUND("POST", "/psp/refunds", "PSD-PAY-INS", "PSD-8"),
  BINDING("POST", "/psp/bindings", "PSD-PMT-BND", "PSD-1"),
  INSTRUMENT("POST", "/psp/instruments/[^/]+/[a-z]+", "PSD-PMT-BND", "PSD-1"),
  INSTRUMENTS("GET", "/psp/instruments", "PSD-PMT-BND", "PSD-1"),
  KEYS("GET", "/psp/\\.well-known/jwks\\.json", "PSD-PAY-A402", "A402-6"),
  METHOD_SCHEMA("GET", "/psp/methods/.+", "PSD-PAY-A402", "A402-4"),
  ANCHORS("POST", "/trust/anchors", "TSD-ATT-OCA", "TSD-4");

  private final String method;

  @SuppressWarnings("ImmutableEnumChecker") // Pattern is immutable, which the checker cannot see
  private final Pattern path;

  private final String component;
  private final String rule;

  Known(String method, String path, String component, String rule) {
    this.method = method;
    this.path = Pattern.compile(path);
    this.component = component;
    this.rule = rule;
  }

  /**
   * @param target path with query, below the world
   */
  public static Optional<Known> of(String method, String target) {
    var query = target.indexOf('?');
    var path = query < 0 ? target : target.substring(0, query);
    return Arrays.stream(values())
        .filter(k -> k.method.equals(method) && k.path.matcher(path).matches())
        .findFirst();
  }

  public String component() {
    return component;
  }

  /** The rule of ACT 2.1 it is about; empty for none. */
  public String rule() {
    return rule;
  }
}
