package org.actsandbox.web.console.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.web.console.decoder.Decoder;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.decoder.Step;
import org.actsandbox.web.console.frame.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriComponentsBuilder;

/** The journal: a page of entries by filter, and one entry opened. */
@Controller
@RequestMapping("/console/{world}/journal")
class JournalPage {

  private static final int PAGE = 50;
  private static final List<String> VIEWS = List.of("decoded", "raw", "signed", "curl");
  private static final List<String> ID_NAMES =
      List.of(
          JournalIds.INTENT_ID,
          JournalIds.CONVERSATION_ID,
          JournalIds.DELEGATION_ID,
          JournalIds.ORDER_NO,
          JournalIds.TRADE_NO);

  record Line(JournalEntry entry, Step step, String from, @Nullable String to) {}

  @GetMapping
  Rendering list(Visit visit) {
    var journal = visit.world().journalStore();
    var after = after(visit, journal.lastSeq());
    var found = journal.read(query(visit, after, PAGE + 1));
    var shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
    var narrator = new Narrator(visit.words());
    var page =
        visit
            .page("console/journal", "journal")
            .with("lines", shown.stream().map(entry -> line(narrator, entry)).toList())
            .with("kinds", Kind.values())
            .with("filters", filters(visit))
            .with("first", after == 0)
            .with("older", Math.max(0, after - PAGE))
            .with("base", base(visit));
    if (found.size() > PAGE) {
      page.with("next", shown.getLast().seq());
    }
    return page.show();
  }

  /** Without filter and position the newest entries, else from the beginning. */
  private static long after(Visit visit, long last) {
    var wanted = visit.query("after");
    if (wanted == null) {
      return filters(visit).isEmpty() ? Math.max(0, last - PAGE) : 0;
    }
    try {
      return Math.max(0, Long.parseLong(wanted));
    } catch (NumberFormatException notANumber) {
      throw new Refusal(Problem.INVALID_FIELD, "after is not a number").at("after");
    }
  }

  private static JournalQuery query(Visit visit, long after, int limit) {
    var filters = filters(visit);
    var kind = filters.get("kind");
    Map<String, String> ids = Map.of();
    for (var name : ID_NAMES) {
      if (filters.containsKey(name)) {
        ids = Map.of(name, filters.get(name));
      }
    }
    return new JournalQuery(
        after,
        limit,
        kind == null ? null : kind(kind),
        filters.get("component"),
        null,
        filters.get("actor"),
        ids);
  }

  private static Kind kind(String name) {
    try {
      return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new Refusal(Problem.INVALID_FIELD, "there is no such kind of entry")
          .at("kind")
          .observed(name);
    }
  }

  private static Map<String, String> filters(Visit visit) {
    var filters = new LinkedHashMap<String, String>();
    var names = new ArrayList<>(List.of("kind", "component", "actor"));
    names.addAll(ID_NAMES);
    for (var name : names) {
      var value = visit.query(name);
      if (value != null) {
        filters.put(name, value);
      }
    }
    return filters;
  }

  /** This page's address with its filters, ready for one more parameter. */
  private static String base(Visit visit) {
    var address = UriComponentsBuilder.fromPath(visit.here() + "/journal");
    filters(visit).forEach((name, value) -> address.queryParam(name, "{" + name + "}"));
    return address.encode().buildAndExpand(filters(visit)).toUriString();
  }

  private static Line line(Narrator narrator, JournalEntry entry) {
    var to = entry.peer() == null ? null : narrator.name(entry.peer());
    return new Line(entry, narrator.tell(entry), narrator.name(entry.actor()), to);
  }

  @GetMapping("/{seq}")
  Rendering open(Visit visit, @PathVariable long seq) {
    var entry =
        visit
            .world()
            .journalStore()
            .find(seq)
            .orElseThrow(
                () -> new Refusal(Problem.NOT_FOUND, "the journal has no entry " + seq).at("seq"));
    var wanted = visit.query("view");
    var view = wanted != null && VIEWS.contains(wanted) ? wanted : "decoded";
    var opened = new Decoder(visit.world(), visit.words()).open(entry);
    if (visit.isPartial()) {
      return visit.fragment(
          "console/entry :: decoder", Map.of("opened", opened, "view", view, "views", VIEWS));
    }
    return visit
        .page("console/entry", "journal")
        .with("opened", opened)
        .with("view", view)
        .with("views", VIEWS)
        .show();
  }
}
