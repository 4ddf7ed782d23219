package org.actsandbox.web.console.connect;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.words.PageText;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Shows the last calls of tools on open pages as they come. */
@Component
class LiveToolCalls {

  static final String TEMPLATE = "console/connect";

  private static final int SHOWN = 10;

  private final LivePages pages;
  private final FragmentRenderer fragmentRenderer;

  LiveToolCalls(LivePages pages, FragmentRenderer fragmentRenderer) {
    this.pages = pages;
    this.fragmentRenderer = fragmentRenderer;
  }

  /**
   * Represents one call.
   *
   * @param seq number of its journal entry
   * @param outcome {@code answered}, or the code of the error
   */
  record ToolCallLine(long seq, Instant at, String tool, String outcome) {

    public boolean isAnswered() {
      return outcome.equals("answered");
    }
  }

  /** Returns the last calls among the newest entries of the journal, the newest first. */
  List<ToolCallLine> calls(World world) {
    var journal = world.journalStore();
    var query =
        new JournalQuery(
            Math.max(0, journal.lastSeq() - JournalQuery.MAX_LIMIT),
            JournalQuery.MAX_LIMIT,
            JournalNote.Kind.DECISION,
            null,
            JournalEvent.TOOL_CALLED.code(),
            null,
            Map.of());
    return journal.read(query).reversed().stream()
        .limit(SHOWN)
        .map(
            entry ->
                new ToolCallLine(
                    entry.seq(),
                    entry.at(),
                    entry.data().path("tool").asString(""),
                    entry.data().path("outcome").asString("")))
        .toList();
  }

  Flux<ServerSentEvent<String>> follow(World world, long after, PageText pageText) {
    return pages.follow(world, after, () -> entries -> changed(world, entries, pageText));
  }

  private String changed(World world, List<JournalEntry> entries, PageText pageText) {
    if (entries.stream().noneMatch(entry -> JournalEvent.TOOL_CALLED.is(entry.event()))) {
      return "";
    }
    Map<String, Object> model = new HashMap<>();
    model.put("calls", calls(world));
    model.put("here", "/console/" + world.name());
    model.put("oob", true);
    return fragmentRenderer.render(TEMPLATE, "changed", pageText, model);
  }
}
