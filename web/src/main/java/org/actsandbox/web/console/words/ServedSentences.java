package org.actsandbox.web.console.words;

import java.util.Optional;
import org.actsandbox.protocol.document.SentenceCatalog;

/**
 * Knows the Chinese of the sentences that the server says to programs: what was wrong with a
 * request, what would have been right, how an attempt ended. Their English is part of the API.
 */
final class ServedSentences {

  static final SentenceCatalog CATALOG =
      SentenceCatalog.of(ServedSentences.class, "sentences_zh.txt");

  private ServedSentences() {}

  /** Returns the sentence in the language; empty if only its English is known. */
  static Optional<String> find(String lang, String english) {
    return lang.equals("zh") && !english.isEmpty()
        ? CATALOG.translate(english)
        : Optional.of(english);
  }
}
