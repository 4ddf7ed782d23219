package org.actsandbox.sandbox.psp.instrument;

import java.time.Instant;
import java.util.Currency;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Represents a payment instrument as its agent may use it (ACT PSD-1): a reference instead of an
 * account.
 *
 * @param ref opaque, {@code pi_...}
 * @param principal the owner
 * @param account the principal's account that pays; never shown to the agent
 * @param label masked, for people
 */
public record Instrument(
    String ref,
    Did principal,
    String account,
    Did agent,
    String label,
    Status status,
    Currency currency,
    @Nullable Money limit,
    @Nullable Instant validUntil,
    String consent,
    Instant boundAt) {

  /** Lists the states of an instrument; only an active one pays. */
  public enum Status {
    ACTIVE,
    FROZEN,
    CANCELLED;

    /** Returns the event that is noted when an instrument comes into this status. */
    JournalEvent event() {
      return switch (this) {
        case ACTIVE -> JournalEvent.INSTRUMENT_ACTIVE;
        case FROZEN -> JournalEvent.INSTRUMENT_FROZEN;
        case CANCELLED -> JournalEvent.INSTRUMENT_CANCELLED;
      };
    }
  }

  /**
   * Represents an instrument as it is shown; {@code account} and {@code consent} are for the
   * principal only.
   *
   * @param method by the codes that delegations use: balance | card
   * @param principalId the owner; absent in a world with one principal
   */
  public record InstrumentView(
      String instrumentRef,
      String label,
      String agentId,
      String status,
      String currency,
      @Nullable String limitPerPayment,
      @Nullable Instant validUntil,
      Instant boundAt,
      String method,
      @Nullable String principalId,
      @Nullable String account,
      @Nullable String consent) {

    /** Returns a copy that names its principal. */
    public Instrument.InstrumentView of(Did principal) {
      return new Instrument.InstrumentView(
          instrumentRef,
          label,
          agentId,
          status,
          currency,
          limitPerPayment,
          validUntil,
          boundAt,
          method,
          principal.value(),
          account,
          consent);
    }
  }

  public Instrument.InstrumentView shownToPrincipal() {
    return shown(AccountNumbers.kind(account), consent);
  }

  public Instrument.InstrumentView shownToAgent() {
    return shown(null, null);
  }

  /**
   * Passes when {@code payer} may use the instrument now.
   *
   * @throws Refusal {@code instrument_invalid} or {@code instrument_mismatch}
   */
  public void requireUsableBy(Did payer, Instant now) {
    if (status != Status.ACTIVE) {
      throw invalid("it is " + status.name().toLowerCase(java.util.Locale.ROOT));
    }
    if (validUntil != null && !now.isBefore(validUntil)) {
      throw invalid("it expired at " + validUntil);
    }
    if (!agent.equals(payer)) {
      throw new Refusal(Problem.INSTRUMENT_MISMATCH, "the instrument is bound to another agent")
          .at("instrument_ref")
          .observed(ref)
          .remedy("Use a reference from GET /psp/instruments.");
    }
  }

  /**
   * Passes when the instrument belongs to {@code payer}: a reference stands for one principal and
   * one agent.
   *
   * @throws Refusal {@code instrument_mismatch}
   */
  public void requireOf(Did payer) {
    if (!principal.equals(payer)) {
      throw new Refusal(Problem.INSTRUMENT_MISMATCH, "the instrument is another principal's")
          .at("instrument_ref")
          .expected("an instrument of " + payer)
          .observed(ref)
          .remedy("Use a reference of the principal the payment is for.");
    }
  }

  /**
   * @throws Refusal {@code instrument_invalid} for another currency, {@code limit_exceeded}
   */
  public void requireCovers(Money amount) {
    if (!amount.currency().equals(currency)) {
      throw invalid("it pays in " + currency);
    }
    if (limit != null && amount.moreThan(limit)) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "the payment is above the instrument's limit")
          .at("amount")
          .expected("at most " + limit)
          .observed(amount.toString());
    }
  }

  static Refusal unknown(String ref) {
    return new Refusal(Problem.INSTRUMENT_INVALID, "there is no such instrument")
        .at("instrument_ref")
        .observed(ref)
        .remedy("Use a reference from GET /psp/instruments.");
  }

  private Refusal invalid(String why) {
    return new Refusal(Problem.INSTRUMENT_INVALID, "the instrument cannot pay: " + why)
        .at("instrument_ref")
        .observed(ref)
        .remedy("Use another instrument, or ask the principal.");
  }

  /**
   * Returns the payment method by the codes of delegations; test cards have accounts of their own,
   * but count as cards.
   */
  public String method() {
    return AccountNumbers.kind(account).equals(AccountNumbers.BALANCE) ? "balance" : "card";
  }

  private Instrument.InstrumentView shown(
      @Nullable String ofAccount, @Nullable String consentGiven) {
    return new Instrument.InstrumentView(
        ref,
        label,
        agent.value(),
        status.name(),
        currency.getCurrencyCode(),
        limit == null ? null : limit.decimal(),
        validUntil,
        boundAt,
        method(),
        null,
        ofAccount,
        consentGiven);
  }
}
