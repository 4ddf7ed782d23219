package org.actsandbox.web.check.alipay;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.AlipayProof;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.client.Reply;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has the steps of a purchase in Alipay's form, as a buyer's program and the cashier make them.
 * Each step belongs to the check that is about it.
 */
final class AlipaySale {

  static final String ASKS = "alipay.asks-payment";
  static final String READABLE = "alipay.bill-readable";
  static final String KNOWN = "alipay.application";
  static final String PAYABLE = "alipay.bill-payable";
  static final String DELIVERS = "alipay.delivers";

  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final CheckContext context;
  private final URI resource;
  private final Duration patience;
  private final SandboxClient client;

  /**
   * @param resource the address that is paid for
   * @param patience how long a confirmation may come after the answer
   */
  AlipaySale(CheckContext context, URI resource, Duration patience) {
    this.patience = patience;
    this.context = context;
    this.resource = resource;
    this.client = new SandboxClient(context.world().outbound());
  }

  /** Represents a bill, and the header in which it came. */
  record Billed(AlipayBill bill, String header) {}

  /** Represents a paid bill. */
  record PaidBill(AlipayBill bill, AlipayProof proof) {

    String tradeNo() {
      return String.valueOf(proof.protocol().tradeNo());
    }
  }

  CheckContext context() {
    return context;
  }

  /** Asks without a proof, and returns the answer, which must ask for payment. */
  Reply ask() {
    return context.step(
        ASKS,
        () -> {
          var reply = context.send("GET", resource, Map.of(), new byte[0]);
          context.require(reply.status() == 402, "402", reply.status());
          context.require(
              !header(reply, A402Headers.PAYMENT_NEEDED).isEmpty(),
              "a header Payment-Needed",
              CheckSentence.of("none"));
          return reply;
        });
  }

  Billed billed() {
    var header = header(ask(), A402Headers.PAYMENT_NEEDED);
    return context.step(
        READABLE,
        () ->
            AlipayBill.decode(header)
                .map(bill -> new Billed(bill, header))
                .orElseThrow(
                    () ->
                        CheckEnd.deviates(
                            "Base64URL of JSON with the objects protocol and method (AIP-137)",
                            header)));
  }

  /** Finds the application of a bill in the world. */
  JsonNode application(AlipayBill bill) {
    var appId = String.valueOf(bill.method().sellerAppId());
    return context.step(
        KNOWN,
        () -> {
          if (!appId.matches("[0-9]{1,16}")) {
            throw CheckEnd.deviates("seller_app_id of an application of the world", appId);
          }
          try {
            return call("GET", "/alipay/apps/" + appId, null);
          } catch (UnexpectedReply unknown) {
            throw CheckEnd.deviates(
                CheckSentence.of(
                    "seller_app_id of an application that is registered in world {0}",
                    context.world().target().world()),
                appId);
          }
        });
  }

  RSAPublicKey key(JsonNode application) {
    var keys = application.path("keys");
    try {
      return RsaKeyText.read(keys.path(keys.size() - 1).path("public_key").asString(""))
          .publicKey();
    } catch (KeyTextException none) {
      throw CheckEnd.notTested("the application has no public key on record");
    }
  }

  /** Calls the control API of the world. */
  JsonNode call(String method, String path, @Nullable Object body) {
    var target = context.world().target();
    return client.send(method, target.api(path), target.keys().operator(), body);
  }

  /** Changes switches of the world's gateway. */
  void set(ObjectNode settings) {
    call("PATCH", "/alipay/settings", settings);
  }

  /** Lets the gateway refuse the next calls of a method. */
  void prepare(String method, String subCode) {
    var settings = Json.object();
    settings
        .putArray("prepared_answers")
        .addObject()
        .put("method", method)
        .put("sub_code", subCode)
        .put("times", 1);
    set(settings);
  }

  /** Has the buyer pay a new bill at the world's cashier. */
  PaidBill paid() {
    var billed = billed();
    var application = application(billed.bill());
    return context.step(PAYABLE, () -> paid(billed.bill(), application));
  }

  private PaidBill paid(AlipayBill bill, JsonNode application) {
    var buyer = application.path("buyer_ids").path(0).asString("");
    var order =
        CashierOrder.message(Json.tree(bill), buyer, "check", context.world().now().toEpochMilli());
    var answer = context.world().send("POST", "/openclawpay/agent/v1/pay", null, order).json();
    var protocol = answer.path("protocol");
    context.require(
        protocol.has("paymentProof"),
        "a bill that the cashier takes",
        answer.path("errorMessage").asString(answer.toString()));
    return new PaidBill(
        bill,
        AlipayProof.of(
            protocol.path("paymentProof").asString(""),
            protocol.path("tradeNo").asString(""),
            session(buyer)));
  }

  private static String session(String buyer) {
    var session =
        Json.object().put("externalId", buyer).put("signature", "-").put("timestamp", "1");
    return Base64.getEncoder().encodeToString(Json.bytes(session));
  }

  /** Asks with a proof; any answer is returned. */
  Reply show(AlipayProof proof) {
    return show(proof.encode());
  }

  Reply show(String header) {
    return context.send("GET", resource, Map.of(A402Headers.PAYMENT_PROOF, header), new byte[0]);
  }

  /** Asks with the proof of a paid bill, and returns the delivery. */
  Reply delivered(PaidBill paid) {
    return context.step(
        DELIVERS,
        () -> {
          var reply = show(paid.proof());
          context.require(
              isDelivery(reply), "200 with content", reply.status() + " " + reply.text());
          return reply;
        });
  }

  static boolean isDelivery(Reply reply) {
    return reply.status() == 200 && !reply.text().isBlank();
  }

  /** Requires an answer that neither delivers nor is a failure of the seller's program. */
  void requireRefused(CheckSentence what, Reply reply) {
    context.require(
        !isDelivery(reply) && reply.status() >= 400 && reply.status() < 500,
        CheckSentence.of("402 or 400 for {0}", what),
        reply.status());
  }

  /**
   * Requires that nothing was delivered; what the seller says of a failure elsewhere is its own.
   */
  void requireNotDelivered(CheckSentence what, Reply reply) {
    context.require(
        !isDelivery(reply), CheckSentence.of("no delivery for {0}", what), reply.status());
  }

  /** Returns whether the payment service heard that the seller delivered. */
  boolean isConfirmed(PaidBill paid) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      var state =
          context
              .world()
              .send(
                  "GET",
                  "/psp/payments/" + paid.tradeNo(),
                  context.world().target().keys().principal(),
                  null)
              .json()
              .path("transaction_state")
              .asString("");
      if (state.equals("TRADE_FINISHED")) {
        return true;
      }
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  /** Returns whether the payment service was asked about the proof, and answered. */
  boolean isVerified(PaidBill paid) {
    return call(
                "GET",
                "/journal?event="
                    + JournalEvent.PROOF_VERIFIED.code()
                    + "&trade_no="
                    + paid.tradeNo(),
                null)
            .path("items")
            .size()
        > 0;
  }

  static String header(Reply reply, String name) {
    return reply.answer().headers().entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .map(each -> String.join(", ", each.getValue()))
        .findFirst()
        .orElse("");
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
