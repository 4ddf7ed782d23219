package org.actsandbox.sandbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests that a copy without a tree is, byte for byte, what masking of the tree gives. */
class MaskedCopyTests {

  private static final String PIN = "482913";
  private static final String KEY = "act_principal_demo_0123456789abcdef0123456789abcdef01234567";

  private static final List<String> NAMES =
      List.of(
          "name",
          "field",
          "value",
          "pin",
          "newPin",
          "amount",
          "description",
          "intent_id",
          "client",
          "secret",
          "a",
          "密码",
          "é",
          "😀",
          "count",
          "protocol");

  private static final List<String> TEXTS =
      List.of(
          "",
          PIN,
          "pay with 48 29 13",
          "739154",
          "my pin is 739154",
          KEY,
          "***PIN***",
          "***",
          "6222 0212 3456 7890",
          "pin",
          "intent-1",
          "😀 \u0001 \" \\ / \u2028 é",
          "1.50",
          "482913.00");

  private final SecretMasker masker = new SecretMasker(PIN::equals);
  private final CopyBuffers buffers = new CopyBuffers();
  private final Random random = new Random(20_261_128);

  @Test
  void aCopyIsTheMaskedTree() {
    int copies = 0;
    for (int i = 0; i < 5_000; i++) {
      var json = Json.write(randomTree(0));
      if (assertSame(json)) {
        copies++;
      }
    }
    // Most messages need no tree; otherwise the comparison would say nothing.
    assertThat(copies).isGreaterThan(2_000);
  }

  /** The members of a note are masked without a tree, and must come out as those of a tree. */
  @Test
  void theMembersOfAnObjectAreThoseOfItsMaskedTree() {
    for (int i = 0; i < 5_000; i++) {
      var object = new HashMap<String, Object>();
      for (int members = random.nextInt(6); members > 0; members--) {
        object.put(NAMES.get(random.nextInt(NAMES.size())), randomValue());
      }
      var tree = masker.mask(Json.tree(object));

      assertThat(Json.write(masker.members(object))).isEqualTo(Json.write(tree));
      // Masking a tree changes it, and those in the object are the caller's.
      assertThat(Json.write(masker.members(object))).isEqualTo(Json.write(tree));
    }
  }

  private Object randomValue() {
    return switch (random.nextInt(9)) {
      case 0 -> 482_913;
      case 1 -> 482_913L;
      case 2 -> random.nextBoolean();
      case 3 -> new BigDecimal("482913.00");
      case 4 -> Instant.ofEpochSecond(482_913);
      case 5 -> randomTree(0);
      case 6 -> List.of(PIN, KEY, 482_913);
      default -> TEXTS.get(random.nextInt(TEXTS.size()));
    };
  }

  /** Each of these texts has a copy, so what is masked must be found in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pin\":482913}",
        "{\"x\":482913}",
        "{\"x\":[482913,-482913,4829130]}",
        "{\"amount\":482913}",
        "{\"pin\":{\"name\":\"pin\",\"value\":\"1\"}}",
        "{\"pin\":[1,[2,{\"a\":1.5}]],\"next\":\"482913\"}",
        "{\"pin\":null,\"new_pin\":true}",
        "{\"a\":-0,\"b\":9223372036854775807,\"c\":92233720368547758070}",
        "{\"name\":\"Anna\",\"value\":\"482913\"}",
        "[\"482913\",{\"description\":\"6222 0212 3456 7890\"}]",
        " {\"a\" : \"\\u0034\\u00382913\"} ",
        "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\ud83d x\"}",
        "\"482913\"",
        "null",
        "{}"
      })
  void hasACopy(String json) {
    assertThat(assertSame(json)).isTrue();
  }

  /** What comes later counts in these texts, or they are no JSON: they have no copy. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\":\"739154\",\"name\":\"pin\"}",
        "{\"fields\":[{\"value\":\"739154\",\"x\":1,\"field\":\"newPin\"}]}",
        "{\"482913\":1}",
        "{\"a\":1.50}",
        "{\"a\":1e3}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1} {}",
        "{\"a\":1",
        "",
        " ",
        "pin=1"
      })
  void hasNoCopy(String json) {
    assertThat(MaskedCopy.of(json.getBytes(UTF_8), buffers, masker, _ -> true)).isEmpty();
    assertThat(MaskedCopy.of(json, buffers, masker, _ -> true)).isEmpty();
  }

  @Test
  void anotherEncodingHasNoCopy() {
    assertThat(
            MaskedCopy.of(
                "{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16),
                buffers,
                masker,
                _ -> true))
        .isEmpty();
  }

  @Test
  void keepsTheWantedTextsOfTheFirstTwoLevels() {
    var json =
        """
        {"intent_id":"i-1","protocol":{"intent_id":"i-2","deep":{"intent_id":"i-3"}},
         "list":[{"intent_id":"i-4"}],"other":"x","number":{"intent_id":5}}
        """;

    var copy = MaskedCopy.of(json, buffers, masker, "intent_id"::equals).orElseThrow();

    assertThat(copy.member("intent_id")).isEqualTo("i-1");
    assertThat(copy.member("protocol/intent_id")).isEqualTo("i-2");
    assertThat(copy.member("other")).isNull();
    assertThat(copy.member("number/intent_id")).isNull();
    assertThat(copy.hasObject("protocol")).isTrue();
    assertThat(copy.hasObject("list")).isFalse();
    assertThat(copy.isChanged()).isFalse();
  }

  /** Compares both ways of masking, and returns whether there was a copy. */
  private boolean assertSame(String json) {
    buffers.begin();
    var copy = MaskedCopy.of(json.getBytes(UTF_8), buffers, masker, _ -> true);
    copy.ifPresent(
        found -> {
          var plain = Json.parse(json);
          var masked = masker.mask(Json.parse(json));
          assertThat(written(found.json())).as(json).isEqualTo(written(masked));
          assertThat(found.isChanged()).as(json).isEqualTo(!masked.equals(plain));
        });
    assertThat(MaskedCopy.of(json, buffers, masker, _ -> true).map(found -> written(found.json())))
        .isEqualTo(copy.map(found -> written(found.json())));
    return copy.isPresent();
  }

