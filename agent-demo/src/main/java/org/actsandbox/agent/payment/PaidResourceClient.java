package org.actsandbox.agent.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.CallRetries;
import org.actsandbox.agent.wire.CancellationMessage;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Requests paid resources from sellers: it fetches and checks the bill of the 402 answer, agrees on
 * the payment method, presents the payment proof, and cancels orders (A402). Every field of a bill
 * is compared with what was ordered.
 */
public final class PaidResourceClient {

  /** Ours: a look at an order must not keep the agent from the principal's decision. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final MethodAgreement methodAgreement;
  private final Duration timeout;
  private final CallRetries callRetries;

  public PaidResourceClient(
      AgentWorld world,
      AgentHttpClient agentHttpClient,
      MethodAgreement methodAgreement,
      Duration timeout,
      CallRetries callRetries) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.methodAgreement = methodAgreement;
    this.timeout = timeout;
    this.callRetries = callRetries;
  }

  /**
   * A bill that agrees with what was ordered.
   *
   * @param needed both of its layers as they came
   */
  public record CheckedBill(JsonNode needed, Money amount, String resourceId, Instant payBefore) {}

  /**
   * Fetches and checks the bill.
   *
   * @throws ParticipantRefusal {@code bill_mismatch} and similar codes: then nothing is paid
   */
  public CheckedBill fetchBill(PaidResource resource) {
    return checked(resource, ask(resource));
  }

  /**
   * Fetches and checks the bill of a page, which is ACT's or one in Alipay's form.
   *
   * @throws ParticipantRefusal {@code bill_mismatch} and similar codes: then nothing is paid
   */
  public CheckedBill fetchPageBill(PaidResource resource) {
    var answer = ask(resource);
    var alipay = answer.header(A402Headers.PAYMENT_NEEDED).flatMap(AlipayBillReader::find);
    if (alipay.isEmpty()) {
      return checked(resource, answer);
    }
    var bill = AlipayBillReader.read(resource.platform().id(), alipay.get());
    compareExpected(resource, bill);
    return checkedBill(AlipayBillReader.layers(alipay.get()), bill);
  }

  private static CheckedBill checkedBill(JsonNode needed, PaymentNeeded.Bill bill) {
    return new CheckedBill(
        needed, Money.of(bill.amount(), bill.currency()), bill.resourceId(), bill.payBefore());
  }

