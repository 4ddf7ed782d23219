package org.actsandbox.sandbox.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Compares messages with the published schemas, if the user names a copy of them: {@code
 * -Dact.credit-profile=PATH} or {@code ACT_CREDIT_PROFILE=PATH}.
 */
final class CreditProfile {

  private static final Optional<Path> FOLDER =
      Optional.ofNullable(System.getProperty("act.credit-profile"))
          .or(() -> Optional.ofNullable(System.getenv("ACT_CREDIT_PROFILE")))
          .map(Path::of);

  private static final String BASE = "https://profile.example/";

  private CreditProfile() {}

  static void check(String schema, JsonNode message) {
    FOLDER.ifPresent(
        folder ->
            assertThat(
                    registry(folder)
                        .getSchema(SchemaLocation.of(BASE + schema + ".schema.json"))
                        .validate(Json.write(message), InputFormat.JSON))
                .as(schema + " of " + message)
                .isEmpty());
  }

  private static SchemaRegistry registry(Path folder) {
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder ->
            builder.schemas(
                address -> read(folder.resolve("schemas/" + address.substring(BASE.length())))));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
