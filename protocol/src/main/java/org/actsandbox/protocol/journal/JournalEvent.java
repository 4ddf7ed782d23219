package org.actsandbox.protocol.journal;

import static org.actsandbox.protocol.rule.ActComponent.*;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/**
 * Lists the changes and decisions that are noted in the journal, each with the component of ACT to
 * which it belongs. Exchanges are named by their operation, refusals by their problem and faults by
 * their name. A stored journal keeps the names and components with which it was written.
 */
public enum JournalEvent {
  // A merchant notes these.
  INTENT_ANSWERED(CID_INT_XFR),
  HOLD_PLACED(CID_CART_CFM),
  HOLD_EXPIRED(CID_CART_CFM),
  DEPOSIT_DECIDED(CID_CART_CFM),
  DEPOSIT_RETURNED(CID_CART_CFM),
  ORDER_CANCELLED(CID_CART_CFM),
  BILL_ISSUED(PSD_PAY_A402),
  HOLD_RENEWED(PSD_PAY_A402),
  PROOF_ACCEPTED(PSD_PAY_A402),
  PROOF_UNVERIFIED(PSD_PAY_A402),
  PROOF_REFUSED(PSD_PAY_A402),
  DELIVERED(PSD_PAY_A402),
  DELIVERY_FAILED(PSD_PAY_A402),
  PAID_TOO_LATE(PSD_PAY_A402),
  PAYMENT_NOT_NEEDED(PSD_PAY_A402),
  FULFILMENT_CONFIRMED(PSD_PAY_A402),
  FULFILMENT_PENDING(PSD_PAY_A402),
  FULFILMENT_REFUSED(PSD_PAY_A402),
  REFUNDED(PSD_PAY_A402),
  REFUND_PENDING(PSD_PAY_A402),
  REFUND_FAILED(PSD_PAY_A402),
  NOTIFICATION_RECEIVED(PSD_PAY_INS),
  ORDER_PAID(PSD_PAY_INS),
  // The payment service notes these.
  PAYMENT_STATE_CHANGED,
  PAYMENT_DECIDED(PSD_PAY_INS),
  PROOF_VERIFIED(PSD_PAY_A402),
  NOTIFICATION_DELIVERED(PSD_PAY_INS),
  NOTIFICATION_GIVEN_UP(PSD_PAY_INS),
  NOTIFICATION_POSTPONED(PSD_PAY_INS),
  PREFERENCE_CHANGED(PSD_PAY_DEL),
  DECIDED_ON_LAST_KNOWN_STATE(ADD_IAC_LCM),
  BINDING_ASKED(PSD_PMT_BND),
  BINDING_DECLINED(PSD_PMT_BND),
  INSTRUMENT_BOUND(PSD_PMT_BND),
  INSTRUMENT_ACTIVE(PSD_PMT_BND),
  INSTRUMENT_FROZEN(PSD_PMT_BND),
  INSTRUMENT_CANCELLED(PSD_PMT_BND),
  PIN_CHANGED(PSD_PMT_BND),
  PIN_LOCKED(PSD_PMT_BND),
  SUB_ACCOUNT_OPENED(PSD_AGT_SUB),
  SUB_ACCOUNT_KEY_BOUND(PSD_AGT_SUB),
  SUB_ACCOUNT_TOPPED_UP(PSD_AGT_SUB),
  SUB_ACCOUNT_ACTIVE(PSD_AGT_SUB),
  SUB_ACCOUNT_FROZEN(PSD_AGT_SUB),
  SUB_ACCOUNT_CANCELLED(PSD_AGT_SUB),
  SUB_ACCOUNT_AGENT_UNKNOWN(PSD_AGT_SUB),
  REFUSED,
  // The delegation service notes these.
  INTENT_CREATED(ADD_INT_ICS),
  INTENT_LAPSED(ADD_INT_ICS),
  DELEGATION_DECIDED(ADD_IAC_ISS),
  DECISION_NOT_TOLD(ADD_IAC_ISS),
  DELEGATION_ISSUED(ADD_IAC_ISS),
  DELEGATION_SUSPENDED(ADD_IAC_LCM),
  DELEGATION_RESUMED(ADD_IAC_LCM),
  DELEGATION_REVOKED(ADD_IAC_LCM),
  DELEGATION_EXPIRED(ADD_IAC_LCM),
  STATUS_CHANGE_NOT_TOLD(ADD_IAC_LCM),
  // The trust service and each party of a dispute note these.
  RECORD_ANCHORED(TSD_ATT_OFF),
  ANCHOR_REFUSED(TSD_ATT_OFF),
  RECORD_VERIFIED(TSD_ATT_SVF),
  DISPUTE_OPENED(TSD_ATT_DSP),
  DISPUTE_WITHDRAWN(TSD_ATT_DSP),
  EVIDENCE_REQUESTED(TSD_ATT_DSP),
  EVIDENCE_REFUSED(TSD_ATT_DSP),
  STATEMENT_RECEIVED(TSD_ATT_DSP),
  DISPUTE_DECIDED(TSD_ATT_DSP),
  DISPUTE_REFUNDED(TSD_ATT_DSP),
  DISPUTE_REFUND_REFUSED(TSD_ATT_DSP),
  FINDING_RECEIVED(TSD_ATT_DSP),
  // The credit service, the issuer and the verifier note these.
  CREDIT_STATEMENT_ISSUED(TSD_CRD_MAP),
  CREDIT_STATEMENT_WITHDRAWN(TSD_CRD_MAP),
  ASSOCIATION_APPLIED(TSD_CRD_ASC),
  ASSOCIATION_ISSUED(TSD_CRD_ASC),
  ASSOCIATION_SUSPENDED(TSD_CRD_LCM),
  ASSOCIATION_RESUMED(TSD_CRD_LCM),
  ASSOCIATION_REVOKED(TSD_CRD_LCM),
  ASSOCIATION_EXPIRED(TSD_CRD_LCM),
  ASSOCIATION_ORDER_NOT_TOLD(TSD_CRD_LCM),
  CREDIT_QUERY_AUTHORIZED(TSD_CRD_AUTH),
  CREDIT_QUERY_REVOKED(TSD_CRD_AUTH),
  CREDIT_CONFIRMATION_REQUESTED(TSD_CRD_AUTH),
  CREDIT_VERIFIED(TSD_CRD_VER),
  // The buyer agent notes these.
  MODEL_ASKED,
  MODEL_ANSWERED,
  MODEL_FAILED,
  AUTHORITY_ASKED(ADD_INT_ICS),
  AUTHORITY_NOT_GIVEN_BACK(ADD_IAC_LCM),
  DECISION_LOGGED(CID_INT_XFR),
  PRICE_DEVIATION(CID_CART_CFM),
  CART_CONFIRMED(CID_CART_CFM),
  PRE_CHECK_PASSED(CID_CART_CFM),
  PRE_CHECK_FAILED(CID_CART_CFM),
  SELF_CHECK_PASSED,
  SELF_CHECK_FAILED,
  TOOL_CALL_REFUSED(CID_CART_CFM),
  TOOL_CALLED,
  BILL_REFUSED(PSD_PAY_A402),
  PAYMENT_WAITING_FOR_APPROVAL("payment-waiting_for_approval"),
  PAYMENT_PAID,
  PAYMENT_DECLINED,
  PAYMENT_TIMED_OUT("payment-timed_out"),
  PAYMENT_ABANDONED,
  PAYMENT_FAILED,
  PAYMENT_CLOSED,
  PURCHASE_STOPPED(CID_INT_XFR),
  COMPENSATION_INCOMPLETE(CID_CART_CFM),
  WATCH_ASKED(PSD_PAY_DEL),
  WATCH_WATCHING(PSD_PAY_DEL),
  WATCH_BUYING(PSD_PAY_DEL),
  WATCH_PAUSED(PSD_PAY_DEL),
  WATCH_DONE(PSD_PAY_DEL),
  WATCH_ENDED(PSD_PAY_DEL),
  WATCH_DELAYED(PSD_PAY_DEL),
  TASK_ASKED(PSD_PAY_AUP),
  TASK_FUNDING(PSD_PAY_AUP),
  TASK_WORKING(PSD_PAY_AUP),
  TASK_PAUSED(PSD_PAY_AUP),
  TASK_DONE(PSD_PAY_AUP),
  TASK_PARTIAL(PSD_PAY_AUP),
  TASK_ENDED(PSD_PAY_AUP),
  TASK_DELAYED(PSD_PAY_AUP),
  TASK_BILLED(PSD_PAY_AUP),
  SELLER_CHOSEN(CID_MER_CAT),
  SELLER_PASSED_OVER(PSD_PAY_AUP),
  SERVICE_PAID(PSD_PAY_AUP),
  MONEY_GOES_BACK(PSD_PAY_AUP),
  MONEY_NOT_GIVEN_BACK(PSD_PAY_AUP),
  PRINCIPAL_WARNED(PSD_PAY_AUP),
  // The world notes these of a merchant from outside.
  MERCHANT_ADDED(CID_MER_CAT),
  MERCHANT_CHANGED(CID_MER_CAT),
  MERCHANT_REMOVED(CID_MER_CAT),
  /** The component is that of the request which was passed on. */
  MERCHANT_ANSWERED,
  MERCHANT_SILENT,

