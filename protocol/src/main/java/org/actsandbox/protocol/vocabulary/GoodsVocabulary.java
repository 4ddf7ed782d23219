package org.actsandbox.protocol.vocabulary;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/** Lists the goods and brands that agent and shops know by the same names (ADR 100). */
public final class GoodsVocabulary {

  /** Represents an invented brand and the category whose goods it makes. */
  public record Brand(String category, Text name) {}

  private static final List<Brand> BRANDS = new ArrayList<>();
  private static final List<GoodsKind> KINDS = new ArrayList<>();

  static {
    for (var line : WordLists.lines(GoodsVocabulary.class, "goods.txt")) {
      var field = line.split("\\|", -1);
      var name = new Text(field[2], field[3]);
      if (field[0].equals("brand")) {
        BRANDS.add(new Brand(field[1], name));
      } else if (field[0].equals("kind")) {
        var searchNames = field.length > 5 ? WordLists.parts(field[5]) : List.<String>of();
        KINDS.add(new GoodsKind(field[1], name, WordLists.parts(field[4]), searchNames));
      } else {
        throw new IllegalStateException("goods.txt: neither brand nor kind: " + line);
      }
    }
  }

  private GoodsVocabulary() {}

  public static List<Brand> brands() {
    return List.copyOf(BRANDS);
  }

  public static List<GoodsKind> kinds() {
    return List.copyOf(KINDS);
  }

  /**
   * Finds the kind that the data of a shop names.
   *
   * @throws IllegalStateException if no line of {@code goods.txt} has it
   */
  public static GoodsKind require(String english) {
    return KINDS.stream()
        .filter(kind -> kind.name().en().equals(english))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("goods.txt has no line for " + english));
  }
}
