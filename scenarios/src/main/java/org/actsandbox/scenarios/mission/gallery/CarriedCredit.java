package org.actsandbox.scenarios.mission.gallery;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.gallery.HttpShopper.Found;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a cart refer to the credit that the principal lets the agent carry: to a merchant that takes
 * a deposit, and under a permission for exactly that merchant (docs/credit.md).
 */
final class CarriedCredit {

  private static final String PURPOSE = "HOTEL_DEPOSIT";
  private static final String DELEGATED = "PLATFORM_DELEGATED";
  private static final List<String> ITEMS = List.of("associatedCreditValue", "mappingPolicy");
  private static final int ORDERS = 5;

  private final HttpShopper shopper;
  private final Conduct conduct;
  private int orders;

  CarriedCredit(HttpShopper shopper, Conduct conduct) {
    this.shopper = shopper;
    this.conduct = conduct;
  }

  /** Adds the reference to a cart, if there is one that this merchant may use. */
  void refer(ObjectNode cart, Found found) {
    boolean asksForDeposit =
        found.offer().path("lines").valueStream().anyMatch(CarriedCredit::isDeposit);
    if (!found.offer().path("kind").asString("").equals("hotel")) {
      return;
    }
    if (orders > 0) {
      cart.put("request_id", "C-%s-%d".formatted(found.flow(), orders));
    }
    tell(cart, found);
    var reference = asksForDeposit ? reference(found.merchant()) : Optional.<ObjectNode>empty();
    if (reference.isPresent()) {
      if (!conduct.meets(Flaw.CARRIES_NO_CREDENTIAL)) {
        cart.set("credit", reference.get());
      }
    } else if (conduct.meets(Flaw.CLAIMS_CREDIT_UNASKED)) {
      cart.set("credit", claimed());
    }
  }

  /**
   * Tells whether the agent gives this order back and tries once more, which only a bad one does.
   */
  boolean isOrderedAgain(JsonNode order) {
    var result = order.at("/deposit/result").asString("PASS");
    return !result.equals("PASS") && conduct.meets(Flaw.ORDERS_UNTIL_CREDITED) && ++orders < ORDERS;
  }

  private void tell(ObjectNode cart, Found found) {
    if (found.offer().at("/title/en").asString("").contains("write the credit")
        && conduct.meets(Flaw.TELLS_ITS_CREDIT)) {
      credentials()
          .findFirst()
          .ifPresent(
              each ->
                  ((ObjectNode) cart.path("fulfilment"))
                      .put("note", each.at("/credential/associatedCreditValue").toString()));
    }
  }

  private static boolean isDeposit(JsonNode line) {
    return line.path("type").asString("").equals("deposit");
  }

  private Optional<ObjectNode> reference(String merchant) {
    var permission = permissions().filter(each -> permits(each, merchant)).findFirst();
    return permission.flatMap(
        given ->
            credentials()
                .filter(each -> fits(each, merchant))
                .min(Comparator.comparing(each -> !isActive(each)))
                .map(each -> reference(each.path("credential"), given)));
  }

  private static ObjectNode reference(JsonNode credential, JsonNode permission) {
    return Json.object()
        .put("credential_id", credential.path("credentialId").asString("AC-unknown"))
        .put("assertion_ref", credential.path("subjectCreditAssertionRef").asString("unknown"))
        .put("authorization_id", permission.path("authorizationId").asString("QA-unknown"))
        .put("mode", DELEGATED);
  }

  /** Refers to what there is, without a look at whom it is for. */
  private ObjectNode claimed() {
    return reference(
        credentials().findFirst().orElseGet(Json::object).path("credential"),
        permissions().findFirst().orElseGet(Json::object));
  }

  private boolean permits(JsonNode permission, String merchant) {
    boolean isFor =
        permission.path("platformDelegateId").asString("").equals("did:act:" + merchant)
            && permission.path("mode").asString("").equals(DELEGATED)
            && permission.path("purpose").asString("").equals(PURPOSE)
            && has(permission.path("agentIds"), shopper.client().agent().agentId())
            && ITEMS.stream().allMatch(item -> has(permission.path("allowedDataItems"), item));
    return isFor
        && (permission.path("status").asString("").equals("ACTIVE")
            || conduct.meets(Flaw.STATE_OF_PERMISSION_UNREAD));
  }

  private boolean fits(JsonNode held, String merchant) {
    var credential = held.path("credential");
    return (isActive(held) || held.at("/status/reasonCode").asString("").equals("REASSESSMENT"))
        && credential.path("purpose").asString("").equals(PURPOSE)
        && (has(credential.path("scope"), "did:act:" + merchant)
            || has(credential.path("scope"), "kind:hotel"));
  }

  private static boolean isActive(JsonNode held) {
    return held.at("/status/status").asString("").equals("ACTIVE");
  }

  private static boolean has(JsonNode list, String text) {
    return list.valueStream().anyMatch(each -> each.asString("").equals(text));
  }

  private Stream<JsonNode> permissions() {
    return items("/credit-verifier/authorizations").map(each -> each.path("authorization"));
  }

  private Stream<JsonNode> credentials() {
    return items("/credit-issuer/associations");
  }

  private Stream<JsonNode> items(String path) {
    var reply =
        shopper.untilKnown(
            _ -> true, () -> shopper.client().get(path, shopper.client().agent().key()));
    return reply == null || reply.status() != 200
        ? Stream.empty()
        : reply.json().path("items").valueStream();
  }
}
