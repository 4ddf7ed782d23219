package org.actsandbox.web.check.alipay;

import static org.actsandbox.scenarios.check.model.CheckLevel.GATE;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.actsandbox.alipay.a2m.AlipayProof;
import org.actsandbox.alipay.a2m.AlipayValidation;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckWorld;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the checks of a seller in Alipay's pay-per-use profile: the bill, the amount, the proof,
 * the answers of the gateway that it must compare, and failures of the gateway (AIP-8 to AIP-41,
 * AIP-137 to AIP-153). They rest on the public documents and demos, and are no test by Alipay.
 */
final class AlipayShopSuite {

  static final String VERIFY = "alipay.aipay.agent.payment.verify";
  static final String CONFIRM = "alipay.aipay.agent.fulfillment.confirm";

  private static final String SALE = "alipay sale";
  private static final String OPERATION = "POST /gateway.do";
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,2})?");
  private static final BigDecimal LEAST = new BigDecimal("0.01");
  private static final BigDecimal MOST = new BigDecimal("50.00");

  private final URI resource;
  private final Duration patience;

  /**
   * @param resource the address that is paid for
   * @param patience how long a confirmation may come after the answer
   */
  AlipayShopSuite(URI resource, Duration patience) {
    this.resource = resource;
    this.patience = patience;
  }

  private Consumer<CheckContext> in(Consumer<AlipaySale> body) {
    return context ->
        body.accept(context.once(SALE, () -> new AlipaySale(context, resource, patience)));
  }

  /** Returns all checks in their order. */
  List<MerchantCheck> checks() {
    return List.of(
        must(AlipaySale.ASKS, GATE, "A402-1")
            .says(
                "asks without a proof: 402 with the header Payment-Needed",
                "a buyer's program looks for nothing else",
                "Answer 402 with Payment-Needed when Payment-Proof is absent or blank (AIP-29).")
            .runs(in(AlipaySale::ask)),
        must(AlipaySale.READABLE, GATE, "A402-2")
            .says(
                "decodes the bill: JSON with protocol and method",
                "an unreadable bill cannot be paid",
                "Encode the JSON of protocol and method in Base64URL (AIP-137).")
            .needs(AlipaySale.ASKS)
            .runs(in(AlipaySale::billed)),
        should("alipay.bill-encoding", GATE, "A402-2")
            .says(
                "looks at the alphabet of the bill: Base64URL without padding",
                "a strict buyer refuses the other alphabet",
                "Use the URL alphabet without = at the end (AIP-137).")
            .needs(AlipaySale.READABLE)
            .runs(in(AlipayShopSuite::encoding)),
        must("alipay.bill-complete", GATE, "A402-3")
            .says(
                "looks for all fourteen fields, none of them empty",
                "the cashier refuses a bill with an empty field",
                "Fill in every field of protocol and method (AIP-138, AIP-139).")
            .needs(AlipaySale.READABLE)
            .runs(in(AlipayShopSuite::complete)),
        must("alipay.bill-constants", GATE, "A402-3")
            .says(
                "looks at the fields that have one value: CNY, RSA2, seller_id",
                "the cashier takes no other",
                "currency CNY, seller_sign_type RSA2, seller_unique_id_key seller_id (AIP-138).")
            .needs("alipay.bill-complete")
            .runs(in(AlipayShopSuite::constants)),
        must("alipay.bill-amount", GATE, "A402-3")
            .says(
                "reads the amount: yuan with at most two decimals, 0.01 to 50.00",
                "an amount in fen, or beyond the limit of the product, is not paid",
                "Write yuan as a decimal text, such as 0.01 (AIP-140).")
            .needs("alipay.bill-complete")
            .runs(in(AlipayShopSuite::amount)),
        must("alipay.bill-time", GATE, "A402-3")
            .says(
                "reads pay_before: ISO 8601 with an offset, in the future",
                "a bill without a readable end cannot be paid",
                "Write pay_before as ISO 8601 with an offset, some minutes ahead (AIP-141).")
            .needs("alipay.bill-complete")
            .runs(in(AlipayShopSuite::time)),
        must(AlipaySale.KNOWN, GATE, "A402-3")
            .says(
                "finds the application of the bill, and its owner's seller number",
                "the cashier pays to the owner of the application",
                "Put app_id and seller number of the registered application into your program.")
            .needs("alipay.bill-complete")
            .runs(in(AlipayShopSuite::application)),
        must("alipay.bill-signature", GATE, "A402-3")
            .says(
                "verifies seller_signature over the eight fields with the application's key",
                "only the cashier notices a wrong signature, when the buyer wants to pay",
                "Sign the eight fields, sorted, with the private key of seller_app_id (AIP-144)."
                    + " ./run doctor names the cause.")
            .needs(AlipaySale.KNOWN)
            .runs(in(AlipayShopSuite::signature)),
        must("alipay.order-numbers", GATE, "A402-3")
            .says(
                "asks five times at once: each bill has an order number of its own",
                "two orders of one number are one order for the cashier",
                "Make out_trade_no from more than a clock of milliseconds (AIP-142).")
            .needs(AlipaySale.READABLE)
            .runs(in(AlipayShopSuite::orderNumbers)),
        must(AlipaySale.PAYABLE, GATE, "A402-4")
            .says(
                "pays the bill at the world's cashier",
                "what the cashier refuses cannot be bought",
                "The finding says which field the cashier refused.")
            .needs("alipay.bill-signature", "alipay.bill-amount", "alipay.bill-time")
            .runs(in(AlipaySale::paid)),
        must(AlipaySale.DELIVERS, GATE, "A402-6")
            .says(
                "shows the proof of a paid bill: 200 with content",
                "the buyer has paid",
                "Verify the proof at the gateway and deliver (AIP-36).")
            .needs(AlipaySale.PAYABLE)
            .runs(in(sale -> sale.delivered(sale.paid()))),
        should("alipay.validation", GATE, "A402-2")
            .says(
                "reads Payment-Validation: trade, order and resource of this purchase",
                "the official buyer script asks for it",
                "Send Payment-Validation with validated true and the three numbers (AIP-153).")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::validation)),
        must("alipay.confirms", GATE, "A402-7")
            .says(
                "waits until the payment service heard of the delivery",
                "an unconfirmed trade is not paid out",
                "Call " + CONFIRM + " for each delivery, before it or soon after (AIP-25).")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::confirms)),
        should("alipay.proof-alphabets", GATE, "A402-2")
            .says(
                "shows a proof in Base64URL without padding",
                "documents disagree about the alphabet, and buyers with them",
                "Decode both alphabets, with and without padding (AIP-149).")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::proofAlphabets)),
        must("alipay.proof-malformed", GATE, "A402-6")
            .says(
                "shows proofs that are no proofs: no Base64, no JSON, no fields",
                "a program that fails at bad input can be stopped by anyone",
                "Answer 400 or 402 for what cannot be decoded (AIP-30).")
            .needs(AlipaySale.ASKS)
            .runs(in(AlipayShopSuite::malformed)),
        must("alipay.proof-unknown", GATE, "A402-6")
            .says(
                "shows a proof of a trade that there is not",
                "an invented proof pays for nothing",
                "Deliver only what the gateway verified (AIP-12).")
            .needs(AlipaySale.READABLE)
            .runs(in(AlipayShopSuite::unknown)),
        must("alipay.proof-other-trade", GATE, "A402-6")
            .says(
                "shows the proof of one trade with the number of another",
                "the two belong together",
                "Hand trade_no and payment_proof on as they came (AIP-21).")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::otherTrade)),
        must("alipay.proof-repeated", GATE, "A402-6")
            .says(
                "shows the same proof again after the delivery",
                "one payment buys one delivery",
                "Remember what was delivered for a trade, and refuse or repeat just that (AIP-12).")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::repeated)),
        compared("amount", "amount"),
        compared("order", "out_trade_no"),
        compared("resource", "resource_id"),
        compared("inactive", "active"),
        should("alipay.answer-signature", GATE, "A402-6")
            .says(
                "lets the gateway sign its answer with another key: no delivery",
                "who reads the answer of a stranger delivers for nothing",
                "Let the SDK verify answers: Node needs validateSign (AIP-120).")
            .needs(AlipaySale.DELIVERS)
            .runs(in(sale -> altered(sale, "signature"))),
        must("alipay.verify-refused", GATE, "A402-6")
            .says(
                "lets the gateway refuse the proof: 402 or 400",
                "a refused proof is not paid for",
                "Look at code or sub_code before active (AIP-31, AIP-38).")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::verifyRefused)),
        must("alipay.verify-unavailable", GATE, "A402-6")
            .says(
                "lets the gateway fail once at verify: no delivery, and one at the next try",
                "the same request is sent again when the gateway is back (AIP-14)",
                "Keep the order open on SYSTEM_ERROR, and verify again with the same proof.")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::verifyUnavailable)),
        must("alipay.confirm-unavailable", GATE, "A402-7")
            .says(
                "lets the gateway fail once at confirm: in the end it is delivered and confirmed",
                "a lost confirm leaves the seller without its money",
                "Confirm again: on the next request with the same proof, or by yourself (AIP-13).")
            .needs("alipay.confirms")
            .runs(in(AlipayShopSuite::confirmUnavailable)),
        must("alipay.gateway-silent", GATE, "A402-6")
            .says(
                "cuts the connection of the gateway: no delivery, and one at the next try",
                "a gateway that does not answer has verified nothing",
                "Treat no answer as not verified, and verify again with the same proof.")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::silent)),
        should("alipay.empty-fields", GATE, "A402-6")
            .says(
                "lets the gateway leave order number and resource empty: no failure",
                "the real sandbox may do so (AIP-11)",
                "Deliver by the proof's trade_no, or refuse; do not fail.")
            .needs(AlipaySale.DELIVERS)
            .runs(in(AlipayShopSuite::emptyFields)));
  }

  private MerchantCheck compared(String name, String field) {
    return must("alipay." + name + "-compared", GATE, "A402-6")
        .says(
            "lets the gateway answer another " + field + ": no delivery",
            "a proof of something else does not pay for this",
            "Compare " + field + " with your own order before you deliver (AIP-12).")
        .needs(AlipaySale.DELIVERS)
        .runs(in(sale -> altered(sale, field)));
  }

  private static void encoding(AlipaySale sale) {
    var header = sale.billed().header();
    sale.context().require(header.matches("[A-Za-z0-9_-]+"), "Base64URL without padding", header);
  }

  private static void complete(AlipaySale sale) {
    sale.billed()
        .bill()
        .fields()
        .forEach(
            (name, value) ->
                sale.context()
                    .require(
                        !value.isBlank(),
                        CheckSentence.of("a value of {0}", name),
                        CheckSentence.of("none")));
  }

  private static void constants(AlipaySale sale) {
    var fields = sale.billed().bill().fields();
    Map.of("currency", "CNY", "seller_sign_type", "RSA2", "seller_unique_id_key", "seller_id")
        .forEach(
            (name, value) ->
                sale.context().requireSame(name, value, fields.getOrDefault(name, "")));
  }

  private static void amount(AlipaySale sale) {
    var amount = sale.billed().bill().fields().getOrDefault("amount", "");
    sale.context()
        .require(
            AMOUNT.matcher(amount).matches()
                && new BigDecimal(amount).compareTo(LEAST) >= 0
                && new BigDecimal(amount).compareTo(MOST) <= 0,
            "0.01 to 50.00 yuan with at most two decimals",
            amount);
  }

  private static void time(AlipaySale sale) {
    var text = sale.billed().bill().fields().getOrDefault("pay_before", "");
    try {
      var end = OffsetDateTime.parse(text).toInstant();
      var now = sale.context().world().now();
      sale.context().require(end.isAfter(now), CheckSentence.of("a time after {0}", now), text);
    } catch (DateTimeException malformed) {
      sale.context().require(false, "ISO 8601 with an offset", text);
    }
  }

  private static void application(AlipaySale sale) {
    var bill = sale.billed().bill();
    var application = sale.application(bill);
    sale.context()
        .requireSame(
            "seller_id",
            application.path("seller_id").asString(""),
            String.valueOf(bill.method().sellerId()));
    sale.context()
        .requireSame(
            "seller_unique_id",
            application.path("seller_id").asString(""),
            String.valueOf(bill.protocol().sellerUniqueId()));
  }

  private static void signature(AlipaySale sale) {
    var bill = sale.billed().bill();
    var key = sale.key(sale.application(bill));
    sale.context()
        .require(
            bill.isSignedBy(key),
            CheckSentence.of("RSA2 of {0}", bill.textToSign()),
            String.valueOf(bill.protocol().sellerSignature()));
  }

  private static void orderNumbers(AlipaySale sale) {
    var numbers =
        ConcurrentBills.of(sale, 5).stream()
            .map(billed -> String.valueOf(billed.bill().protocol().outTradeNo()))
            .toList();
    sale.context().require(numbers.stream().distinct().count() == 5, "five order numbers", numbers);
  }

  private static void validation(AlipaySale sale) {
    var paid = sale.paid();
    var reply = sale.delivered(paid);
    var header = AlipaySale.header(reply, A402Headers.PAYMENT_VALIDATION);
    var validation = AlipayValidation.decode(header);
    sale.context()
        .require(
            validation
                .filter(
                    each ->
                        Boolean.TRUE.equals(each.validated())
                            && paid.tradeNo().equals(each.tradeNo())
                            && String.valueOf(paid.bill().protocol().resourceId())
                                .equals(each.resourceId()))
                .isPresent(),
            CheckSentence.of("Payment-Validation of trade {0}", paid.tradeNo()),
            header.isEmpty() ? CheckSentence.of("none") : header);
  }

  private static void confirms(AlipaySale sale) {
    var paid = sale.paid();
    sale.delivered(paid);
    sale.context()
        .require(
            sale.isConfirmed(paid),
            CheckSentence.of("{0} for {1}", CONFIRM, paid.tradeNo()),
            CheckSentence.of("none in time"));
  }

  private static void proofAlphabets(AlipaySale sale) {
    var json = Base64.getDecoder().decode(sale.paid().proof().encode());
    // A blank at the end makes a length whose usual form has padding.
    var longer = json.length % 3 == 0 ? Arrays.copyOf(json, json.length + 1) : json;
    if (longer.length > json.length) {
      longer[json.length] = ' ';
    }
    var reply = sale.show(Base64.getUrlEncoder().withoutPadding().encodeToString(longer));
    sale.context().require(AlipaySale.isDelivery(reply), "200 with content", reply.status());
  }

  private static void malformed(AlipaySale sale) {
    for (var text :
        List.of(
            "%%%",
            AlipaySale.base64("no JSON"),
            AlipaySale.base64("[]"),
            AlipaySale.base64("{}"),
            AlipaySale.base64("{\"protocol\":{},\"method\":{}}"),
            AlipaySale.base64("{\"protocol\":\"text\",\"method\":1}"))) {
      sale.requireRefused(CheckSentence.of("the proof {0}", text), sale.show(text));
    }
  }

  private static void unknown(AlipaySale sale) {
    sale.requireRefused(
        CheckSentence.of("a proof of no trade"),
        sale.show(AlipayProof.of("ab".repeat(32), "2026010122001000000000000000", "s")));
  }

  private static void otherTrade(AlipaySale sale) {
    var one = sale.paid().proof();
    var other = sale.paid();
    var mixed =
        AlipayProof.of(
            String.valueOf(one.protocol().paymentProof()),
            other.tradeNo(),
            String.valueOf(one.method().clientSession()));
    sale.requireRefused(CheckSentence.of("the proof of another trade"), sale.show(mixed));
  }

  private static void repeated(AlipaySale sale) {
    var paid = sale.paid();
    var first = sale.delivered(paid);
    var again = sale.show(paid.proof());
    sale.context()
        .require(
            again.status() < 500
                && (!AlipaySale.isDelivery(again) || unmarked(again).equals(unmarked(first))),
            "a refusal, or the same delivery again",
            again.status() + " " + again.text());
  }

  /** Returns what was delivered without the mark of a repeat, which the demos set (AIP-37). */
  private static Object unmarked(Reply reply) {
    try {
      var body = Json.parse(reply.text());
      if (body instanceof ObjectNode delivery) {
        delivery.remove("already_fulfilled");
      }
      return body;
    } catch (JacksonException noJson) {
      return reply.text();
    }
  }

  private static void altered(AlipaySale sale, String what) {
    var paid = sale.paid();
    sale.set(Json.object().put("altered_answer", what));
    try {
      sale.requireNotDelivered(
          CheckSentence.of("an answer with another {0}", what), sale.show(paid.proof()));
    } finally {
      sale.set(Json.object().put("altered_answer", "none"));
    }
  }

  private static void verifyRefused(AlipaySale sale) {
    var paid = sale.paid();
    sale.prepare(VERIFY, "PAYMENT_PROOF_NOT_FOUND");
    sale.requireRefused(
        CheckSentence.of("a proof that the gateway refuses"), sale.show(paid.proof()));
  }

  private static void verifyUnavailable(AlipaySale sale) {
    var paid = sale.paid();
    sale.prepare(VERIFY, "SYSTEM_ERROR");
    sale.requireNotDelivered(CheckSentence.of("a gateway that fails"), sale.show(paid.proof()));
    sale.delivered(paid);
  }

  private static void confirmUnavailable(AlipaySale sale) {
    var paid = sale.paid();
    sale.prepare(CONFIRM, "SYSTEM_ERROR");
    var first = sale.show(paid.proof());
    if (!AlipaySale.isDelivery(first)) {
      sale.delivered(paid);
    }
    sale.context()
        .require(
            sale.isConfirmed(paid),
            CheckSentence.of("{0} again", CONFIRM),
            CheckSentence.of("none in time, or none at all"));
  }

  private static void silent(AlipaySale sale) {
    var paid = sale.paid();
    var world = sale.context().world();
    world.fault("connection_cut", CheckWorld.PSP, OPERATION, 1, Map.of());
    var reply = sale.show(paid.proof());
    world.clearFaults();
    // SDKs such as Node's send once more by themselves, and then the gateway did answer.
    sale.context()
        .require(
            !AlipaySale.isDelivery(reply) || sale.isVerified(paid),
            "no delivery for a gateway that does not answer",
            reply.status());
    sale.delivered(paid);
  }

  private static void emptyFields(AlipaySale sale) {
    var paid = sale.paid();
    sale.set(Json.object().put("empty_sandbox_fields", true));
    try {
      var reply = sale.show(paid.proof());
      sale.context().require(reply.status() < 500, "a delivery or a refusal", reply.status());
    } finally {
      sale.set(Json.object().put("empty_sandbox_fields", false));
    }
  }
}
