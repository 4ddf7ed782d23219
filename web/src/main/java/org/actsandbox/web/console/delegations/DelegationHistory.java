package org.actsandbox.web.console.delegations;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Component;

/**
 * Reads what happened under one delegation: payments from the ledger, the rest from the journal.
 */
@Component
class DelegationHistory {

  /** The number of refusals that a page shows; the journal has all of them. */
  private static final int MOST_REFUSED = 30;

  /** The events that an agent records when it stops and does not continue by itself (CID-7). */
  private static final Set<JournalEvent> STOPS =
      Set.of(
          JournalEvent.WATCH_PAUSED,
          JournalEvent.WATCH_DONE,
          JournalEvent.WATCH_ENDED,
          JournalEvent.TASK_PAUSED,
          JournalEvent.TASK_DONE,
          JournalEvent.TASK_PARTIAL,
          JournalEvent.TASK_ENDED);

  /**
   * The event that an agent records when it will try again later: a change to the same state, with
   * a reason.
   */
  private static final JournalEvent RETRY = JournalEvent.WATCH_WATCHING;

  private static final int MOST_CHANGES = 50;
  private static final int MOST_PAGES = 20;

  private final DelegationQueries delegationQueries;
  private final PaymentReader paymentReader;

  DelegationHistory(DelegationQueries delegationQueries, PaymentReader paymentReader) {
    this.delegationQueries = delegationQueries;
    this.paymentReader = paymentReader;
  }

  /**
   * Is a change of the delegation's state, or a stop of the agent that used it.
   *
   * @param event the code of the sentence in the bundles, {@code event.<event>}
   * @param reason the reason that was given; empty for none
   * @param code code of the refusal at which an agent stopped; empty for none
   */
  record Change(long seq, Instant at, String event, Text by, String reason, String code) {}

  /** Returns the card of a delegation; empty if it does not exist or was not issued. */
  Optional<DelegationCard> find(World world, Caller principal, String delegationId) {
    try {
      return Optional.of(delegationQueries.card(world, principal, delegationId));
    } catch (Refusal refused) {
      if (refused.problem() == Problem.NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /**
   * Returns the template attributes of everything about the delegation that can change while its
   * page is open.
   */
  Map<String, Object> model(
      World world, Caller principal, DelegationCard delegationCard, PageText pageText) {
    var payments = paymentReader.underDelegation(world, principal, delegationCard.id(), null);
    var model = new HashMap<String, Object>();
    model.put("c", delegationCard);
    model.put("payments", payments.items());
    model.put("more", payments.next() == null ? "" : payments.next());
    var refused = refused(world, delegationCard.id());
    var changes = changes(world, delegationCard.id());
    model.put("refused", refused);
    model.put("changes", changes);
    model.put(
        "life",
        new DelegationLife(delegationCard, pageText)
            .picture(payments.items(), refused, changes, world.clock().instant()));
    model.put("narrator", new EntryNarrator(pageText));
    return model;
  }

  /** Returns the refused payments, the newest first. */
  private static List<RefusedDelegatedPayment> refused(World world, String id) {
    var last = new ArrayDeque<RefusedDelegatedPayment>();
    read(
        world,
        new JournalQuery(0, JournalQuery.MAX_LIMIT, null, null, null, null, about(id)),
        entry ->
            RefusedDelegatedPayment.of(entry)
                .ifPresent(
                    found -> {
                      last.addFirst(found);
                      if (last.size() > MOST_REFUSED) {
                        last.removeLast();
                      }
                    }));
    return List.copyOf(last);
  }

  /** Returns the changes of state in order, from issuance on, with the stops of its agent. */
  private static List<Change> changes(World world, String id) {
    var found = new ArrayList<Change>();
    for (var component :
        List.of(ActComponent.ADD_IAC_ISS.code(), ActComponent.ADD_IAC_LCM.code())) {
      read(
          world,
          new JournalQuery(0, MOST_CHANGES, Kind.STATE, component, null, null, about(id)),
          entry -> found.add(change(entry)));
    }
    for (var component :
        List.of(ActComponent.PSD_PAY_DEL.code(), ActComponent.PSD_PAY_AUP.code())) {
      read(
          world,
          new JournalQuery(0, MOST_CHANGES, Kind.STATE, component, null, null, about(id)),
          entry -> {
            if (isStop(entry) || isRetry(entry)) {
              found.add(change(entry));
            }
          });
    }
    return found.stream().sorted(Comparator.comparingLong(Change::seq)).toList();
  }

  private static boolean isStop(JournalEntry entry) {
    return JournalEvent.find(entry.event()).filter(STOPS::contains).isPresent();
  }

  private static boolean isRetry(JournalEntry entry) {
    return RETRY.is(entry.event()) && !entry.data().path("code").asString("").isEmpty();
  }

  private static Change change(JournalEntry entry) {
    boolean retry = isRetry(entry);
    boolean byAgent = retry || isStop(entry);
    var by = entry.data().path("by").asString(byAgent ? entry.actor() : World.PRINCIPAL.value());
    return new Change(
        entry.seq(),
        entry.at(),
        retry ? "watch-again" : entry.event(),
        EntryNarrator.nameOf(by),
        entry.data().path("reason").asString(""),
        entry.data().path("code").asString(""));
  }

  /**
   * Passes the entries of the query to {@code each}, from at most {@link #MOST_PAGES} pages of the
   * journal.
   */
  private static void read(World world, JournalQuery query, Consumer<JournalEntry> each) {
    var journal = world.journalStore();
    long last = journal.lastSeq();
    long after = 0;
    for (int i = 0; i < MOST_PAGES && after < last; i++) {
      var page =
          journal.page(
              new JournalQuery(
                  after,
                  query.limit(),
                  query.kind(),
                  query.component(),
                  query.event(),
                  query.actor(),
                  query.ids()));
      page.items().forEach(each);
      if (page.lookedUpTo() <= after) {
        return;
      }
      after = page.lookedUpTo();
    }
  }

  private static Map<String, String> about(String delegationId) {
    return Map.of(JournalIds.DELEGATION_ID, delegationId);
  }
}
