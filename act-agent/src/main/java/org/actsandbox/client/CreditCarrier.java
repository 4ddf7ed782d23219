package org.actsandbox.client;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the reference to credit that a cart may carry: only at a merchant that takes a deposit, and
 * only if the principal lets exactly this merchant ask for that (ACT CRD-4). It holds ids alone.
 */
final class CreditCarrier {

  private static final String PURPOSE = "HOTEL_DEPOSIT";
  private static final String MODE = "PLATFORM_DELEGATED";
  private static final String ACTIVE = "ACTIVE";
  private static final List<String> ITEMS = List.of("associatedCreditValue", "mappingPolicy");

  private final PurchaseClient purchases;

  CreditCarrier(PurchaseClient purchases) {
    this.purchases = purchases;
  }

  /** Returns empty also if issuer or verifier do not answer: the deposit is then taken in full. */
  Optional<ObjectNode> reference(JsonNode offer, String principalId) {
    if (depositOf(offer).signum() == 0) {
      return Optional.empty();
    }
    var query = "?principal_id=" + URLEncoder.encode(principalId, StandardCharsets.UTF_8);
    try {
      return items("/credit-verifier/authorizations" + query)
          .map(each -> each.path("authorization"))
          .filter(each -> permits(each, offer))
          .findFirst()
          .flatMap(permission -> reference(offer, query, permission));
    } catch (NoAnswerException silent) {
      return Optional.empty();
    }
  }

  private Optional<ObjectNode> reference(JsonNode offer, String query, JsonNode permission) {
    return items("/credit-issuer/associations" + query)
        .filter(each -> fits(each, offer))
        .min(Comparator.comparing(each -> !isActive(each)))
        .map(each -> each.path("credential"))
        .map(
            credential ->
                Json.object()
                    .put("credential_id", credential.path("credentialId").asString())
                    .put("assertion_ref", credential.path("subjectCreditAssertionRef").asString())
                    .put("authorization_id", permission.path("authorizationId").asString())
                    .put("mode", MODE));
  }

  /**
   * Returns what an order may cost whose deposit the merchant has lowered; the offer's total if it
   * has not.
   */
  static String total(JsonNode offer, JsonNode order) {
    var total = offer.path("total").asString();
    var deposit = order.path("deposit");
    if (!deposit.isObject()) {
      return total;
    }
    var taken = amount(deposit, "amount");
    var full = amount(deposit, "full_amount");
    boolean isLowered =
        full.compareTo(depositOf(offer)) == 0 && taken.signum() >= 0 && taken.compareTo(full) <= 0;
    return isLowered ? new BigDecimal(total).subtract(full).add(taken).toPlainString() : total;
  }

  private static BigDecimal depositOf(JsonNode offer) {
    return offer
        .path("lines")
        .valueStream()
        .filter(line -> line.path("type").asString("").equals("deposit"))
        .map(line -> amount(line, "amount"))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal amount(JsonNode of, String field) {
    return new BigDecimal(of.path(field).asString("0"));
  }

  private boolean permits(JsonNode permission, JsonNode offer) {
    return permission.path("status").asString("").equals(ACTIVE)
        && permission.path("mode").asString("").equals(MODE)
        && permission.path("platformDelegateId").equals(offer.path("merchant_did"))
        && permission.path("purpose").asString("").equals(PURPOSE)
        && has(permission.path("agentIds"), purchases.agent().agentId())
        && ITEMS.stream().allMatch(item -> has(permission.path("allowedDataItems"), item));
  }

  /** Tells whether a credential counts here; one that is assessed again has a person look. */
  private static boolean fits(JsonNode held, JsonNode offer) {
    var credential = held.path("credential");
    return (isActive(held) || held.at("/status/reasonCode").asString("").equals("REASSESSMENT"))
        && credential.path("purpose").asString("").equals(PURPOSE)
        && (has(credential.path("scope"), offer.path("merchant_did").asString(""))
            || has(credential.path("scope"), "kind:" + offer.path("kind").asString("")));
  }

  private static boolean isActive(JsonNode held) {
    return held.at("/status/status").asString("").equals(ACTIVE);
  }

  private static boolean has(JsonNode list, String text) {
    return list.valueStream().anyMatch(each -> each.asString("").equals(text));
  }

  private Stream<JsonNode> items(String path) {
    var reply = purchases.get(path, purchases.agent().key());
    return reply.answer().isSuccess() ? reply.json().path("items").valueStream() : Stream.empty();
  }
}
