package org.actsandbox.merchants.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.shelf.DataFileReader;

/**
 * Translates in one direction with a list of phrases. A template such as {@code over {1} days it
 * rose {2} percent} puts the words in the right order of the other language; text that no template
 * covers is translated phrase by phrase.
 */
final class Phrasebook {

  static final Phrasebook TO_CHINESE = new Phrasebook(0, 1);
  static final Phrasebook TO_ENGLISH = new Phrasebook(1, 0);

  /** The most words in a slot; with more words the clause is another sentence. */
  private static final int MAX_WORDS_IN_SLOT = 10;

  private final Map<String, String> phrases = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();
  private int longest;

  /**
   * Represents a sentence with slots.
   *
   * @param parts words and slots; slots are {@code {1}} to {@code {9}}
   */
  private record Template(List<String> parts, String target) {}

  private Phrasebook(int from, int to) {
    for (var row : DataFileReader.read(Phrasebook.class, "phrases.txt")) {
      var words = SentenceTokenizer.of(row[from]);
      if (row[from].indexOf('{') >= 0) {
        templates.add(new Template(words, row[to]));
      } else {
        phrases.putIfAbsent(SentenceTokenizer.key(words), row[to]);
        longest = Math.max(longest, words.size());
      }
    }
  }

  int size() {
    return phrases.size() + templates.size();
  }

  /**
   * Represents a translated text.
   *
   * @param text the text in the other language; words without a translation are as they were
   * @param unknown the words without a translation
   */
  record TranslatedText(String text, List<String> unknown) {}

  /**
   * Translates clause by clause; punctuation keeps its place.
   *
   * @param wholeSentences whether templates are used, otherwise only phrases
   */
  TranslatedText translate(String text, boolean wholeSentences, SentenceTokenizer.Style style) {
    var unknown = new ArrayList<String>();
    var translated = new ArrayList<String>();
    var clause = new ArrayList<String>();
    for (var word : SentenceTokenizer.of(text)) {
      if (SentenceTokenizer.isPunctuation(word)) {
        translateClause(clause, wholeSentences, translated, unknown);
        clause.clear();
        translated.add(style.punctuation(word));
      } else {
        clause.add(word);
      }
    }
    translateClause(clause, wholeSentences, translated, unknown);
    return new TranslatedText(style.join(translated), List.copyOf(unknown));
  }

  private void translateClause(
      List<String> clause, boolean wholeSentences, List<String> translated, List<String> unknown) {
    if (clause.isEmpty()) {
      return;
    }
    if (wholeSentences) {
      for (var template : templates) {
        var slots = new HashMap<String, List<String>>();
        if (matches(template.parts(), 0, clause, 0, slots)) {
          fill(template, slots, translated, unknown);
          return;
        }
      }
    }
    phraseByPhrase(clause, translated, unknown);
  }

  private void fill(
      Template template,
      Map<String, List<String>> slots,
      List<String> translated,
      List<String> unknown) {
    for (var part : SentenceTokenizer.of(template.target())) {
      var filled = slots.get(part);
      if (filled == null) {
        translated.add(part);
      } else {
        phraseByPhrase(filled, translated, unknown);
      }
    }
  }

  /** Translates phrase by phrase, at each place the longest phrase that is known. */
  private void phraseByPhrase(List<String> words, List<String> translated, List<String> unknown) {
    int at = 0;
    while (at < words.size()) {
      int length = longestPhraseAt(words, at);
      if (length > 0) {
        translated.add(phrases.get(SentenceTokenizer.key(words.subList(at, at + length))));
        at += length;
        continue;
      }
      var word = words.get(at);
      translated.add(word);
      if (!SentenceTokenizer.isNumber(word)) {
        unknown.add(word);
      }
      at++;
    }
  }

  private int longestPhraseAt(List<String> words, int at) {
    for (int length = Math.min(longest, words.size() - at); length > 0; length--) {
      if (phrases.containsKey(SentenceTokenizer.key(words.subList(at, at + length)))) {
        return length;
      }
    }
    return 0;
  }

  private static boolean matches(
      List<String> parts, int part, List<String> words, int word, Map<String, List<String>> slots) {
    if (part == parts.size()) {
      return word == words.size();
    }
    var wanted = parts.get(part);
    if (!SentenceTokenizer.isSlot(wanted)) {
      return word < words.size()
          && wanted.equalsIgnoreCase(words.get(word))
          && matches(parts, part + 1, words, word + 1, slots);
    }
    int most = Math.min(MAX_WORDS_IN_SLOT, words.size() - word);
    for (int length = 1; length <= most; length++) {
      if (matches(parts, part + 1, words, word + length, slots)) {
        slots.put(wanted, words.subList(word, word + length));
        return true;
      }
    }
    return false;
  }
}
