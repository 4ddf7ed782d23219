package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.text.WordLists;
import org.jspecify.annotations.Nullable;

/** All words and names known, for finding the longest that starts at a position. */
final class Lexicon {

  static final Lexicon KNOWN = new Lexicon();

  /** A word of the lexicon, or a name of the gazetteer with its places. */
  record Entry(@Nullable Topic topic, String value, Set<Place> places) {}

  /** An entry and where it ends in the text. */
  record Hit(Entry entry, int end) {}

  private static final class Node {
    final Map<Character, Node> next = new HashMap<>();
    @Nullable Entry entry;
  }

  private final Node root = new Node();

  private Lexicon() {
    PlaceNames.china()
        .names()
        .forEach((name, places) -> put(name, new Entry(null, "", places), false));
    for (var line : WordLists.lines(Lexicon.class, "lexicon.txt")) {
      var field = line.split("\\|", -1);
      var entry = new Entry(Topic.valueOf(field[0].toUpperCase(Locale.ROOT)), field[1], Set.of());
      for (var form : field[2].split(",", -1)) {
        put(form, entry, true);
      }
    }
  }

  /** The longest entry that starts at {@code start}; Latin words only as whole words. */
  @Nullable Hit longestEntryAt(String text, int start) {
    if (start > 0 && isLatin(text.charAt(start)) && isLatin(text.charAt(start - 1))) {
      return null;
    }
    Node node = root;
    Hit longest = null;
    for (int i = start; i < text.length(); i++) {
      node = node.next.get(text.charAt(i));
      if (node == null) {
        break;
      }
      boolean whole =
          !isLatin(text.charAt(i)) || i + 1 == text.length() || !isLatin(text.charAt(i + 1));
      if (node.entry != null && whole) {
        longest = new Hit(node.entry, i + 1);
      }
    }
    return longest;
  }

  private void put(String form, Entry entry, boolean word) {
    for (var spelling : spellings(form, word)) {
      Node node = root;
      for (int i = 0; i < spelling.length(); i++) {
        node = node.next.computeIfAbsent(spelling.charAt(i), _ -> new Node());
      }
      if (node.entry == null) {
        node.entry = entry;
      }
    }
  }

  private static List<String> spellings(String form, boolean word) {
    var spellings = new ArrayList<String>();
    spellings.add(form);
    if (!isLatin(form.charAt(0))) {
      return spellings;
    }
    if (form.indexOf(' ') > 0) {
      spellings.add(form.replace(' ', '-'));
    }
    if (word && form.length() >= 3 && isLatin(form.charAt(form.length() - 1))) {
      for (var singular : List.copyOf(spellings)) {
        spellings.add(
            singular.endsWith("ch") || singular.endsWith("s") ? singular + "es" : singular + "s");
        if (singular.endsWith("y")) {
          spellings.add(singular.substring(0, singular.length() - 1) + "ies");
        }
      }
    }
    return spellings;
  }

  private static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
