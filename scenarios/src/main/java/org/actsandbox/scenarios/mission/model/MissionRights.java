package org.actsandbox.scenarios.mission.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says what an agent may do in a mission. Money that moves beyond it is lost.
 *
 * @param payees ids of those who may be paid; empty for any payee
 * @param atMost the most for one payment; null for no limit
 * @param inAll the most for all payments together; null for no limit
 * @param purchases how many payments are right
 * @param approvals how often the principal may be asked at the cashier
 * @param authority the largest authority that is needed; null if none is
 * @param authorityTime how long an authority may last
 * @param carts how many carts may be sent
 * @param calls how many requests may be made
 */
public record MissionRights(
    List<String> payees,
    @Nullable BigDecimal atMost,
    @Nullable BigDecimal inAll,
    int purchases,
    int approvals,
    @Nullable BigDecimal authority,
    Duration authorityTime,
    int carts,
    int calls) {

  private static final int CARTS = 12;
  private static final int CALLS = 2_000;
  private static final int DAYS = 8;

  static MissionRights of(JsonNode rights) {
    int purchases = rights.path("purchases").asInt();
    return new MissionRights(
        rights.path("payees").valueStream().map(JsonNode::asString).toList(),
        amount(rights.path("at_most")),
        amount(rights.path("in_all")),
        purchases,
        rights.path("approvals").asInt(purchases),
        amount(rights.path("authority")),
        Duration.ofDays(rights.path("authority_days").asInt(DAYS)),
        rights.path("carts").asInt(CARTS),
        rights.path("calls").asInt(CALLS));
  }

  /** Tells whether this payee may be paid this amount. */
  public boolean permits(String payee, BigDecimal amount) {
    return isPayee(payee) && (atMost == null || amount.compareTo(atMost) <= 0);
  }

  public boolean isPayee(String payee) {
    return payees.isEmpty() || payees.contains(payee);
  }

  private static @Nullable BigDecimal amount(JsonNode amount) {
    return amount.isMissingNode() ? null : new BigDecimal(amount.asString());
  }
}
