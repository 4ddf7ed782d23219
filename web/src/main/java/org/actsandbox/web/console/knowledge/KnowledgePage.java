package org.actsandbox.web.console.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.RelatedEntries;
import org.actsandbox.sandbox.knowledge.Datum;
import org.actsandbox.sandbox.knowledge.Knowledge;
import org.actsandbox.sandbox.knowledge.Knowledge.State;
import org.actsandbox.sandbox.knowledge.KnowledgeMemory;
import org.actsandbox.sandbox.knowledge.KnowledgePolicy;
import org.actsandbox.sandbox.knowledge.ParticipantKind;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.picture.LeakPicture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Shows which participant knows which data of a world or of a purchase, with a row per datum and a
 * column per participant; sellers that know the same share one.
 */
@Controller
class KnowledgePage {

  /** The sign of each state; its word is read out in each cell and seen in the legend. */
  private static final Map<String, String> SIGNS = signs();

  private final KnowledgeMemory knowledgeMemory;

  KnowledgePage(KnowledgeMemory knowledgeMemory) {
    this.knowledgeMemory = knowledgeMemory;
  }

  private record Person(String name, String actor) {}

  /**
   * Says whether a participant knows a datum.
   *
   * @param seq number of the journal entry in which the participant first learned the datum; 0 for
   *     none
   * @param where the place in that entry
   * @param word says the state
   * @param rule the rule that keeps the datum from the participant; empty for none
   */
  private record Cell(
      String participant,
      String state,
      String sign,
      long seq,
      String where,
      String word,
      String rule) {}

  private record Row(String datum, List<Cell> cells) {}

  private record LeakLine(String text, long seq, String where, String value) {}