  private OutboundClient.Answer ask(PaidResource resource) {
    var platform = resource.platform();
    var answer = callRetries.untilAnswered(() -> send(resource, Map.of()));
    if (answer.isSuccess()) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "bill_missing", "it asked for no payment but answered " + answer.status());
    }
    if (answer.status() != 402) {
      throw ParticipantRefusal.from(platform.id(), answer);
    }
    return answer;
  }

  private CheckedBill checked(PaidResource resource, OutboundClient.Answer answer) {
    var platform = resource.platform();
    try {
      var needed = A402Headers.decode(A402Headers.PAYMENT_NEEDED, header(platform, answer));
      var bill = needed.path("protocol");
      if (!SignedJson.verify(bill, world.keys()).equals(platform.did())) {
        throw ParticipantRefusal.untrusted(
            platform.id(), "bill_signature", "another participant signed the bill");
      }
      var read = Json.read(bill, PaymentNeeded.Bill.class);
      check(resource, read);
      methodAgreement.checkBill(platform, needed);
      return checkedBill(needed, read);
    } catch (Refusal refusal) {
      throw new ParticipantRefusal(
          platform.id(), 402, refusal.problem().code(), refusal.detail(), refusal);
    } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
      throw new ParticipantRefusal(
          platform.id(), 402, "bill_malformed", "the bill has another form", malformed);
    }
  }

  private static String header(Platform platform, OutboundClient.Answer answer) {
    return answer
        .header(A402Headers.PAYMENT_NEEDED)
        .orElseThrow(
            () ->
                ParticipantRefusal.untrusted(
                    platform.id(), "bill_missing", "it answered 402 without a bill"));
  }

  private void check(PaidResource resource, PaymentNeeded.Bill bill) {
    var platform = resource.platform();
    requireSame(resource, "payee", platform.did().value(), bill.sellerUniqueId());
    compareExpected(resource, bill);
    requireSame(resource, "request method", resource.method(), bill.requestMethod());
    requireSame(resource, "request fingerprint", resource.fingerprint(), bill.requestFingerprint());
    requireSame(resource, "payment method", PaymentNeeded.METHOD_ID, bill.methodId());
    if (bill.buyerUniqueId() != null) {
      requireSame(resource, "buyer", world.agent().value(), bill.buyerUniqueId());
    }
  }

  private void compareExpected(PaidResource resource, PaymentNeeded.Bill bill) {
    for (var field : resource.expected()) {
      requireSame(resource, field.name(), field.expected(), field.billed().apply(bill));
    }
    if (!world.now().isBefore(bill.payBefore())) {
      throw ParticipantRefusal.untrusted(
          resource.platform().id(), "bill_expired", "the bill can no longer be paid");
    }
  }

  private static void requireSame(
      PaidResource resource, String what, String expected, @Nullable String billed) {
    if (!expected.equals(billed)) {
      throw ParticipantRefusal.untrusted(
          resource.platform().id(), "bill_mismatch", resource.difference() + what);
    }
  }

  /**
   * Agrees with the seller on the payment method; without a method there is no payment (CID-5).
   *
   * @throws ParticipantRefusal {@code method_unsupported}
   */
  public void agreeOnMethod(PaidResource resource, Money amount) {
    callRetries.untilAnswered(
        () -> {
          methodAgreement.agree(resource.platform(), resource.intentId(), amount);
          return true;
        });
  }

  /**
   * Presents the payment proof; the same proof again gets the stored delivery, never a second one.
   * The money is spent already, so this call repeats past outages as well, and past answers that
   * say nothing: a delivery that cannot be read, and a demand for payment without a verdict on the
   * proof (A402-9).
   */
  public OutboundClient.Answer collect(PaidResource resource, JsonNode proof) {
    var headers = Map.of(A402Headers.PAYMENT_PROOF, A402Headers.encode(proof));
    return callRetries.untilTelling(
        PaidResourceClient::tellsOfDelivery, () -> send(resource, headers));
  }

  /**
   * Presents the payment proof for a page, which is any content; the same proof again gets the same
   * page.
   *
   * @param proof the value of {@code Payment-Proof}
   */
  public OutboundClient.Answer collectPage(PaidResource resource, String proof) {
    var headers = Map.of(A402Headers.PAYMENT_PROOF, proof, "Accept", PaidResource.ANY_PAGE);
    return callRetries.untilTelling(
        answer ->
            answer.status() != 402 || answer.header(A402Headers.PAYMENT_VALIDATION).isPresent(),
        () -> send(resource, headers));
  }

  private static boolean tellsOfDelivery(OutboundClient.Answer answer) {
    if (answer.status() == 402) {
      return answer.header(A402Headers.PAYMENT_VALIDATION).isPresent();
    }
    try {
      return !answer.isSuccess() || Json.parse(answer.body()).isObject();
    } catch (JacksonException unreadable) {
      return false;
    }
  }

  private OutboundClient.Answer send(PaidResource resource, Map<String, String> headers) {
    var json = resource.json();
    return json == null
        ? agentHttpClient.get(resource.address(), resource.intentId(), headers, timeout)
        : agentHttpClient.post(resource.address(), resource.intentId(), json, headers, timeout);
  }

  /**
   * Tells whether the merchant says that it cancelled an order. A merchant that does not answer, or
   * that does not serve its orders, says nothing about it.
   */
  public boolean isCancelled(Platform platform, String intentId, String orderNo) {
    try {
      var answer = agentHttpClient.getWithKey(platform.at("/orders/" + orderNo), intentId, LOOK);
      return AgentHttpClient.body(platform, answer)
          .path("status")
          .asString("")
          .equals(OrderStatus.CANCELLED.name());
    } catch (ParticipantRefusal | NoAnswerException unknown) {
      return false;
    }
  }

  /**
   * Cancels an order: it is free while the order is held; after payment the seller's schedule
   * applies.
   *
   * @return the order as the merchant's answer has it
   * @throws ParticipantRefusal {@code not_cancellable} when it was delivered, or when the money
   *     went back already
   */
  public JsonNode cancel(Platform platform, String intentId, String orderNo) {
    var target = platform.at("/orders/" + orderNo + "/cancel");
    var message = CancellationMessage.of(world, intentId, orderNo);
    var answer =
        callRetries.untilAnswered(
            () -> agentHttpClient.postWithKey(target, intentId, message, timeout));
    return AgentHttpClient.body(platform, answer);
  }
}
