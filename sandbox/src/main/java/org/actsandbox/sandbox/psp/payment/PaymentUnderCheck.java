package org.actsandbox.sandbox.psp.payment;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.InstantPaymentRequest;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.notification.WebhookAddress;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.Instruments;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Represents a payment request while its rules are checked, with the results of their lookups. */
final class PaymentUnderCheck implements BillCheck.BilledRequest {

  private final PspWorld world;
  private final Instruments instruments;
  private final JsonMessage jsonMessage;
  private final InstantPaymentRequest request;
  private final Money amount;
  private final Did caller;
  private final Instant now;
  private @Nullable Instrument instrument;
  private @Nullable Did payee;

  /**
   * @throws Refusal {@code malformed_json}, {@code invalid_field}
   */
  PaymentUnderCheck(PspWorld world, Instruments instruments, byte[] body, Did caller) {
    this.world = world;
    this.instruments = instruments;
    this.jsonMessage = JsonMessage.parse(body);
    this.request =
        jsonMessage.bind(
            InstantPaymentRequest.class,
            (asked, mistakes) ->
                mistakes.check(
                    () ->
                        WebhookAddress.optional(
                            "callback_url", asked.callbackUrl(), world.channels().allowed())));
    this.amount = FieldChecks.money("amount", request.amount(), request.currency());
    this.caller = caller;
    this.now = world.now();
  }

  InstantPaymentRequest request() {
    return request;
  }

  Instant timestamp() {
    return request.timestamp();
  }

  @Override
  public Money amount() {
    return amount;
  }

  Did caller() {
    return caller;
  }

  @Override
  public Instant now() {
    return now;
  }

  JsonNode raw() {
    return jsonMessage.raw();
  }

  @Override
  public JsonNode rawBill() {
    return jsonMessage.raw().path("bill");
  }

  @Override
  public JsonNode rawMethod() {
    return jsonMessage.raw().path("bill_method");
  }

  @Override
  public Did psp() {
    return world.did();
  }

  @Override
  public BillCheck.Claim claim() {
    return new BillCheck.Claim(
        request.bill(),
        request.payee(),
        request.merchantOrderNo(),
        request.currency(),
        request.agentId());
  }

  String digest() {
    return jsonMessage.digest();
  }

  @Override
  public KeyDirectory keys() {
    return world.keys();
  }

  /**
   * @throws Refusal for a bad signature
   */
  Did signer() {
    return jsonMessage.verifySigner(world.keys());
  }

  /**
   * Returns the instrument, which the caller may use for the principal that the request names.
   *
   * @throws Refusal {@code instrument_invalid}, {@code instrument_mismatch}
   */
  Instrument instrument() {
    var known = instrument;
    if (known == null) {
      known = instruments.usable(request.instrumentRef(), caller, now);
      if (request.principalId() != null) {
        instruments.requireOf(known, FieldChecks.did("principal_id", request.principalId()));
      }
      instrument = known;
    }
    return known;
  }

  /**
   * Returns the payee, which has an account here.
   *
   * @throws Refusal {@code payee_unknown}
   */
  Did payee() {
    var known = payee;
    if (known == null) {
      known = PaymentRequestChecks.requirePayee(world, request.payee());
      payee = known;
    }
    return known;
  }
}
