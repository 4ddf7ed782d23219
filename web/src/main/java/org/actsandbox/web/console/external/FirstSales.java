package org.actsandbox.web.console.external;

import java.net.URI;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/**
 * Reads in the journal how far the first integration of a merchant has come. It remembers where it
 * stopped, so that a page that asks each second reads only what is new.
 */
@Component
class FirstSales {

  /** Ours: more merchants than people bring at a time; another one is read from the beginning. */
  private static final int REMEMBERED = 200;

  /** Ours: pages of the journal that one request reads at most; the next request goes on. */
  private static final int PAGES = 20;

  private static final String PROOF = "/psp/proofs/verify";

  private final Map<String, Progress> progresses =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Progress> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** How far one merchant has come. */
  private static final class Progress {

    private final Map<FirstSaleStep, Long> done = new EnumMap<>(FirstSaleStep.class);
    private final Map<FirstSaleStep, Long> failed = new EnumMap<>(FirstSaleStep.class);
    private final Set<String> billed = new HashSet<>();
    private long after;
  }

  /**
   * Says which steps are done.
   *
   * @param done number of the journal entry of each step that is done
   * @param failed number of the last entry in which a step that is not done went wrong
   */
  record Reached(Map<FirstSaleStep, Long> done, Map<FirstSaleStep, Long> failed) {

    Reached {
      done = Map.copyOf(done);
      failed = Map.copyOf(failed);
    }
  }

  /** Returns the steps that the journal of the world shows. */
  Reached reached(World world, Did merchant) {
    Progress progress;
    synchronized (progresses) {
      progress =
          progresses.computeIfAbsent(
              world.keyPartition() + "/" + merchant.name(), _ -> new Progress());
    }
    synchronized (progress) {
      read(world, merchant, progress);
      var failed = new EnumMap<>(progress.failed);
      failed.keySet().removeAll(progress.done.keySet());
      return new Reached(progress.done, failed);
    }
  }

  private static void read(World world, Did merchant, Progress progress) {
    var journal = world.journalStore();
    if (journal.lastSeq() < progress.after) {
      // The world was reset, and its journal begins anew.
      progress.after = 0;
      progress.done.clear();
      progress.failed.clear();
      progress.billed.clear();
    }
    for (int i = 0; i < PAGES && progress.after < journal.lastSeq(); i++) {
      var page =
          journal.page(
              JournalQuery.after(progress.after, JournalQuery.MAX_LIMIT)
                  .between(merchant.value(), null));
      page.items().forEach(entry -> take(entry, merchant, progress));
      progress.after = page.lookedUpTo();
    }
  }

  private static void take(JournalEntry entry, Did merchant, Progress progress) {
    if (!entry.actor().equals(merchant.value())) {
      return;
    }
    if (entry.event().equals(JournalEvent.MERCHANT_ANSWERED.code())) {
      answered(entry, progress);
    } else if (entry.kind() == JournalNote.Kind.EXCHANGE
        && entry.data().path("path").asString("").equals(PROOF)) {
      note(FirstSaleStep.PROOF, entry.data().path("status").asInt() == 200, entry, progress);
    }
  }

  private static void answered(JournalEntry entry, Progress progress) {
    progress.done.putIfAbsent(FirstSaleStep.REACHABLE, entry.seq());
    int status = entry.data().path("status").asInt();
    var words = entry.data().path("target").asString("").split(" ", 2);
    var path = words.length < 2 ? "" : path(words[1]);
    boolean good = status / 100 == 2;
    if (path.endsWith("/.well-known/agent-card.json")) {
      note(FirstSaleStep.CARD, good, entry, progress);
    } else if (path.endsWith("/intents")) {
      note(FirstSaleStep.OFFER, good, entry, progress);
    } else if (path.endsWith("/carts")) {
      note(FirstSaleStep.CART, good, entry, progress);
    } else if (path.endsWith("/notifications")) {
      note(FirstSaleStep.NOTIFICATION, good, entry, progress);
    } else if (status == 402) {
      progress.billed.add(path);
      note(FirstSaleStep.BILL, true, entry, progress);
    } else if (progress.billed.contains(path)) {
      note(FirstSaleStep.DELIVERY, good, entry, progress);
    } else if (path.contains("/fulfilment/") || path.contains("/services/")) {
      note(FirstSaleStep.BILL, false, entry, progress);
    }
  }

  private static String path(String address) {
    try {
      return String.valueOf(URI.create(address).getPath());
    } catch (IllegalArgumentException noAddress) {
      // Such a target fits no step.
      return "";
    }
  }

  private static void note(
      FirstSaleStep step, boolean good, JournalEntry entry, Progress progress) {
    (good ? progress.done : progress.failed).merge(step, entry.seq(), good ? Math::min : Math::max);
  }
}
