package org.actsandbox.web.console.firstmission;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads in the journal how far an agent from outside has come: one that calls tools over MCP, or
 * one that signs itself. It remembers where it stopped, so that a page that asks every two seconds
 * reads only what is new.
 */
@Component
class FirstMissions {

  /** Ours: more worlds than people look at in one day; another one is read from the beginning. */
  private static final int REMEMBERED = 200;

  /** Ours: pages of the journal that one request reads at most; the next request goes on. */
  private static final int PAGES = 20;

  private static final Map<String, FirstMissionStep> TOOLS =
      Map.of(
          "search_offers", FirstMissionStep.OFFERS,
          "confirm_cart", FirstMissionStep.CART,
          "request_payment", FirstMissionStep.PAYMENT);

  private final Map<String, Progress> progresses =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Progress> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** How far the agents of one world have come. */
  private static final class Progress {

    private final Map<FirstMissionStep, Long> done = new EnumMap<>(FirstMissionStep.class);
    private final Set<String> trades = new HashSet<>();
    private @Nullable String lastTrade;
    private long after;
  }

  /**
   * Says which steps are done.
   *
   * @param done number of the journal entry of each step that is done
   * @param lastTrade the payment that was asked for last; null if there is none
   */
  record Reached(Map<FirstMissionStep, Long> done, @Nullable String lastTrade) {

    Reached {
      done = Map.copyOf(done);
    }
  }

  /** Returns the steps that the journal of the world shows. */
  Reached reached(World world) {
    Progress progress;
    synchronized (progresses) {
      progress = progresses.computeIfAbsent(world.keyPartition(), _ -> new Progress());
    }
    synchronized (progress) {
      read(world, progress);
      return new Reached(progress.done, progress.lastTrade);
    }
  }

  private static void read(World world, Progress progress) {
    var journal = world.journalStore();
    if (journal.lastSeq() < progress.after) {
      // The world was reset, and its journal begins anew.
      progress.after = 0;
      progress.done.clear();
      progress.trades.clear();
      progress.lastTrade = null;
    }
    if (journal.lastSeq() == progress.after) {
      return;
    }
    var outside =
        world.externalAgents().everRegistered().stream()
            .map(Did::value)
            .collect(Collectors.toSet());
    for (int i = 0; i < PAGES && progress.after < journal.lastSeq(); i++) {
      var page = journal.page(JournalQuery.after(progress.after, JournalQuery.MAX_LIMIT));
      page.items().forEach(entry -> take(entry, outside, progress));
      progress.after = page.lookedUpTo();
    }
  }

  private static void take(JournalEntry entry, Set<String> outside, Progress progress) {
    if (JournalEvent.TOOL_CALLED.is(entry.event())) {
      called(entry, progress);
    } else if (entry.kind() == JournalNote.Kind.EXCHANGE && outside.contains(entry.actor())) {
      sent(entry, progress);
    } else if (progress.trades.contains(entry.ids().getOrDefault(JournalIds.TRADE_NO, ""))) {
      if (JournalEvent.PAYMENT_DECIDED.is(entry.event())) {
        note(FirstMissionStep.APPROVAL, entry, progress);
      } else if (JournalEvent.DELIVERED.is(entry.event())) {
        note(FirstMissionStep.COLLECTED, entry, progress);
      }
    }
  }

  private static void called(JournalEntry entry, Progress progress) {
    note(FirstMissionStep.CONNECTED, entry, progress);
    var step = TOOLS.get(entry.data().path("tool").asString(""));
    if (step != null && entry.data().path("outcome").asString("").equals("answered")) {
      note(step, entry, progress);
    }
  }

  private static void sent(JournalEntry entry, Progress progress) {
    note(FirstMissionStep.CONNECTED, entry, progress);
    if (!entry.data().path("method").asString("").equals("POST")) {
      return;
    }
    var path = entry.data().path("path").asString("");
    int status = entry.data().path("status").asInt();
    boolean good = status / 100 == 2;
    if (good && path.endsWith("/intents") && path.contains("/merchants/")) {
      note(FirstMissionStep.OFFERS, entry, progress);
    } else if (good && path.endsWith("/carts")) {
      note(FirstMissionStep.CART, entry, progress);
    } else if (good && path.endsWith("/psp/payments")) {
      note(FirstMissionStep.PAYMENT, entry, progress);
    } else if (status == 403 && path.endsWith("/approval")) {
      note(FirstMissionStep.APPROVAL, entry, progress);
    }
  }

  private static void note(FirstMissionStep step, JournalEntry entry, Progress progress) {
    progress.done.putIfAbsent(step, entry.seq());
    var tradeNo = entry.ids().get(JournalIds.TRADE_NO);
    if (step == FirstMissionStep.PAYMENT && tradeNo != null) {
      progress.trades.add(tradeNo);
      progress.lastTrade = tradeNo;
    }
  }
}
