package org.actsandbox.web.console.takeaway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.document.DocumentTemplate;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.decoder.NarratedEntry;
import org.actsandbox.web.console.picture.DiagramLanes;
import org.actsandbox.web.console.picture.MessageFilter;
import org.actsandbox.web.console.words.PageText;

/**
 * Writes journal entries as a file that needs no server: the sequence diagram alone, or a page that
 * plays it and shows each message. Lengths are pixels.
 */
final class RunDocument {

  private static final DocumentTemplate PAGE = DocumentTemplate.of(RunDocument.class, "run.html");
  private static final DocumentTemplate PICTURE =
      DocumentTemplate.of(RunDocument.class, "diagram.html");

  private static final int LANE = 170;
  private static final int HEAD = 56;
  private static final int LINE = 30;

  private final PageText words;
  private final DiagramLanes lanes = new DiagramLanes();
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private int height = HEAD;

  /** Creates it of the messages among entries, as diagrams show them; of all if none is one. */
  RunDocument(PageText words, List<JournalEntry> selected) {
    this.words = words;
    var narrator = new EntryNarrator(words);
    var messages = selected.stream().filter(MessageFilter::isMessage).toList();
    var entries = messages.isEmpty() ? selected : messages;
    entries.forEach(entry -> lanes.addAnyParticipants(entry, narrator::nameInWorld));
    for (var entry : entries) {
      rows.add(row(narrator.narrate(entry), entry));
    }
  }

  private Map<String, Object> row(NarratedEntry narrated, JournalEntry entry) {
    var row = new HashMap<String, Object>();
    row.put("seq", narrated.seq());
    row.put("caption", narrated.sentence());
    row.put("time", words.exactMoment(entry.at()));
    row.put("wrong", narrated.wrong() ? "wrong" : "");
    row.put("raw", Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(entry.data()));
    int from = x(narrated.from());
    var arrows = new ArrayList<Map<String, Object>>();
    if (narrated.to() == null) {
      arrows.add(arrow(from, from, narrated.request(), "note"));
    } else {
      int to = x(narrated.to());
      arrows.add(arrow(from, to, narrated.request(), "request"));
      if (!narrated.answer().isEmpty()) {
        arrows.add(arrow(to, from, narrated.answer(), "answer"));
      }
    }
    row.put("arrows", arrows);
    return row;
  }

  private Map<String, Object> arrow(int from, int to, String text, String kind) {
    height += LINE;
    int head = to >= from ? to - 8 : to + 8;
    int y = height - 8;
    return Map.of(
        "kind", kind,
        "from", from,
        "to", to,
        "y", y,
        "textX", kind.equals("note") ? from + 10 : (from + to) / 2,
        "textY", kind.equals("note") ? y + 4 : y - 6,
        "head", "M" + head + " " + (y - 4) + "L" + to + " " + y + "L" + head + " " + (y + 4) + "z",
        "text", text);
  }

  private int x(String participant) {
    return LANE / 2 + LANE * lanes.index(participant).orElse(0);
  }

  private Map<String, Object> model(String title) {
    var heads = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < lanes.size(); i++) {
      var lane = lanes.all().get(i);
      heads.add(
          Map.of(
              "x", LANE / 2 + LANE * i,
              "name", words.text(lane.name()),
              "actor", lane.actor()));
    }
    var model = new HashMap<String, Object>();
    model.put("title", title);
    model.put("lang", words.lang());
    model.put("width", LANE * lanes.size() + LANE / 2);
    model.put("height", height + LINE / 2);
    model.put("head", HEAD);
    model.put("lanes", heads);
    model.put("rows", rows);
    for (var key : List.of("play", "back", "step", "pace", "png", "svg", "apng", "note")) {
      model.put(key, words.say("takeaway." + key));
    }
    return model;
  }

  /** Returns a page that plays the run; it loads nothing. */
  String page(String title) {
    return PAGE.fill(model(title));
  }

  /** Returns the diagram as a document of its own. */
  String picture(String title) {
    return PICTURE.fill("picture", model(title));
  }
}
