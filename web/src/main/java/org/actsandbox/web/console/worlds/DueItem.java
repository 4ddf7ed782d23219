package org.actsandbox.web.console.worlds;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.databind.JsonNode;

/**
 * Shows one thing that waits for the world's clock, in the reader's language. What several
 * participants do without a subject, such as deleting old requests, is one thing at the earliest
 * moment.
 *
 * @param participant names of the participants that wait
 * @param subject id of the order, payment or message; empty for none
 */
public record DueItem(Instant at, String text, String participant, String subject) {

  static List<DueItem> all(JsonNode items, PageText pageText) {
    var entryNarrator = new EntryNarrator(pageText);
    var dueItems = new LinkedHashMap<String, DueItem>();
    for (var item : items) {
      var dueItem = of(item, pageText, entryNarrator);
      var key =
          dueItem.subject().isEmpty() ? dueItem.text() : dueItem.text() + " " + dueItem.subject();
      dueItems.merge(key, dueItem, DueItem::with);
    }
    return List.copyOf(dueItems.values());
  }

  private DueItem with(DueItem later) {
    var all = new LinkedHashSet<>(List.of(participant.split(", ", -1)));
    all.add(later.participant());
    return new DueItem(at, text, String.join(", ", all), subject);
  }

  private static DueItem of(JsonNode item, PageText pageText, EntryNarrator entryNarrator) {
    var what = item.path("what").asString();
    return new DueItem(
        Instant.parse(item.path("at").asString()),
        pageText.sayOr("due." + what.replace(' ', '_'), what),
        entryNarrator.name("did:act:" + item.path("participant").asString()),
        item.path("subject").asString());
  }
}
