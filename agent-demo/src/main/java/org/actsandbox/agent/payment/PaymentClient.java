package org.actsandbox.agent.payment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.CallRetries;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.agent.wire.StopSignal;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import tools.jackson.databind.JsonNode;

/**
 * Asks the payment service for payments and waits for their outcome; it never approves one. The
 * principal confirms an instant payment (PSD-3) at the cashier; a directed payment (PSD-5) and an
 * autonomous one (PSD-7) carry the credential of their authority.
 */
public final class PaymentClient {

  public static final String PAYMENT_SERVICE = "sandbox-pay";

  private final AgentWorld world;
  private final AgentTimeouts timing;
  private final AgentHttpClient agentHttpClient;
  private final CallRetries callRetries;
  private final AlipayPaymentClient alipay;

  public PaymentClient(
      AgentWorld world,
      AgentTimeouts timing,
      AgentHttpClient agentHttpClient,
      CallRetries callRetries) {
    this.world = world;
    this.timing = timing;
    this.agentHttpClient = agentHttpClient;
    this.callRetries = callRetries;
    this.alipay = new AlipayPaymentClient(world, timing.call(), agentHttpClient, callRetries);
  }

  /** Returns what pays bills in Alipay's form. */
  public AlipayPaymentClient alipay() {
    return alipay;
  }

  /** The payments that an agent requests, each at its own address. */
  public enum PaymentKind {
    INSTANT("/payments"),
    DIRECTED("/delegated-payments"),
    AUTONOMOUS("/autonomous-payments"),
    /** A bill in Alipay's form, which is paid at the cashier of that profile. */
    ALIPAY("");

    private final String path;

    PaymentKind(String path) {
      this.path = path;
    }
  }

  /**
   * A signed payment request; it is sent byte for byte, however often.
   *
   * @param message the signed message
   */
  public record SignedPaymentRequest(PaymentKind kind, String intentId, JsonNode message) {}

  /**
   * Sends the request. The same request again returns the same payment, so a call whose answer was
   * lost is simply repeated (A402-9).
   *
   * @throws ParticipantRefusal with the payment service's error: then no money moved
   */
  public JsonNode pay(SignedPaymentRequest request) {
    if (request.kind() == PaymentKind.ALIPAY) {
      return opened(request, alipay.open(request));
    }
    var body = Json.write(request.message());
    var target = world.psp().at(request.kind().path);
    var answer =
        callRetries.untilAnswered(
            () -> agentHttpClient.postWithKey(target, request.intentId(), body, timing.call()));
    return checked(request, AgentHttpClient.body(PAYMENT_SERVICE, answer));
  }

  /**
   * Returns the payment that the cashier opened. One that differs from what was to be paid is
   * closed at once: the bill was another seller's.
   */
  private JsonNode opened(SignedPaymentRequest request, String tradeNo) {
    var payment =
        AgentHttpClient.body(PAYMENT_SERVICE, get(request, "/payments/" + tradeNo, timing.call()));
    try {
      return checked(request, payment);
    } catch (ParticipantRefusal another) {
      agentHttpClient.postWithKey(
          world.psp().at("/payments/" + tradeNo + "/close"),
          request.intentId(),
          "{}",
          timing.call());
      throw another;
    }
  }

  /**
   * Returns the payment that an earlier attempt made, or else pays. The service is asked first,
   * because an earlier attempt may have arrived before a crash (A402-9).
   */
  public JsonNode findOrPay(SignedPaymentRequest request) {
    return find(request).map(known -> checked(request, known)).orElseGet(() -> pay(request));
  }

  /** Finds the payment that this request made, if the request arrived. */
  public Optional<JsonNode> find(SignedPaymentRequest request) {
    if (request.kind() == PaymentKind.ALIPAY) {
      return findByOrder(request);
    }
    var id = request.message().path("request_id").asString("");
    var answer = get(request, "/payments?request_id=" + id, timing.call());
    if (answer.status() == 404) {
      return Optional.empty();
    }
    return AgentHttpClient.body(PAYMENT_SERVICE, answer).path("items").valueStream().findFirst();
  }

