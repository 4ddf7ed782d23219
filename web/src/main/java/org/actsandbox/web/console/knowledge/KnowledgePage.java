package org.actsandbox.web.console.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.sandbox.export.Selection;
import org.actsandbox.sandbox.journal.Story;
import org.actsandbox.sandbox.knowledge.Holdings;
import org.actsandbox.sandbox.knowledge.Knowledge;
import org.actsandbox.sandbox.knowledge.Knowledge.State;
import org.actsandbox.sandbox.knowledge.KnowledgeReading;
import org.actsandbox.sandbox.knowledge.Party;
import org.actsandbox.sandbox.knowledge.Policy;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.frame.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriComponentsBuilder;

/** Who knows what of a world or of a purchase: a row per datum, a column per participant. */
@Controller
class KnowledgePage {

  /** Beside the word, never instead of it. */
  private static final Map<String, String> SIGNS = signs();

  private final Holdings holdings;

  KnowledgePage(Holdings holdings) {
    this.holdings = holdings;
  }

  private record Person(String name, String actor) {}

  /**
   * @param seq where it learned the first; 0 for nowhere
   */
  private record Cell(String who, String state, String sign, long seq, String where, String rule) {}

  private record Row(String what, List<Cell> cells) {}

  private record Told(String said, long seq, String where, String value) {}

  /** The journal's other filters come along in its link and say nothing here. */
  @GetMapping("/console/{world}/knowledge")
  Rendering show(Visit visit) {
    var selected = Selection.of(ids(visit)).filters();
    var reading = new KnowledgeReading(visit.world(), holdings);
    var known =
        selected.isEmpty()
            ? reading.all()
            : selected.entrySet().stream()
                .findFirst()
                .map(id -> reading.of(id.getKey(), id.getValue()))
                .orElseThrow();
    var shown = known.participants().stream().filter(one -> isShown(known, one)).toList();
    return visit
        .page("console/knowledge", "journal")
        .with("known", known)
        .with("people", shown.stream().map(one -> person(visit, one)).toList())
        .with("others", others(visit, known, shown))
        .with("rows", rows(visit, known, shown))
        .with("leaks", known.leaks().stream().map(leak -> told(visit, leak)).toList())
        .with("rules", Policy.RULES.size() + Policy.OF_ANOTHER_PRINCIPAL.size())
        .with("states", SIGNS)
        .with("orderNo", selected.get(JournalIds.ORDER_NO))
        .with("intentId", selected.get(JournalIds.INTENT_ID))
        .with("back", back(visit, selected))
        .show();
  }

  private static Map<String, String> ids(Visit visit) {
    var ids = new LinkedHashMap<String, String>();
    for (var name : Story.TIES) {
      var value = visit.query(name);
      if (value != null) {
        ids.put(name, value);
      }
    }
    return ids;
  }

  private static String back(Visit visit, Map<String, String> selected) {
    var address = UriComponentsBuilder.fromPath(visit.here() + "/journal");
    selected.forEach((name, _) -> address.queryParam(name, "{" + name + "}"));
    return address.encode().buildAndExpand(selected).toUriString();
  }

  /** A merchant that learned nothing at all has no column of its own. */
  private static boolean isShown(Knowledge known, Knowledge.Participant one) {
    return !one.party().sells()
        || known.cells().stream()
            .anyMatch(cell -> cell.participant().equals(one.id()) && cell.learned() != null);
  }

  private static String others(Visit visit, Knowledge known, List<Knowledge.Participant> shown) {
    return known.participants().stream()
        .filter(one -> !shown.contains(one))
        .map(one -> name(visit, one.id()))
        .collect(Collectors.joining(", "));
  }

  private static List<Row> rows(Visit visit, Knowledge known, List<Knowledge.Participant> shown) {
    var columns = shown.stream().map(Knowledge.Participant::id).collect(Collectors.toSet());
    var rows = new ArrayList<Row>();
    for (var datum : known.data()) {
      var cells =
          known.cells().stream()
              .filter(cell -> cell.datum() == datum && columns.contains(cell.participant()))
              .map(cell -> cell(visit, cell))
              .toList();
      rows.add(new Row(visit.words().say("knowledge.datum." + datum.code()), cells));
    }
    return rows;
  }

  private static Cell cell(Visit visit, Knowledge.Cell cell) {
    var state = cell.state().code();
    var learned = cell.learned();
    return new Cell(
        name(visit, cell.participant()),
        state,
        SIGNS.getOrDefault(state, ""),
        learned == null ? 0 : learned.seq(),
        learned == null ? "" : learned.where(),
        cell.state() == State.KEPT || cell.state() == State.LEAKED ? text(cell.rule()) : "");
  }

  private static Person person(Visit visit, Knowledge.Participant one) {
    return new Person(name(visit, one.id()), actor(one.party()));
  }

  private static String actor(Party party) {
    return switch (party) {
      case YOU -> "you";
      case AGENT -> "agent";
      case MERCHANT, SHOP, SELLER -> "merchant";
      case PSP -> "psp";
      case DELEGATIONS, TRUST, NOBODY -> "trust";
    };
  }

  private static Told told(Visit visit, Knowledge.Leak leak) {
    var trace = leak.trace();
    var words = visit.words();
    var who = name(visit, leak.participant());
    var what = words.say("knowledge.datum." + leak.datum().code());
    var from = trace.from() == null ? who : name(visit, trace.from());
    var to = leak.to();
    var said =
        to == null
            ? words.say("knowledge.leak", who, what, from, leak.rule())
            : words.say("knowledge.leak.passed", who, what, name(visit, to), leak.rule());
    return new Told(said, trace.seq(), trace.where(), trace.value());
  }

  private static String name(Visit visit, String did) {
    return new Narrator(visit.words()).name(did);
  }

  private static String text(@Nullable String rule) {
    return rule == null ? "" : rule;
  }

  private static Map<String, String> signs() {
    var signs = new LinkedHashMap<String, String>();
    signs.put("own", "●");
    signs.put("told", "✓");
    signs.put("not", "–");
    signs.put("kept", "⊘");
    signs.put("leaked", "✕");
    return signs;
  }
}