  /**
   * Shows the table. The link from the journal also contains its other filters, which have no
   * effect here. While a whole world has to be read, the page is shown without the table and asks
   * for it.
   */
  @GetMapping("/console/{world}/knowledge")
  Rendering show(PageRequest pageRequest) {
    var selected = JournalSelection.of(ids(pageRequest)).filters();
    var reader = knowledgeMemory.of(pageRequest.world());
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/knowledge :: known", model(pageRequest, selected));
    }
    var pageBuilder =
        pageRequest
            .page("console/knowledge", "journal")
            .with("orderNo", selected.get(JournalIds.ORDER_NO))
            .with("intentId", selected.get(JournalIds.INTENT_ID))
            .with("back", back(pageRequest, selected));
    if (selected.isEmpty() && pageRequest.query("now") == null && !reader.isRead()) {
      return pageBuilder.with("late", pageRequest.here() + "/knowledge").show();
    }
    model(pageRequest, selected).forEach(pageBuilder::with);
    return pageBuilder.show();
  }

  private Map<String, Object> model(PageRequest pageRequest, Map<String, String> selected) {
    var reader = knowledgeMemory.of(pageRequest.world());
    var known =
        selected.isEmpty()
            ? reader.all()
            : selected.entrySet().stream()
                .findFirst()
                .map(id -> reader.of(id.getKey(), id.getValue()))
                .orElseThrow();
    var shown =
        known.participants().stream().filter(participant -> isShown(known, participant)).toList();
    var columns = columns(known, shown);
    return Map.of(
        "known",
        known,
        "people",
        columns.stream().map(column -> person(pageRequest, column)).toList(),
        "others",
        others(pageRequest, known, shown),
        "rows",
        rows(pageRequest, known, columns),
        "told",
        told(pageRequest, known, shown),
        "leaks",
        known.leaks().stream().map(leak -> leakLine(pageRequest, leak)).toList(),
        "rules",
        KnowledgePolicy.RULES.size() + KnowledgePolicy.OF_ANOTHER_PRINCIPAL.size(),
        "states",
        SIGNS);
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

  /** Tells whether a participant gets a column: merchants that learned nothing get none. */
  private static boolean isShown(Knowledge known, Knowledge.Participant participant) {
    return !participant.party().sells()
        || known.cells().stream()
            .anyMatch(
                cell -> cell.participant().equals(participant.id()) && cell.learned() != null);
  }

  private static String others(
      PageRequest pageRequest, Knowledge known, List<Knowledge.Participant> shown) {
    return known.participants().stream()
        .filter(participant -> !shown.contains(participant))
        .map(participant -> name(pageRequest, participant.id()))
        .collect(Collectors.joining(", "));
  }

  /** Puts sellers that know the same into one column; everybody else has a column alone. */
  private static List<List<Knowledge.Participant>> columns(
      Knowledge known, List<Knowledge.Participant> shown) {
    var columns = new LinkedHashMap<Object, List<Knowledge.Participant>>();
    for (var participant : shown) {
      var key =
          participant.party().sells()
              ? known.data().stream()
                  .map(datum -> known.cell(participant.id(), datum).state())
                  .toList()
              : participant.id();
      columns.computeIfAbsent(key, _ -> new ArrayList<>()).add(participant);
    }
    return List.copyOf(columns.values());
  }

  private static List<Row> rows(
      PageRequest pageRequest, Knowledge known, List<List<Knowledge.Participant>> columns) {
    return known.data().stream()
        .map(
            datum ->
                new Row(
                    datum(pageRequest, datum),
                    columns.stream()
                        .map(
                            column ->
                                cell(
                                    pageRequest,
                                    names(pageRequest, column),
                                    known.cell(column.getFirst().id(), datum)))
                        .toList()))
        .toList();
  }

  private static LeakPicture told(
      PageRequest pageRequest, Knowledge known, List<Knowledge.Participant> shown) {
    var actors =
        shown.stream()
            .collect(Collectors.toMap(Knowledge.Participant::id, each -> actor(each.party())));
    var lines =
        known.cells().stream()
            .filter(cell -> cell.state() == State.TOLD || cell.state() == State.LEAKED)
            .filter(cell -> actors.containsKey(cell.participant()))
            .map(
                cell ->
                    new LeakPicture.Told(
                        datum(pageRequest, cell.datum()),
                        name(pageRequest, cell.participant()),
                        actors.getOrDefault(cell.participant(), ""),
                        cell.state() == State.LEAKED))
            .toList();
    return LeakPicture.of(
        known.data().stream().map(datum -> datum(pageRequest, datum)).toList(),
        shown.stream()
            .map(
                each ->
                    new LeakPicture.Place(name(pageRequest, each.id()), actor(each.party()), 0, 0))
            .toList(),
        lines);
  }

  private static String datum(PageRequest pageRequest, Datum datum) {
    return pageRequest.words().say("knowledge.datum." + datum.code());
  }

  private static Cell cell(PageRequest pageRequest, String participant, Knowledge.Cell cell) {
    var state = cell.state().code();
    var learned = cell.learned();
    return new Cell(
        participant,
        state,
        SIGNS.getOrDefault(state, ""),
        learned == null ? 0 : learned.seq(),
        learned == null ? "" : learned.where(),
        pageRequest.words().say("knowledge.state." + state),
        cell.state() == State.KEPT || cell.state() == State.LEAKED ? text(cell.rule()) : "");
  }

  private static Person person(PageRequest pageRequest, List<Knowledge.Participant> column) {
    return new Person(names(pageRequest, column), actor(column.getFirst().party()));
  }

  private static String names(PageRequest pageRequest, List<Knowledge.Participant> column) {
    return column.stream()
        .map(participant -> name(pageRequest, participant.id()))
        .collect(Collectors.joining(", "));
  }

  private static String actor(ParticipantKind participantKind) {
    return switch (participantKind) {
      case YOU -> "principal";
      case AGENT -> "agent";
      case MERCHANT, SHOP, SELLER -> "merchant";
      case PSP -> "psp";
      case DELEGATIONS, TRUST, CREDIT, ASSOCIATION, OUTSIDER -> "trust";
    };
  }

  private static LeakLine leakLine(PageRequest pageRequest, Knowledge.Leak leak) {
    var trace = leak.trace();
    var pageText = pageRequest.words();
    var participant = name(pageRequest, leak.participant());
    var datum = pageText.say("knowledge.datum." + leak.datum().code());
    var from = trace.from() == null ? participant : name(pageRequest, trace.from());
    var to = leak.to();
    var text =
        to == null
            ? pageText.say("knowledge.leak", participant, datum, from, leak.rule())
            : pageText.say(
                "knowledge.leak.passed", participant, datum, name(pageRequest, to), leak.rule());
    return new LeakLine(text, trace.seq(), trace.where(), trace.value());
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
