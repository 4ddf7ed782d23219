package org.actsandbox.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests that forms put together from members are those of the whole object. */
class CanonicalObjectTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{\"b\":{\"z\":1,\"a\":[true,null,\"\\n\"]},\"a\":\"é\",\"😀\":2,\"\\u20ac\":3,\"\\r\":1.5}",
        "{\"signature_type\":\"x\",\"signature_content\":\"y\",\"signature\":\"z\",\"z\":[{}]}"
      })
  void isTheFormOfTheObject(String json) {
    var object = (ObjectNode) Json.parse(json);

    var form = CanonicalObject.of(object);

    assertThat(form.bytes()).isEqualTo(CanonicalJson.bytes(object));
    for (var name : List.of("a", "m", "signature_content", "\u0001\"", "😀", "~")) {
      var more = object.deepCopy().put(name, "a \"text\" é");
      assertThat(form.with(name, "a \"text\" é").bytes()).isEqualTo(CanonicalJson.bytes(more));
    }
    var some = object.deepCopy().retain("a", "z", "absent");
    assertThat(form.only(List.of("z", "absent", "a")).bytes()).isEqualTo(CanonicalJson.bytes(some));
  }

  @Test
  void countsOneFormForAllThatIsMadeFromIt() {
    long before = ProtocolCost.CANONICALIZATIONS.total();

    var form = CanonicalObject.of(Json.object().put("a", "1"));
    assertThat(form.with("b", "2").only(List.of("b")).bytes()).isNotEmpty();

    assertThat(ProtocolCost.CANONICALIZATIONS.total() - before).isEqualTo(1);
  }

  @Test
  void refusesWhatHasNoForm() {
    assertThatThrownBy(() -> CanonicalObject.of(Json.object().put("a", 1L << 60)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a: expected a number");
    assertThatThrownBy(() -> CanonicalObject.of(Json.object()).with("a", "\ud83d"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
