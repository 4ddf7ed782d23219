package org.actsandbox.merchants.toy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.actsandbox.protocol.a402.A402Headers;
import tools.jackson.databind.JsonNode;

/** Checks decoded A402 headers against the schemas of the tests. */
public final class HeaderSchemas {

  private HeaderSchemas() {}

  public static void assertNeeded(JsonNode payload) {
    assertMatches("needed", payload);
  }

  public static void assertValidation(JsonNode payload) {
    assertMatches("validation", payload);
  }

  public static void assertProof(JsonNode payload) {
    assertMatches("proof", payload);
  }

  private static void assertMatches(String definition, JsonNode payload) {
    assertThat(schema(definition).validate(payload.toString(), InputFormat.JSON))
        .as("%s: %s", definition, payload)
        .isEmpty();
  }

  private static Schema schema(String definition) {
    try (var resource = A402Headers.class.getResourceAsStream("headers.schema.json")) {
      var text =
          new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
      var from = text.indexOf("\"oneOf\"");
      var to = text.indexOf("\"$defs\"");
      var one = "\"$ref\": \"#/$defs/%s\",\n  ".formatted(definition);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text.substring(0, from) + one + text.substring(to), InputFormat.JSON);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
