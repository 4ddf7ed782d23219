package org.actsandbox.sandbox.trust.record;

import static org.actsandbox.protocol.attestation.EventType.*;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Party;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that an event follows from, which makes the causal chain of a purchase (ACT
 * TSD-2).
 */
final class UpstreamRecords {

  private static final List<EventType> DELEGATION_EVENTS =
      List.of(
          DELEGATION_ISSUED,
          DELEGATION_SUSPENDED,
          DELEGATION_RESUMED,
          DELEGATION_REVOKED,
          DELEGATION_EXPIRED);

  private final RecordStore records;

  UpstreamRecords(RecordStore records) {
    this.records = records;
  }

  /**
   * Returns the ids of the records of an event's causes, nearest kind first; all of them exist
   * already.
   */
  List<String> causesOf(AttestationEvent attestationEvent, String recordId) {
    var found = new ArrayList<String>();
    var recordLinks = attestationEvent.links();
    switch (attestationEvent.type()) {
      case INTENT_CREATED -> {}
      case DELEGATION_ISSUED ->
          addLatest(
              found,
              RecordStore.LookupKey.INTENT,
              recordLinks.intentId(),
              List.of(INTENT_CREATED),
              recordId);
      case DELEGATION_SUSPENDED, DELEGATION_RESUMED, DELEGATION_REVOKED, DELEGATION_EXPIRED ->
          addLatest(
              found,
              RecordStore.LookupKey.DELEGATION,
              recordLinks.delegationId(),
              DELEGATION_EVENTS,
              recordId);
      case DECISION_LOGGED -> {
        addLatest(
            found,
            RecordStore.LookupKey.INTENT,
            recordLinks.intentId(),
            DELEGATION_EVENTS,
            recordId);
      }
      case CART_CONFIRMED ->
          addLatest(
              found,
              RecordStore.LookupKey.INTENT,
              recordLinks.intentId(),
              List.of(DECISION_LOGGED),
              recordId);
      case TRANSACTION_COMPLETED -> {
        // Each merchant has its own numbers: another one's cart is no cause of this payment.
        attestationEvent.parties().stream()
            .filter(each -> each.role() == Party.Role.MERCHANT)
            .findFirst()
            .flatMap(
                merchant ->
                    records.latestCart(
                        merchant.participantId(), String.valueOf(recordLinks.orderNo()), recordId))
            .ifPresent(found::add);
        addLatest(
            found,
            RecordStore.LookupKey.DELEGATION,
            recordLinks.delegationId(),
            DELEGATION_EVENTS,
            recordId);
      }
      case FULFILLMENT_COMPLETED ->
          addLatest(
              found,
              RecordStore.LookupKey.TRADE,
              recordLinks.tradeNo(),
              List.of(TRANSACTION_COMPLETED),
              recordId);
    }
    return found;
  }

  private void addLatest(
      List<String> found,
      RecordStore.LookupKey lookupKey,
      @Nullable String value,
      List<EventType> events,
      String before) {
    if (value != null) {
      records.latest(lookupKey, value, events, before).ifPresent(found::add);
    }
  }
}
