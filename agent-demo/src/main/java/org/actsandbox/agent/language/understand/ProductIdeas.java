package org.actsandbox.agent.language.understand;

import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.read.Topic;

/**
 * Knows the goods that are wished by what they are for: "something warm to wear". The agent asks
 * which goods are meant and names some; their names stand under the key in the question bundles.
 */
final class ProductIdeas {

  static final List<Rule> ALL = RuleFile.of(ProductIdeas.class, "ideas.txt").lines();

  private ProductIdeas() {}

  /** Finds the ideas for a sentence that names no goods; the first line that fits is taken. */
  static Optional<String> find(AnnotatedSentence annotated) {
    boolean namesGoods =
        annotated.all(Word.class).anyMatch(word -> word.isOf(Topic.PRODUCT) && !word.negated());
    if (namesGoods) {
      return Optional.empty();
    }
    var sentence = annotated.sentence();
    for (var each : ALL) {
      var match = each.pattern().whole().matcher(sentence.plain());
      if (match.find()) {
        sentence.use(match.start(), match.end());
        return Optional.of(each.kind());
      }
    }
    return Optional.empty();
  }
}
