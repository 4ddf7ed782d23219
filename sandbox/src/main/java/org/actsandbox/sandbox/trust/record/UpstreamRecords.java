package org.actsandbox.sandbox.trust.record;

import static org.actsandbox.protocol.attestation.EventType.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.RowExistence;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.identity.Did;
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

  /**
   * Says whether there may be a record of a decision, which carts under no authority have none of.
   * The table has no index by event, so a world with any record at its start may have one.
   */
  private final RowExistence decisions = new RowExistence();

  UpstreamRecords(RecordStore records) {
    this.records = records;
  }

  /** Must be called for each record before it is added and before a later cause is looked for. */
  void beforeAdding(RecordStore.HeldRecord added) {
    if (added.record().eventType() == DECISION_LOGGED) {
      decisions.beforeAdding();
    }
  }

  /**
   * Returns the ids of the records of an event's causes, nearest kind first; all of them exist
   * already.
   */
  List<String> causesOf(AttestationEvent attestationEvent, String recordId, NewestRecords newest) {
    var found = new ArrayList<String>();
    var recordLinks = attestationEvent.links();
    switch (attestationEvent.type()) {
      case INTENT_CREATED -> {}
      case DELEGATION_ISSUED ->
          addLatest(
              newest,
              found,
              RecordStore.LookupKey.INTENT,
              recordLinks.intentId(),
              List.of(INTENT_CREATED),
              recordId);
      case DELEGATION_SUSPENDED, DELEGATION_RESUMED, DELEGATION_REVOKED, DELEGATION_EXPIRED ->
          addLatest(
              newest,
              found,
              RecordStore.LookupKey.DELEGATION,
              recordLinks.delegationId(),
              DELEGATION_EVENTS,
              recordId);
      case DECISION_LOGGED -> {
        addLatest(
            newest,
            found,
            RecordStore.LookupKey.INTENT,
            recordLinks.intentId(),
            DELEGATION_EVENTS,
            recordId);
      }
      case CART_CONFIRMED -> {
        if (decisions.isPossible(records::isAny)) {
          addLatest(
              newest,
              found,
              RecordStore.LookupKey.INTENT,
              recordLinks.intentId(),
              List.of(DECISION_LOGGED),
              recordId);
        }
      }
      case TRANSACTION_COMPLETED -> {
        // Each merchant has its own numbers: another one's cart is no cause of this payment.
        attestationEvent.parties().stream()
            .filter(each -> each.role() == Party.Role.MERCHANT)
            .findFirst()
            .flatMap(
                merchant ->
                    latestCart(
                        newest,
                        merchant.participantId(),
                        String.valueOf(recordLinks.orderNo()),
                        recordId))
            .ifPresent(found::add);
        addLatest(
            newest,
            found,
            RecordStore.LookupKey.DELEGATION,
            recordLinks.delegationId(),
            DELEGATION_EVENTS,
            recordId);
      }
      case FULFILLMENT_COMPLETED ->
          addLatest(
              newest,
              found,
              RecordStore.LookupKey.TRADE,
              recordLinks.tradeNo(),
              List.of(TRANSACTION_COMPLETED),
              recordId);
    }
    return found;
  }

  private Optional<String> latestCart(
      NewestRecords newest, Did merchant, String orderNo, String before) {
    return newest
        .find(
            new NewestRecords.Cause(
                RecordStore.LookupKey.ORDER, orderNo, List.of(CART_CONFIRMED), merchant),
            before)
        .or(() -> records.latestCart(merchant, orderNo, before));
  }

  private void addLatest(
      NewestRecords newest,
      List<String> found,
      RecordStore.LookupKey lookupKey,
      @Nullable String value,
      List<EventType> events,
      String before) {
    if (value != null) {
      newest
          .find(new NewestRecords.Cause(lookupKey, value, events, null), before)
          .or(() -> records.latest(lookupKey, value, events, before))
          .ifPresent(found::add);
    }
  }

  /** Lists by what later events find a record as their cause. */
  static List<NewestRecords.Cause> causesBy(RecordStore.HeldRecord held) {
    var record = held.record();
    var causes = new ArrayList<NewestRecords.Cause>();
    switch (record.eventType()) {
      case INTENT_CREATED ->
          add(
              causes,
              RecordStore.LookupKey.INTENT,
              record.intentId(),
              List.of(INTENT_CREATED),
              null);
      case DECISION_LOGGED ->
          add(
              causes,
              RecordStore.LookupKey.INTENT,
              record.intentId(),
              List.of(DECISION_LOGGED),
              null);
      case DELEGATION_ISSUED,
          DELEGATION_SUSPENDED,
          DELEGATION_RESUMED,
          DELEGATION_REVOKED,
          DELEGATION_EXPIRED -> {
        add(causes, RecordStore.LookupKey.INTENT, record.intentId(), DELEGATION_EVENTS, null);
        add(
            causes,
            RecordStore.LookupKey.DELEGATION,
            record.delegationId(),
            DELEGATION_EVENTS,
            null);
      }
      case CART_CONFIRMED ->
          add(
              causes,
              RecordStore.LookupKey.ORDER,
              record.orderNo(),
              List.of(CART_CONFIRMED),
              held.holder());
      case TRANSACTION_COMPLETED ->
          add(
              causes,
              RecordStore.LookupKey.TRADE,
              record.tradeNo(),
              List.of(TRANSACTION_COMPLETED),
              null);
      case FULFILLMENT_COMPLETED -> {}
    }
    return causes;
  }

  private static void add(
      List<NewestRecords.Cause> causes,
      RecordStore.LookupKey key,
      @Nullable String value,
      List<EventType> events,
      @Nullable Did holder) {
    if (value != null) {
      causes.add(new NewestRecords.Cause(key, value, events, holder));
    }
  }
}
