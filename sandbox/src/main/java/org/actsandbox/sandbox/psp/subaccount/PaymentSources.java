package org.actsandbox.sandbox.psp.subaccount;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest.SubAccountAuthorization;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.Instruments;
import org.actsandbox.sandbox.psp.payment.PaymentRequestChecks;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds what pays by the reference in a payment: a bound instrument or a sub-account. */
public final class PaymentSources {

  public static final String SUB_ACCOUNT = "sub_account";

  private static final String PREFIX = "SA-";

  private final Instruments instruments;
  private final SubAccounts subAccounts;
  private final UnaryOperator<SubAccount> view;

  /**
   * @param view returns a stored sub-account as payments see it: unchanged, except in a mutant
   */
  public PaymentSources(
      Instruments instruments, SubAccounts subAccounts, UnaryOperator<SubAccount> view) {
    this.instruments = instruments;
    this.subAccounts = subAccounts;
    this.view = view;
  }

  /**
   * Represents a bound instrument or a sub-account as a payment uses it.
   *
   * @param method by the codes that delegations use: balance | card | sub_account
   * @param account the account in the ledger
   * @param label the masked label for people
   */
  public record PaymentSource(String ref, String method, String account, String label) {}

  /**
   * Finds the source that the request names; {@link #requireUsable} checks whether it may pay.
   *
   * @throws Refusal {@code invalid_field}, {@code instrument_invalid}, {@code sub_account_unknown}
   */
  public PaymentSources.PaymentSource find(DelegatedPaymentRequest request) {
    var authorization = request.subAccountAuthorization();
    if ((request.instrumentRef() == null) == (authorization == null)) {
      throw FieldChecks.invalid(
          "instrument_ref", "either this or sub_account_authorization", "both or neither");
    }
    return find(
        authorization == null
            ? String.valueOf(request.instrumentRef())
            : authorization.subAccountId());
  }

  public PaymentSources.PaymentSource find(String ref) {
    if (ref.startsWith(PREFIX)) {
      var account = subAccount(ref);
      return new PaymentSources.PaymentSource(ref, SUB_ACCOUNT, account.account(), account.label());
    }
    var instrument = instruments.get(ref);
    return new PaymentSources.PaymentSource(
        ref, instrument.method(), instrument.account(), instrument.label());
  }

  /**
   * Passes when the source itself may pay at {@code now}: it is active and belongs to the payment's
   * principal and agent.
   *
   * @throws Refusal {@code instrument_invalid}, {@code instrument_mismatch}, {@code
   *     limit_exceeded}, {@code sub_account_frozen}, {@code sub_account_cancelled}, {@code
   *     sub_account_mismatch}
   */
  public void requireUsable(Trade.PaymentTerms paymentTerms, Instant now) {
    if (paymentTerms.instrumentRef().startsWith(PREFIX)) {
      requireUsableFor(subAccount(paymentTerms.instrumentRef()), paymentTerms);
    } else {
      requireUsableFor(
          instruments.usable(paymentTerms.instrumentRef(), paymentTerms.agent(), now),
          paymentTerms);
    }
  }

  /**
   * Passes when the source may pay, and locks it until the caller's transaction ends: after the
   * answer to a freeze nothing is paid any more. All payments from the source wait here for each
   * other, so this comes last, right before the booking.
   */
  public void lock(Trade.PaymentTerms paymentTerms, Instant now) {
    if (paymentTerms.instrumentRef().startsWith(PREFIX)) {
      requireUsableFor(view.apply(subAccounts.lock(paymentTerms.instrumentRef())), paymentTerms);
    } else {
      requireUsableFor(
          instruments.lockUsable(paymentTerms.instrumentRef(), paymentTerms.agent(), now),
          paymentTerms);
    }
  }

  private SubAccount subAccount(String id) {
    return view.apply(subAccounts.get(id));
  }

  private static void requireUsableFor(SubAccount account, Trade.PaymentTerms paymentTerms) {
    account.requireOf(paymentTerms.principal());
    account.requireUsableBy(paymentTerms.agent());
  }

  private void requireUsableFor(Instrument instrument, Trade.PaymentTerms paymentTerms) {
    instruments.requireOf(instrument, paymentTerms.principal());
  }

  /** Passes when the amount is within an instrument's own limit. */
  public void requireCovers(Trade.PaymentTerms paymentTerms) {
    if (!paymentTerms.instrumentRef().startsWith(PREFIX)) {
      instruments.get(paymentTerms.instrumentRef()).requireCovers(paymentTerms.amount());
    }
  }

  /**
   * Passes when the sub-account's own key signed exactly this payment (ACT PSD-2).
   *
   * @param raw the authorization as it was received; missing for an instrument
   * @throws Refusal {@code sub_account_key_invalid}, {@code sub_account_authorization_invalid}
   */
  public void requireAuthorized(
      DelegatedPaymentRequest request, JsonNode raw, Did agent, Instant now) {
    var authorization = request.subAccountAuthorization();
    if (authorization == null) {
      return;
    }
    var account = subAccount(authorization.subAccountId());
    account.requireUsableBy(agent);
    var key = subAccounts.key(account);
    if (key.isEmpty()) {
      throw keyInvalid("the sub-account has no key that is good", account)
          .remedy("POST /psp/sub-accounts/{id}/key binds the agent's dedicated one.");
    }
    try {
      SignedJson.verify(raw, id -> id.equals(account.keyId()) ? key : Optional.empty());
    } catch (Refusal unsigned) {
      throw unsigned.problem() == Problem.SIGNER_UNKNOWN
          ? keyInvalid("another key than the sub-account's signed", account)
          : invalid(unsigned.detail(), "a signature by " + account.keyId())
              .signed(unsigned.signedContent());
    }
    requireSame(request, authorization);
    PaymentRequestChecks.requireFresh(
        "sub_account_authorization.timestamp", authorization.timestamp(), now);
  }

  private static void requireSame(
      DelegatedPaymentRequest request, SubAccountAuthorization authorization) {
    requireSame("request_id", request.requestId(), authorization.requestId());
    requireSame("merchant_order_no", request.merchantOrderNo(), authorization.merchantOrderNo());
    requireSame("amount", request.amount(), authorization.amount());
    requireSame("currency", request.currency(), authorization.currency());
  }

  private static void requireSame(String field, String requested, @Nullable String authorized) {
    if (!requested.equals(authorized)) {
      throw invalid("it is for another payment: " + field, requested);
    }
  }

  private static Refusal keyInvalid(String why, SubAccount account) {
    return new Refusal(Problem.SUB_ACCOUNT_KEY_INVALID, why)
        .at("sub_account_authorization.signer_id")
        .expected("a signature by " + account.keyId());
  }

  private static Refusal invalid(String why, String expected) {
    return new Refusal(
            Problem.SUB_ACCOUNT_AUTHORIZATION_INVALID,
            "the sub-account's authorization is not good: " + why)
        .at("sub_account_authorization")
        .expected(expected);
  }
}
