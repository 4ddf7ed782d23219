package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.EventType.CART_CONFIRMED;
import static org.actsandbox.protocol.attestation.EventType.DELEGATION_ISSUED;
import static org.actsandbox.protocol.attestation.EventType.FULFILLMENT_COMPLETED;
import static org.actsandbox.protocol.attestation.EventType.TRANSACTION_COMPLETED;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * The purchase that the records of a bundle prove: one order under one intent (ACT TSD-2). It alone
 * decides which documents the bundle must have; nothing that the keeper says changes that.
 *
 * @param delegationId null unless the purchase was made under a delegation
 * @param cart record of the confirmed cart; null if the merchant keeps no records, as merchants
 *     from outside may do
 * @param issued record of the issued delegation; null without a delegation
 */
record BundlePurchase(
    BundlePurchaseKind kind,
    String intentId,
    @Nullable String delegationId,
    @Nullable OffChainRecord cart,
    @Nullable OffChainRecord issued,
    List<Trade> trades) {

  /**
   * A payment of the order.
   *
   * @param number from 1, in the order of the records
   * @param paid record of the completed transaction
   * @param fulfilment record of the delivery; null if there is none
   */
  record Trade(
      int number,
      OffChainRecord paid,
      Did psp,
      Did agent,
      Did principal,
      Did merchant,
      @Nullable OffChainRecord fulfilment) {

    boolean isByDelegation() {
      return paid.eventBody().path("method").asString("").equals("delegation");
    }

    /** Returns the file name of one of the payment's documents. */
    String documentName(String name) {
      return BundleBuilder.numbered(name, number);
    }
  }

  BundlePurchase {
    trades = List.copyOf(trades);
  }

  /** Tells whether the merchant asked for the credit behind the buyer, and got an answer. */
  boolean asksCredit() {
    return cart != null && cart.eventBody().has("credit_record_id");
  }

  /**
   * @throws InvalidBundleException if the records are not of one purchase
   */
  static BundlePurchase of(Collection<OffChainRecord> records, String orderNo)
      throws InvalidBundleException {
    requireOnePurchase(records, orderNo);
    var trades = new ArrayList<Trade>();
    for (var record : ofType(records, TRANSACTION_COMPLETED)) {
      trades.add(trade(trades.size() + 1, record, records));
    }
    var first = records.iterator().next();
    var delegationId = first.delegationId();
    for (var fulfilment : ofType(records, FULFILLMENT_COMPLETED)) {
      if (trades.stream().noneMatch(trade -> fulfilment.equals(trade.fulfilment()))) {
        throw new InvalidBundleException(
            "fulfilment_unpaid",
            fulfilment.recordId() + " follows from no payment, or is a second");
      }
    }
    return new BundlePurchase(
        kind(trades, delegationId),
        first.intentId(),
        delegationId,
        onlyOne(records, CART_CONFIRMED),
        delegationId == null ? null : onlyOne(records, DELEGATION_ISSUED),
        trades);
  }

  private static void requireOnePurchase(Collection<OffChainRecord> records, String orderNo)
      throws InvalidBundleException {
    var first = records.iterator().next();
    boolean namesOrder = false;
    for (var record : records) {
      if (!record.intentId().equals(first.intentId())) {
        throw new InvalidBundleException(
            "intent_mixed",
            "%s is of intent %s and %s of %s"
                .formatted(
                    first.recordId(), first.intentId(), record.recordId(), record.intentId()));
      }
      if (!Objects.equals(record.delegationId(), first.delegationId())) {
        throw new InvalidBundleException(
            "delegation_mixed",
            "%s names the delegation %s and %s the delegation %s"
                .formatted(
                    first.recordId(),
                    first.delegationId(),
                    record.recordId(),
                    record.delegationId()));
      }
      if (record.orderNo() != null && !record.orderNo().equals(orderNo)) {
        throw new InvalidBundleException(
            "order_mixed", record.recordId() + " is about the order " + record.orderNo());
      }
      namesOrder |= record.orderNo() != null;
    }
    if (!namesOrder) {
      throw new InvalidBundleException("order_mixed", "no record is about the order " + orderNo);
    }
  }

  private static BundlePurchaseKind kind(List<Trade> trades, @Nullable String delegationId) {
    if (trades.isEmpty()) {
      return BundlePurchaseKind.CONFIRMED;
    }
    if (trades.stream().allMatch(Trade::isByDelegation)) {
      return BundlePurchaseKind.DELEGATED;
    }
    return delegationId == null
        ? BundlePurchaseKind.APPROVED
        : BundlePurchaseKind.DELEGATED_AND_APPROVED;
  }

  private static Trade trade(int number, OffChainRecord paid, Collection<OffChainRecord> records)
      throws InvalidBundleException {
    var agent = party(paid, Party.Role.PAYER_AGENT);
    var principal = agent.onBehalfOf();
    if (principal == null) {
      throw new InvalidBundleException(
          "party_missing", paid.recordId() + " does not name the principal of the payment");
    }
    var psp = party(paid, Party.Role.PSP);
    if (!psp.equals(paid.participants().getFirst())) {
      throw new InvalidBundleException(
          "party_missing", paid.recordId() + " is not the payment service's");
    }
    var fulfilments =
        ofType(records, FULFILLMENT_COMPLETED).stream()
            .filter(each -> Objects.equals(each.tradeNo(), paid.tradeNo()))
            .toList();
    return new Trade(
        number,
        paid,
        psp.participantId(),
        agent.participantId(),
        principal,
        party(paid, Party.Role.MERCHANT).participantId(),
        fulfilments.isEmpty() ? null : fulfilments.getFirst());
  }

  private static Party party(OffChainRecord record, Party.Role role) throws InvalidBundleException {
    var found = record.participants().stream().filter(each -> each.role() == role).toList();
    if (found.size() != 1) {
      throw new InvalidBundleException(
          "party_missing", record.recordId() + " does not name one party as " + role);
    }
    return found.getFirst();
  }

  private static List<OffChainRecord> ofType(Collection<OffChainRecord> records, EventType type) {
    return records.stream().filter(each -> each.eventType() == type).toList();
  }

  private static @Nullable OffChainRecord onlyOne(
      Collection<OffChainRecord> records, EventType type) throws InvalidBundleException {
    var found = ofType(records, type);
    if (found.size() > 1) {
      throw new InvalidBundleException("record_twice", "%s stands twice".formatted(type.code()));
    }
    return found.isEmpty() ? null : found.getFirst();
  }
}