  /** The cashier makes the request's number itself, so the order's number finds the payment. */
  private Optional<JsonNode> findByOrder(SignedPaymentRequest request) {
    var newest = AgentHttpClient.body(PAYMENT_SERVICE, get(request, "/payments", timing.call()));
    return newest
        .path("items")
        .valueStream()
        .filter(
            payment ->
                Stream.of("merchant_order_no", "payee")
                    .allMatch(field -> payment.path(field).equals(request.message().path(field))))
        .findFirst();
  }

  /**
   * Waits until the principal decides at the cashier, at most for one long poll; the returned
   * payment may still be undecided.
   */
  public JsonNode awaitDecision(SignedPaymentRequest request, String tradeNo) {
    return awaitDecision(request, tradeNo, timing.longPoll());
  }

  /**
   * Waits until the principal decides, at most for {@code longest} and for one long poll.
   *
   * @param longest whole seconds; zero asks without waiting
   */
  public JsonNode awaitDecision(SignedPaymentRequest request, String tradeNo, Duration longest) {
    long seconds = Math.min(25, Math.min(longest.toSeconds(), timing.longPoll().toSeconds()));
    var path = "/payments/" + tradeNo + "?wait_seconds=" + seconds;
    var timeout = timing.longPoll().plus(timing.call());
    return checked(
        request,
        StopSignal.callUnlessStopped(
            tradeNo, () -> AgentHttpClient.body(PAYMENT_SERVICE, get(request, path, timeout))));
  }

  public JsonNode query(SignedPaymentRequest request, String tradeNo) {
    var answer = get(request, "/payments/" + tradeNo, timing.call());
    return checked(request, AgentHttpClient.body(PAYMENT_SERVICE, answer));
  }

  /**
   * Closes an undecided payment and returns what it became; the principal may have paid in the
   * meantime.
   */
  public JsonNode close(SignedPaymentRequest request, String tradeNo) {
    var target = world.psp().at("/payments/" + tradeNo + "/close");
    var answer =
        callRetries.untilAnswered(
            () -> agentHttpClient.postWithKey(target, request.intentId(), "{}", timing.call()));
    return answer.isSuccess()
        ? checked(request, AgentHttpClient.body(PAYMENT_SERVICE, answer))
        : query(request, tradeNo);
  }

  private OutboundClient.Answer get(SignedPaymentRequest request, String path, Duration timeout) {
    return callRetries.untilAvailable(
        () -> agentHttpClient.getWithKey(world.psp().at(path), request.intentId(), timeout));
  }

  public static PaymentStatus status(JsonNode payment) {
    return Json.read(payment.path("status"), PaymentStatus.class);
  }

  /** Returns the amount of a bill, a payment request or a payment. */
  public static Money amount(JsonNode message) {
    return Money.of(message.path("amount").asString(""), message.path("currency").asString(""));
  }

  /** Refuses a payment that is not the one that was asked for. */
  private static JsonNode checked(SignedPaymentRequest request, JsonNode payment) {
    for (var field : List.of("request_id", "merchant_order_no", "payee", "currency")) {
      boolean unknown = request.kind() == PaymentKind.ALIPAY && field.equals("request_id");
      if (!unknown && !payment.path(field).equals(request.message().path(field))) {
        throw mismatch(field);
      }
    }
    if (!isSameAmount(request.message(), payment)) {
      throw mismatch("amount");
    }
    return payment;
  }

  private static boolean isSameAmount(JsonNode request, JsonNode payment) {
    try {
      return amount(payment).equals(amount(request));
    } catch (IllegalArgumentException noAmount) {
      return false;
    }
  }

  private static ParticipantRefusal mismatch(String field) {
    return ParticipantRefusal.untrusted(
        PAYMENT_SERVICE, "payment_mismatch", "the payment differs from the request in " + field);
  }
}
