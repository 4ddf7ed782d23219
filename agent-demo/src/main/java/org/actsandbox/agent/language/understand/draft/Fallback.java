package org.actsandbox.agent.language.understand.draft;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds what changes when a wish is not to be had, as the difference of two wishes, so that it
 * counts for what is changed in the wish later, too.
 */
final class Fallback {

  /** These fields say one thing together: a principal who names one anew has decided all. */
  private static final List<Set<String>> TOGETHER =
      List.of(
          Set.of("depart_after", "depart_before", "arrive_after", "arrive_before", "sort"),
          Set.of("date", "latest_date"));

  private final JsonNode first;
  private final JsonNode other;

  Fallback(Wish first, Wish other) {
    this.first = Json.tree(first);
    this.other = Json.tree(other);
  }

  /** Returns the difference of two wishes; null if there is none. */
  static @Nullable Fallback between(Wish first, @Nullable Wish other) {
    return other == null || other.equals(first) ? null : new Fallback(first, other);
  }

  /** Returns the wish with what is wished otherwise, unless that has been decided anew. */
  Wish addTo(Wish wish) {
    var now = Json.tree(wish);
    var changed = (ObjectNode) now.deepCopy();
    var names = new TreeSet<>(first.propertyNames());
    names.addAll(other.propertyNames());
    for (var name : names) {
      if (first.path(name).equals(other.path(name))) {
        continue;
      }
      if (now.path(name).isArray()) {
        exchange(changed, name);
      } else if (together(name).allMatch(each -> Objects.equals(now.get(each), first.get(each)))) {
        changed.set(name, other.get(name));
      }
    }
    return changed.equals(now) ? wish : wish.withOtherwise(Json.read(changed, Wish.class));
  }

  private static Stream<String> together(String name) {
    return TOGETHER.stream()
        .filter(names -> names.contains(name))
        .findFirst()
        .map(Set::stream)
        .orElse(Stream.of(name));
  }

  private void exchange(ObjectNode wish, String name) {
    var kept =
        wish.path(name)
            .valueStream()
            .filter(each -> !has(first, name, each) || has(other, name, each))
            .toList();
    var added = other.path(name).valueStream().filter(each -> !has(first, name, each)).toList();
    wish.putArray(name).addAll(kept).addAll(added);
  }

  private static boolean has(JsonNode wish, String name, JsonNode value) {
    return wish.path(name).valueStream().anyMatch(value::equals);
  }
}
