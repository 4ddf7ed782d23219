package org.actsandbox.scenarios.check.suite;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import tools.jackson.databind.JsonNode;

/**
 * Makes proofs that a merchant must refuse: of another key, with other claims, without a signature.
 */
final class ProofForgery {

  private ProofForgery() {}

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String[] jws(CheckPurchase purchase) {
    var compact =
        new String(
            Base64.getUrlDecoder()
                .decode(purchase.proof().at("/protocol/payment_proof").asString("")),
            StandardCharsets.US_ASCII);
    return compact.split("\\.");
  }

  static JsonNode claims(CheckPurchase purchase) {
    return Json.parse(Base64.getUrlDecoder().decode(jws(purchase)[1]));
  }

  static String pspKeyId(CheckContext context) {
    return context.world().keys("did:act:sandbox-pay").keys().keySet().iterator().next();
  }

  static String withProof(CheckPurchase purchase, String paymentProof) {
    return A402Headers.encode(
        CheckContext.changed(purchase.proof(), "payment_proof", paymentProof));
  }

  static String forged(
      CheckContext context,
      CheckPurchase purchase,
      String keyId,
      UnaryOperator<ProofClaims> change) {
    context.require(purchase.isPaid(), "a paid purchase", CheckSentence.of("none"));
    var claims = change.apply(Json.read(claims(purchase), ProofClaims.class));
    return withProof(purchase, ProofCodec.encode(claims, new Ed25519KeyPair(keyId, new byte[32])));
  }

  static String forgedFor(
      CheckContext context, CheckPurchase waiting, CheckPurchase paid, String keyId) {
    var real = Json.read(claims(paid), ProofClaims.class);
    var bill = waiting.bill();
    var claims =
        new ProofClaims(
            real.iss(),
            waiting.buyer().agent().agentId(),
            real.aud(),
            "P-" + waiting.id(),
            real.issuedAt(),
            real.expiresAt(),
            waiting.tradeNo(),
            bill.path("out_trade_no").asString(),
            bill.path("resource_id").asString(),
            bill.path("amount").asString(),
            bill.path("currency").asString(),
            bill.path("request_method").asString(),
            bill.path("request_fingerprint").asString(),
            real.approvalDigest(),
            null,
            null);
    var proof = paid.proof();
    for (var field :
        List.of("out_trade_no", "resource_id", "request_fingerprint", "request_method")) {
      proof = CheckContext.changed(proof, field, bill.path(field).asString());
    }
    proof = CheckContext.changed(proof, "trade_no", waiting.tradeNo());
    proof = CheckContext.changed(proof, "buyer_unique_id", claims.sub());
    proof =
        CheckContext.changed(
            proof,
            "payment_proof",
            ProofCodec.encode(claims, new Ed25519KeyPair(keyId, new byte[32])));
    context.require(!waiting.isPaid(), "a trade that waits", CheckSentence.of("a paid one"));
    return A402Headers.encode(proof);
  }

  static String unsigned(CheckPurchase purchase) {
    var header =
        encoded(
            "{\"alg\":\"none\",\"typ\":\"act-payment-proof+jwt\"}"
                .getBytes(StandardCharsets.UTF_8));
    return withProof(
        purchase,
        encoded((header + "." + jws(purchase)[1] + ".").getBytes(StandardCharsets.US_ASCII)));
  }

  static String changedClaims(CheckPurchase purchase) {
    var parts = jws(purchase);
    var claims =
        ((tools.jackson.databind.node.ObjectNode) claims(purchase))
            .put("expires_at", "2036-11-26T01:00:00Z");
    var changed = parts[0] + "." + encoded(Json.bytes(claims)) + "." + parts[2];
    return withProof(purchase, encoded(changed.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Buys at one of the sandbox's own merchants, where the world has one besides the target. */
  static CheckPurchase elsewhere(CheckContext context) {
    var other =
        context.world().target().keys().merchants().keySet().stream()
            .filter(id -> !id.equals(context.target().id()))
            .filter(id -> id.equals("luma-mart") || id.equals("raileast"))
            .findFirst()
            .orElseThrow(() -> CheckEnd.notTested("the world has no other merchant to buy from"));
    return context.once(
        "elsewhere",
        () -> {
          var beside =
              new CheckContext(
                  MerchantTarget.mock(context.world(), other),
                  context.world(),
                  new org.actsandbox.scenarios.check.exchange.MerchantClient(
                      context.world().outbound(), Duration.ofSeconds(10)),
                  org.actsandbox.scenarios.check.model.CheckLevel.SHOP);
          try {
            return beside.paid(beside.purchases().begin());
          } catch (CheckEnd end) {
            throw CheckEnd.inconclusive("the other merchant did not sell: {0}", end.sentence());
          }
        });
  }

  static void expired(CheckContext context) {
    context.requireWorldTime();
    var purchase = context.paid(context.purchases().begin());
    var expires = purchase.proof().at("/protocol/expires_at").asString("");
    var left = Duration.between(context.world().now(), java.time.Instant.parse(expires));
    context.world().advance(left.plusSeconds(1));
    context.requireRefused(
        CheckSentence.of("a proof that expired at {0}", expires),
        context.show(purchase, purchase.proof()));
  }
}
