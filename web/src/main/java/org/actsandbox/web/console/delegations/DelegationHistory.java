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
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Component;

/** What happened under one delegation: payments from the books, the rest from the journal. */
@Component
class DelegationHistory {

  /** Refusals shown; all of them stand in the journal. */
  private static final int MOST_REFUSED = 30;

  /** What an agent notes when it goes no further by itself (CID-7). */
  private static final Set<String> STOPS =
      Set.of(
          "watch-paused",
          "watch-done",
          "watch-ended",
          "task-paused",
          "task-done",
          "task-partial",
          "task-ended");

  /** It tries again later: noted as a move to where it was, with the reason. */
  private static final String TRIES_AGAIN = "watch-watching";

  private static final int MOST_CHANGES = 50;
  private static final int MOST_PAGES = 20;

  private final DelegationQueries delegationQueries;

  DelegationHistory(DelegationQueries delegationQueries) {
    this.delegationQueries = delegationQueries;
  }

  /**
   * A change of state.
   *
   * @param event names the sentence, {@code event.<event>}
   * @param reason empty where none was given
   * @param code of the refusal an agent stopped at; empty for none
   */
  record Change(long seq, Instant at, String event, Text by, String reason, String code) {}

  /** The card; empty for what is not issued, or not there. */
  Optional<DelegationCard> find(World world, Caller you, String delegationId) {
    try {
      return Optional.of(delegationQueries.card(world, you, delegationId));
    } catch (Refusal refused) {
      if (refused.problem() == Problem.NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** Everything about it that changes while somebody looks. */
  Map<String, Object> model(
      World world, Caller you, DelegationCard delegationCard, PageText pageText) {
    var payments =
        world.participant(Psp.class).payments().list(you, null, delegationCard.id(), null);
    var model = new HashMap<String, Object>();
    model.put("c", delegationCard);
    model.put("payments", payments.items());
    model.put("more", payments.next() == null ? "" : payments.next());
    model.put("refused", refused(world, delegationCard.id()));
    model.put("changes", changes(world, delegationCard.id()));
    model.put("narrator", new EntryNarrator(pageText));
    return model;
  }

  /** Newest first. */
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

  /** In order, from issuance on; where its agent stopped, too. */
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
            if (STOPS.contains(entry.event()) || isRetry(entry)) {
              found.add(change(entry));
            }
          });
    }
    return found.stream().sorted(Comparator.comparingLong(Change::seq)).toList();
  }

  private static boolean isRetry(JournalEntry entry) {
    return entry.event().equals(TRIES_AGAIN) && !entry.data().path("code").asString("").isEmpty();
  }

  private static Change change(JournalEntry entry) {
    boolean retry = isRetry(entry);
    boolean agents = retry || STOPS.contains(entry.event());
    var by = entry.data().path("by").asString(agents ? entry.actor() : World.PRINCIPAL.value());
    return new Change(
        entry.seq(),
        entry.at(),
        retry ? "watch-again" : entry.event(),
        EntryNarrator.nameOf(by),
        entry.data().path("reason").asString(""),
        entry.data().path("code").asString(""));
  }

  /** As far as {@link #MOST_PAGES} pages of the index reach. */
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