  private static String written(JsonNode json) {
    return new String(Json.bytes(Map.of("data", json)), UTF_8);
  }

  private JsonNode randomTree(int depth) {
    return switch (depth > 4 ? random.nextInt(4) : random.nextInt(7)) {
      case 0 -> Json.tree(TEXTS.get(random.nextInt(TEXTS.size())));
      case 1 -> Json.tree(random.nextBoolean() ? 482_913 : random.nextLong());
      case 2 -> random.nextInt(20) == 0 ? Json.tree(1.25) : Json.tree(random.nextBoolean());
      case 3 -> Json.object().nullNode();
      case 4 -> {
        var array = Json.object().arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(randomTree(depth + 1));
        }
        yield array;
      }
      default -> {
        var object = Json.object();
        for (int i = random.nextInt(5); i > 0; i--) {
          object.set(NAMES.get(random.nextInt(NAMES.size())), randomTree(depth + 1));
        }
        yield object;
      }
    };
  }

  /** What is not looked at for assignments must have none. */
  @Test
  void nothingIsAssignedWhereNothingMayBe() {
    var parts =
        List.of(
            "pin",
            "key-1",
            "api_key",
            "token",
            "did:act:",
            "=",
            ":",
            ">",
            "<",
            "/",
            "\n",
            "\n\n",
            "'",
            "\"",
            " ",
            "739154",
            "#",
            "密码",
            "name=",
            "a");
    int plain = 0;
    int masked = 0;
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int count = random.nextInt(9); count > 0; count--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      boolean changed = !AssignedSecrets.mask(text.toString()).equals(text.toString());
      masked += changed ? 1 : 0;
      if (!AssignedSecrets.mayAssign(text.toString())) {
        plain++;
        assertThat(changed).as(text.toString()).isFalse();
      }
    }
    assertThat(plain).isGreaterThan(2_000);
    assertThat(masked).isGreaterThan(200);
  }

  /**
   * Hints are looked for by pairs of characters, so all pairs are tried, Kelvin's sign included.
   */
  @Test
  void findsHintsInAnyCaseAndAtAnyPlace() {
    var hints =
        List.of(
            "pin", "pass", "secret", "seed", "key", "token", "card", "auth", "cookie", "cvv", "cvc",
            "密码", "口令");
    for (var hint : hints) {
      for (var text :
          List.of(hint, hint.toUpperCase(Locale.ROOT), "a " + hint + "=", "\u00e9" + hint)) {
        assertThat(AssignedSecrets.isHinted(text)).as(text).isTrue();
      }
      assertThat(AssignedSecrets.isHinted(hint.substring(0, hint.length() - 1))).isFalse();
    }
    assertThat(AssignedSecrets.isHinted("\u212aey")).isTrue();
    assertThat(AssignedSecrets.isHinted("p\u0131n")).isTrue();
    assertThat(AssignedSecrets.isHinted("2026-11-28T10:00:00Z text/html: 1234567890123")).isFalse();
  }
}
