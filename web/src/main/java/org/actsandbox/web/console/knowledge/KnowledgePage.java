package org.actsandbox.web.console.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.RelatedEntries;
import org.actsandbox.sandbox.knowledge.Knowledge;
import org.actsandbox.sandbox.knowledge.Knowledge.State;
import org.actsandbox.sandbox.knowledge.KnowledgePolicy;
import org.actsandbox.sandbox.knowledge.KnowledgeReader;
import org.actsandbox.sandbox.knowledge.ParticipantKind;
import org.actsandbox.sandbox.knowledge.StoredParticipantTexts;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
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

  private final StoredParticipantTexts storedParticipantTexts;

  KnowledgePage(StoredParticipantTexts storedParticipantTexts) {
    this.storedParticipantTexts = storedParticipantTexts;
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
  Rendering show(PageRequest pageRequest) {
    var selected = JournalSelection.of(ids(pageRequest)).filters();
    var reading = new KnowledgeReader(pageRequest.world(), storedParticipantTexts);
    var known =
        selected.isEmpty()
            ? reading.all()
            : selected.entrySet().stream()
                .findFirst()
                .map(id -> reading.of(id.getKey(), id.getValue()))
                .orElseThrow();
    var shown = known.participants().stream().filter(one -> isShown(known, one)).toList();
    return pageRequest
        .page("console/knowledge", "journal")
        .with("known", known)
        .with("people", shown.stream().map(one -> person(pageRequest, one)).toList())
        .with("others", others(pageRequest, known, shown))
        .with("rows", rows(pageRequest, known, shown))
        .with("leaks", known.leaks().stream().map(leak -> told(pageRequest, leak)).toList())
        .with("rules", KnowledgePolicy.RULES.size() + KnowledgePolicy.OF_ANOTHER_PRINCIPAL.size())
        .with("states", SIGNS)
        .with("orderNo", selected.get(JournalIds.ORDER_NO))
        .with("intentId", selected.get(JournalIds.INTENT_ID))
        .with("back", back(pageRequest, selected))
        .show();
  }

  private static Map<String, String> ids(PageRequest pageRequest) {
    var ids = new LinkedHashMap<String, String>();
    for (var name : RelatedEntries.LINKING_IDS) {
      var value = pageRequest.query(name);
      if (value != null) {
        ids.put(name, value);
      }
    }
    return ids;
  }

  private static String back(PageRequest pageRequest, Map<String, String> selected) {
    var address = UriComponentsBuilder.fromPath(pageRequest.here() + "/journal");
    selected.forEach((name, _) -> address.queryParam(name, "{" + name + "}"));
    return address.encode().buildAndExpand(selected).toUriString();
  }

  /** A merchant that learned nothing at all has no column of its own. */
  private static boolean isShown(Knowledge known, Knowledge.Participant one) {
    return !one.party().sells()
        || known.cells().stream()
            .anyMatch(cell -> cell.participant().equals(one.id()) && cell.learned() != null);
  }

  private static String others(
      PageRequest pageRequest, Knowledge known, List<Knowledge.Participant> shown) {
    return known.participants().stream()
        .filter(one -> !shown.contains(one))
        .map(one -> name(pageRequest, one.id()))
        .collect(Collectors.joining(", "));
  }

  private static List<Row> rows(
      PageRequest pageRequest, Knowledge known, List<Knowledge.Participant> shown) {
    var columns = shown.stream().map(Knowledge.Participant::id).collect(Collectors.toSet());
    var rows = new ArrayList<Row>();
    for (var datum : known.data()) {
      var cells =
          known.cells().stream()
              .filter(cell -> cell.datum() == datum && columns.contains(cell.participant()))
              .map(cell -> cell(pageRequest, cell))
              .toList();
      rows.add(new Row(pageRequest.words().say("knowledge.datum." + datum.code()), cells));
    }
    return rows;
  }

  private static Cell cell(PageRequest pageRequest, Knowledge.Cell cell) {
    var state = cell.state().code();
    var learned = cell.learned();
    return new Cell(
        name(pageRequest, cell.participant()),
        state,
        SIGNS.getOrDefault(state, ""),
        learned == null ? 0 : learned.seq(),
        learned == null ? "" : learned.where(),
        cell.state() == State.KEPT || cell.state() == State.LEAKED ? text(cell.rule()) : "");
  }

  private static Person person(PageRequest pageRequest, Knowledge.Participant one) {
    return new Person(name(pageRequest, one.id()), actor(one.party()));
  }

  private static String actor(ParticipantKind participantKind) {
    return switch (participantKind) {
      case YOU -> "you";
      case AGENT -> "agent";
      case MERCHANT, SHOP, SELLER -> "merchant";
      case PSP -> "psp";
      case DELEGATIONS, TRUST, NOBODY -> "trust";
    };
  }

  private static Told told(PageRequest pageRequest, Knowledge.Leak leak) {
    var trace = leak.trace();
    var pageText = pageRequest.words();
    var who = name(pageRequest, leak.participant());
    var what = pageText.say("knowledge.datum." + leak.datum().code());
    var from = trace.from() == null ? who : name(pageRequest, trace.from());
    var to = leak.to();
    var said =
        to == null
            ? pageText.say("knowledge.leak", who, what, from, leak.rule())
            : pageText.say("knowledge.leak.passed", who, what, name(pageRequest, to), leak.rule());
    return new Told(said, trace.seq(), trace.where(), trace.value());
  }

  private static String name(PageRequest pageRequest, String did) {
    return new EntryNarrator(pageRequest.words()).name(did);
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
