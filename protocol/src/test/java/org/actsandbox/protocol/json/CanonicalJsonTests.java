package org.actsandbox.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests canonical JSON (RFC 8785) and the input that it refuses. */
class CanonicalJsonTests {

  /** Checks ACT ADD-4.b. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"b":1,"a":2}             | {"a":2,"b":1}
          { "a" : [ 1 , true,null]} | {"a":[1,true,null]}
          {"n":1.0}                 | {"n":1}
          {"n":1e3}                 | {"n":1000}
          {"n":-0.0}                | {"n":0}
          {"n":0.000001}            | {"n":0.000001}
          {"n":1e-7}                | {"n":1e-7}
          {"n":9007199254740991}    | {"n":9007199254740991}
          {"s":"\\u20ac\\u000f\\n"} | {"s":"€\\u000f\\n"}
          {"s":"\\/\\"\\\\"}        | {"s":"/\\"\\\\"}
          {"€":1,"\\r":2,"1":3}     | {"\\r":2,"1":3,"€":1}
          """)
  void writesTheCanonicalForm(String json, String canonical) {
    assertThat(CanonicalJson.text(Json.parse(json))).isEqualTo(canonical);
  }

  @Test
  void sortsByUtf16UnitsNotByCodePoints() {
    var tree = Json.object().put("\uFB33", "late").put("\uD83D\uDE00", "early");
    assertThat(CanonicalJson.text(tree))
        .isEqualTo("{\"\uD83D\uDE00\":\"early\",\"\uFB33\":\"late\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"n\":9007199254740992}",
        "{\"n\":-9007199254740993}",
        "{\"n\":0.1234567890123456789}",
        "{\"n\":1e400}",
        "{\"n\":1e-400}",
        "{\"s\":\"\\ud800\"}",
        "{\"s\":\"a\\udc00b\"}",
        "{\"\\ud800\":1}",
      })
  void refusesInputWithoutAnExactForm(String json) {
    assertThatThrownBy(() -> CanonicalJson.bytes(Json.parse(json)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static IntStream seeds() {
    return IntStream.range(0, 1500);
  }

  /** The canonical form does not depend on the order of members, and equals the reference's. */
  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithTheReferenceOnRandomTrees(int seed) throws IOException {
    var random = new Random(seed);
    var tree = tree(random, 0);
    var canonical = CanonicalJson.text(tree);
    assertThat(canonical).isEqualTo(new JsonCanonicalizer(Json.write(tree)).getEncodedString());
    assertThat(CanonicalJson.text(shuffled(tree, random))).isEqualTo(canonical);
    assertThat(CanonicalJson.text(Json.parse(canonical))).isEqualTo(canonical);
  }

  private static ObjectNode tree(Random random, int depth) {
    var object = Json.object();
    for (int i = random.nextInt(6) + (depth == 0 ? 1 : 0); i > 0; i--) {
      var name = text(random);
      switch (random.nextInt(depth > 3 ? 4 : 6)) {
        case 0 -> object.put(name, text(random));
        case 1 -> object.put(name, random.nextInt());
        case 2 -> object.put(name, random.nextBoolean());
        case 3 -> object.putNull(name);
        case 4 -> object.set(name, tree(random, depth + 1));
        default ->
            object
                .putArray(name)
                .add(tree(random, depth + 1))
                .add(random.nextInt(100) / 8.0)
                .add(random.nextLong() >> (11 + random.nextInt(50)))
                .add(random.nextGaussian() * Math.pow(10, random.nextInt(36) - 22));
      }
    }
    return object;
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> 0x20 + random.nextInt(0x60);
            case 4 -> 0x2020 + random.nextInt(0x10);
            case 2 -> 0x4e00 + random.nextInt(0x100);
            default -> 0x1f600 + random.nextInt(0x40);
          });
    }
    return text.toString();
  }

  private static JsonNode shuffled(ObjectNode tree, Random random) {
    var names = new ArrayList<>(tree.propertyNames());
    Collections.shuffle(names, random);
    var object = Json.object();
    names.forEach(
        name ->
            object.set(
                name,
                tree.get(name) instanceof ObjectNode nested
                    ? shuffled(nested, random)
                    : tree.get(name)));
    return object;
  }
}
