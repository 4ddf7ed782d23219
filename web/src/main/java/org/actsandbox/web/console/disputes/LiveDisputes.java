package org.actsandbox.web.console.disputes;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.dispute.Views;
import org.actsandbox.sandbox.dispute.Wording;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.frame.Fragments;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.words.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Keeps open pages about disputes true, and reads out what changed. */
@Component
class LiveDisputes {

  static final String LIST = "console/disputes";
  static final String ONE = "console/dispute";

  private final LivePages pages;
  private final Fragments fragments;

  LiveDisputes(LivePages pages, Fragments fragments) {
    this.pages = pages;
    this.fragments = fragments;
  }

  /** What the page of one dispute shows. */
  Map<String, Object> model(World world, Caller you, String id, Words words) {
    var dispute = world.part(Disputes.class).get(id, you);
    var model = new HashMap<String, Object>();
    model.put("d", dispute);
    model.put("narrator", new Narrator(words));
    model.put("wording", Wording.in(words.locale()));
    var finding = dispute.finding();
    model.put(
        "reasons",
        finding == null
            ? List.of()
            : finding.reasons().stream().map(each -> told(each, words)).toList());
    model.put("said", said(dispute, words));
    model.put("here", "/console/" + world.name());
    return model;
  }

  /** By party, in the reader's language as far as there are words for it. */
  private static Map<String, String> said(Views.DisputeView dispute, Words words) {
    var said = new HashMap<String, String>();
    for (var party : dispute.parties()) {
      var statement = party.statement();
      if (statement != null) {
        var details = new TreeMap<>(statement.details());
        for (var time : List.of("at", "issued_at")) {
          details.computeIfPresent(time, (_, at) -> moment(at, words));
        }
        said.put(party.party(), Wording.in(words.locale()).statement(statement, details));
      }
    }
    return said;
  }

  /** Anybody may write anything there. */
  private static String moment(String at, Words words) {
    try {
      return words.moment(Instant.parse(at));
    } catch (DateTimeParseException noTime) {
      return at;
    }
  }

  /** With names and times as people read them. */
  private static String told(Finding.Reason reason, Words words) {
    var data = new TreeMap<>(reason.data());
    data.computeIfPresent("party", (_, name) -> new Narrator(words).name("did:act:" + name));
    data.computeIfPresent("at", (_, at) -> words.moment(Instant.parse(at)));
    return Wording.in(words.locale())
        .reason(new Finding.Reason(reason.code(), data, reason.recordId()));
  }

  /**
   * @param only of this one alone, in full; null for the list
   */
  Flux<ServerSentEvent<String>> follow(
      World world, Caller you, long after, @Nullable String only, Words words) {
    return pages.follow(world, after, () -> entries -> changed(world, you, only, words, entries));
  }

  private String changed(
      World world, Caller you, @Nullable String only, Words words, List<JournalEntry> entries) {
    var about =
        entries.stream()
            .filter(entry -> concerns(entry, only))
            .filter(entry -> entry.kind() != Kind.CLOCK)
            .toList();
    if (about.isEmpty() && entries.stream().noneMatch(entry -> entry.kind() == Kind.CLOCK)) {
      return "";
    }
    Map<String, Object> model = new HashMap<>();
    if (only == null) {
      model.put("disputes", world.part(Disputes.class).list(you, null, null).items());
      model.put("narrator", new Narrator(words));
      model.put("here", "/console/" + world.name());
    } else {
      model.putAll(model(world, you, only, words));
    }
    model.put("oob", true);
    var html = fragments.render(only == null ? LIST : ONE, "changed", words, model);
    return about.isEmpty() ? html : html + said(words, about);
  }

  private String said(Words words, List<JournalEntry> entries) {
    var narrator = new Narrator(words);
    var heard =
        entries.stream()
            .map(entry -> narrator.tell(entry).label())
            .collect(Collectors.joining(" "));
    return fragments.render(LIST, "said-changed", words, Map.of("said", heard));
  }

  private static boolean concerns(JournalEntry entry, @Nullable String only) {
    var id = entry.data().path("dispute_id").asString("");
    return entry.kind() == Kind.CLOCK || (only == null ? !id.isEmpty() : id.equals(only));
  }
}