  // The world notes these of an agent of others that listens at an address.
  AGENT_CONNECTED,
  AGENT_DISCONNECTED,

  // The world notes these of the webhook endpoints of a merchant or an agent.
  WEBHOOK_ADDED,
  WEBHOOK_CHANGED,
  WEBHOOK_REMOVED,
  WEBHOOK_RELEASED,
  WEBHOOK_REPLAYED,

  // The world notes these of applications of Alipay's gateway.
  APP_REGISTERED,
  APP_KEY_CHANGED,
  APP_REMOVED,
  ALIPAY_SETTINGS_CHANGED,
  /** The gateway says what its answer has no place for. */
  ALIPAY_REMARK,

  // The world itself notes these.
  CLOCK_SET,
  CLOCK_ADVANCED,
  WORLD_RESET,
  KEY_ROTATED,
  DISTURBED(CID_MER_CAT),
  FAULT_ADDED,
  FAULT_ENABLED,
  FAULT_DISABLED,
  FAULT_REMOVED,
  PROXY_OPENED,
  PROXY_CLOSED,
  EVIDENCE_BROKEN,
  EVIDENCE_HEALED;

  private final String code;
  private final @Nullable ActComponent component;

  JournalEvent() {
    this((@Nullable ActComponent) null);
  }

  JournalEvent(@Nullable ActComponent component) {
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.component = component;
  }

  /** Makes an event of the agent's view of a payment; its code ends in the payment's status. */
  JournalEvent(String code) {
    this.code = code;
    this.component = null;
  }

  /** Returns the name in the journal, such as {@code hold-placed}. */
  public String code() {
    return code;
  }

  /**
   * Returns the component to which it belongs; null for the sandbox's own events, and where the
   * component depends on the payment that it is about.
   */
  public @Nullable ActComponent component() {
    return component;
  }

  /** Tells whether an entry of the journal has this event. */
  public boolean is(String event) {
    return code.equals(event);
  }

  /** Returns the event with a code; empty for the name of an operation, a problem or a fault. */
  public static Optional<JournalEvent> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }
}
