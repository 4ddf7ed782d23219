package org.actsandbox.sandbox.trust.record;

import static org.actsandbox.protocol.attestation.EventType.*;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.sandbox.trust.record.RecordStore.By;
import org.jspecify.annotations.Nullable;

/** What an event follows from: the causal chain of a purchase, record by record (ACT TSD-2). */
final class Upstream {

  private static final List<EventType> LIFE =
      List.of(
          DELEGATION_ISSUED,
          DELEGATION_SUSPENDED,
          DELEGATION_RESUMED,
          DELEGATION_REVOKED,
          DELEGATION_EXPIRED);

  private final RecordStore records;

  Upstream(RecordStore records) {
    this.records = records;
  }

  /** Ids of the records of its causes, nearest kind first; all of them are recorded already. */
  List<String> of(Occurrence occurrence, String recordId) {
    var found = new ArrayList<String>();
    var links = occurrence.links();
    switch (occurrence.type()) {
      case INTENT_CREATED -> {}
      case DELEGATION_ISSUED ->
          add(found, By.INTENT, links.intentId(), List.of(INTENT_CREATED), recordId);
      case DELEGATION_SUSPENDED, DELEGATION_RESUMED, DELEGATION_REVOKED, DELEGATION_EXPIRED ->
          add(found, By.DELEGATION, links.delegationId(), LIFE, recordId);
      case DECISION_LOGGED -> {
        add(found, By.INTENT, links.intentId(), LIFE, recordId);
      }
      case CART_CONFIRMED ->
          add(found, By.INTENT, links.intentId(), List.of(DECISION_LOGGED), recordId);
      case TRANSACTION_COMPLETED -> {
        add(found, By.ORDER, links.orderNo(), List.of(CART_CONFIRMED), recordId);
        add(found, By.DELEGATION, links.delegationId(), LIFE, recordId);
      }
      case FULFILLMENT_COMPLETED ->
          add(found, By.TRADE, links.tradeNo(), List.of(TRANSACTION_COMPLETED), recordId);
    }
    return found;
  }

  private void add(
      List<String> found, By by, @Nullable String value, List<EventType> events, String before) {
    if (value != null) {
      records.latest(by, value, events, before).ifPresent(found::add);
    }
  }
}
