package org.actsandbox.protocol.vocabulary;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a kind of goods with all its names, such as "power bank".
 *
 * @param category the code of the shops' department
 * @param otherNames names that mean the kind in any sentence
 * @param searchNames names that mean it only in a search for goods, because in a sentence they mean
 *     something else, as "light" does
 */
public record GoodsKind(
    String category, Text name, List<String> otherNames, List<String> searchNames) {

  /** Returns the names by which it is understood in any sentence. */
  public List<String> sentenceNames() {
    return Stream.concat(Stream.of(name.en(), name.zh()), otherNames.stream()).toList();
  }

  /** Returns every name by which a shop must know the kind. */
  public List<String> allNames() {
    return Stream.concat(sentenceNames().stream(), searchNames.stream()).toList();
  }
}
