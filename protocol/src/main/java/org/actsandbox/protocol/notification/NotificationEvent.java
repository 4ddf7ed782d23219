package org.actsandbox.protocol.notification;

import static org.actsandbox.protocol.journal.JournalIds.INTENT_ID;
import static org.actsandbox.protocol.journal.JournalIds.TRADE_NO;
import static org.actsandbox.protocol.rule.ActComponent.ADD_IAC_ISS;
import static org.actsandbox.protocol.rule.ActComponent.ADD_IAC_LCM;
import static org.actsandbox.protocol.rule.ActComponent.ADD_INT_ICS;
import static org.actsandbox.protocol.rule.ActComponent.PSD_PAY_A402;
import static org.actsandbox.protocol.rule.ActComponent.PSD_PAY_INS;
import static org.actsandbox.protocol.rule.ActComponent.TSD_ATT_DSP;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/** Lists the events of which merchants and agents are notified. */
public enum NotificationEvent {
  PAYMENT_SUCCEEDED(PSD_PAY_INS, TRADE_NO, true),
  /** The payment ended without money moved: declined, timed out, closed or failed. */
  PAYMENT_CLOSED(PSD_PAY_INS, TRADE_NO, true),
  REFUND_SUCCEEDED(PSD_PAY_INS, TRADE_NO, true),
  /** The merchant confirmed to the payment service that it delivered (A402-7). */
  FULFILMENT_CONFIRMED(PSD_PAY_A402, TRADE_NO, false),
  DELEGATION_ISSUED(ADD_IAC_ISS, INTENT_ID, false),
  DELEGATION_SUSPENDED(ADD_IAC_LCM, INTENT_ID, false),
  DELEGATION_RESUMED(ADD_IAC_LCM, INTENT_ID, false),
  DELEGATION_REVOKED(ADD_IAC_LCM, INTENT_ID, false),
  DELEGATION_EXPIRED(ADD_IAC_LCM, INTENT_ID, false),
  /** The principal declined the authority that the agent asked for. */
  INTENT_DECLINED(ADD_INT_ICS, INTENT_ID, false),
  /** The principal did not decide in time. */
  INTENT_LAPSED(ADD_INT_ICS, INTENT_ID, false),
  DISPUTE_OPENED(TSD_ATT_DSP, TRADE_NO, true),
  DISPUTE_DECIDED(TSD_ATT_DSP, TRADE_NO, true),
  DISPUTE_WITHDRAWN(TSD_ATT_DSP, TRADE_NO, true),
  /** An event without meaning, which the owner of an endpoint orders to test it. */
  TEST(null, null, true);

  private final @Nullable ActComponent component;
  private final @Nullable String subjectId;
  private final boolean forMerchants;

  NotificationEvent(
      @Nullable ActComponent component, @Nullable String subjectId, boolean forMerchants) {
    this.component = component;
    this.subjectId = subjectId;
    this.forMerchants = forMerchants;
  }

  /** Returns the name on the wire, such as {@code payment_succeeded}. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public @Nullable ActComponent component() {
    return component;
  }

  /** Returns which identifier names the subject, {@code trade_no} or {@code intent_id}. */
  public @Nullable String subjectId() {
    return subjectId;
  }

  /** Returns whether merchants are notified of it; agents are notified of all events. */
  public boolean isForMerchants() {
    return forMerchants;
  }

  public static Optional<NotificationEvent> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
