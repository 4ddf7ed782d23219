package org.actsandbox.sandbox.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.journal.PrincipalJournalFilter;
import org.actsandbox.sandbox.journal.RelatedEntries;
import org.actsandbox.sandbox.key.Principals;
import org.jspecify.annotations.Nullable;

/**
 * Holds the filters of a journal query, by the names of the query parameters; an id selects all
 * entries of its purchase.
 *
 * @param filters kind, component, participant, request_id, principal, and at most one id
 */
public record JournalSelection(Map<String, String> filters) {

  /** Limit of the entries of one purchase; a longer list is cut and marked as incomplete. */
  public static final int MAX_RELATED_ENTRIES = 3_000;

  private static final String PRINCIPAL = "principal";

  private static final List<String> OTHER_FILTERS =
      List.of("kind", "component", "participant", "request_id", PRINCIPAL);

  public JournalSelection {
    filters = Map.copyOf(filters);
  }

  /** Represents a page of the selected entries. */
  public record Page(List<JournalEntry> items, long lookedUpTo, boolean last) {}

  /**
   * Reads the filters from query parameters; all other parameters are ignored.
   *
   * @throws Refusal {@code invalid_field} for two ids
   */
  public static JournalSelection of(Map<String, String> params) {
    var filters = new LinkedHashMap<String, String>();
    for (var name : names()) {
      var value = params.get(name);
      if (value != null && !value.isBlank()) {
        filters.put(name, value.strip());
      }
    }
    if (RelatedEntries.LINKING_IDS.stream().filter(filters::containsKey).count() > 1) {
      throw new Refusal(Problem.INVALID_FIELD, "a story is found by one id")
          .expected("one of " + String.join(", ", RelatedEntries.LINKING_IDS));
    }
    return new JournalSelection(filters);
  }

  /**
   * Returns this selection if it is possible in a world with these principals.
   *
   * @throws Refusal {@code invalid_field} for an unknown kind or principal
   */
  public JournalSelection checked(Principals principals) {
    var principal = filters.get(PRINCIPAL);
    if (principal != null) {
      principals.require(principal);
    }
    query(0, 1);
    return this;
  }

  public static List<String> names() {
    var names = new ArrayList<>(OTHER_FILTERS);
    names.addAll(RelatedEntries.LINKING_IDS);
    return List.copyOf(names);
  }

  public boolean isEverything() {
    return filters.isEmpty();
  }

  public @Nullable RelatedEntries relatedEntries(JournalStore journal) {
    return RelatedEntries.LINKING_IDS.stream()
        .filter(filters::containsKey)
        .findFirst()
        .map(
            name ->
                RelatedEntries.of(
                    journal, name, String.valueOf(filters.get(name)), MAX_RELATED_ENTRIES))
        .orElse(null);
  }

  /** Returns the filter for the selected principal; null when all principals are selected. */
  public @Nullable PrincipalJournalFilter principalFilter(JournalStore journal) {
    var principal = filters.get(PRINCIPAL);
    return principal == null ? null : new PrincipalJournalFilter(journal, principal);
  }

  /** Returns the query for all filters except the ids and the principal. */
  public JournalQuery query(long after, int limit) {
    var kind = filters.get("kind");
    return new JournalQuery(
        after,
        limit,
        kind == null ? null : kind(kind),
        filters.get("component"),
        null,
        null,
        Map.of(),
        filters.get("participant"),
        filters.get("request_id"));
  }

  /**
   * Reads the page after {@code after}; the entries of a purchase are searched again each time,
   * because there may be new ones.
   */
  public Page page(JournalStore journal, long after, int limit) {
    var query = query(after, limit);
    var related = relatedEntries(journal);
    var principalJournalFilter = principalFilter(journal);
    if (related == null) {
      long last = journal.lastSeq();
      var page =
          principalJournalFilter == null ? journal.page(query) : principalJournalFilter.page(query);
      return new Page(page.items(), page.lookedUpTo(), page.lookedUpTo() >= last);
    }
    var rest =
        related.entries().stream()
            .filter(each -> each.seq() > after && query.fits(each))
            .filter(each -> principalJournalFilter == null || principalJournalFilter.concerns(each))
            .toList();
    var items = rest.subList(0, Math.min(limit, rest.size()));
    return new Page(
        items, items.isEmpty() ? after : items.getLast().seq(), items.size() == rest.size());
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
}
