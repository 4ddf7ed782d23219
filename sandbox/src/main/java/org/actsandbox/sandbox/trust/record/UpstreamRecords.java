package org.actsandbox.sandbox.trust.record;

import static org.actsandbox.protocol.attestation.EventType.*;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.jspecify.annotations.Nullable;

/** What an event follows from: the causal chain of a purchase, record by record (ACT TSD-2). */
final class UpstreamRecords {

  private static final List<EventType> LIFE =
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

  /** Ids of the records of its causes, nearest kind first; all of them are recorded already. */
  List<String> causesOf(AttestationEvent attestationEvent, String recordId) {
    var found = new ArrayList<String>();
    var recordLinks = attestationEvent.links();
    switch (attestationEvent.type()) {
      case INTENT_CREATED -> {}
      case DELEGATION_ISSUED ->
          add(
              found,
              RecordStore.LookupKey.INTENT,
              recordLinks.intentId(),
              List.of(INTENT_CREATED),
              recordId);
      case DELEGATION_SUSPENDED, DELEGATION_RESUMED, DELEGATION_REVOKED, DELEGATION_EXPIRED ->
          add(found, RecordStore.LookupKey.DELEGATION, recordLinks.delegationId(), LIFE, recordId);
      case DECISION_LOGGED -> {
        add(found, RecordStore.LookupKey.INTENT, recordLinks.intentId(), LIFE, recordId);
      }
      case CART_CONFIRMED ->
          add(
              found,
              RecordStore.LookupKey.INTENT,
              recordLinks.intentId(),
              List.of(DECISION_LOGGED),
              recordId);
      case TRANSACTION_COMPLETED -> {
        add(
            found,
            RecordStore.LookupKey.ORDER,
            recordLinks.orderNo(),
            List.of(CART_CONFIRMED),
            recordId);
        add(found, RecordStore.LookupKey.DELEGATION, recordLinks.delegationId(), LIFE, recordId);
      }
      case FULFILLMENT_COMPLETED ->
          add(
              found,
              RecordStore.LookupKey.TRADE,
              recordLinks.tradeNo(),
              List.of(TRANSACTION_COMPLETED),
              recordId);
    }
    return found;
  }

  private void add(
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
