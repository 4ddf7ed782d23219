package org.actsandbox.protocol.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.identity.Ed25519Pem;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Plays the published test vectors of credit association from a folder of the user: {@code
 * -Dact.credit-profile=PATH} or {@code ACT_CREDIT_PROFILE=PATH} names a copy of {@code
 * code/schemas/tsd-crd/reference-v1} of antgroup/ACT. Without it the vectors are skipped; the facts
 * of each are in {@link CreditFactsTests} as well.
 */
class CreditVectorTests {

  private static final Map<String, Class<? extends Record>> RECORDS =
      Map.of(
          "association-application", AssociationApplication.class,
          "association-credential", AssociationCredential.class,
          "credit-query-authorization", CreditQueryAuthorization.class,
          "verification-request", CreditVerificationRequest.class,
          "verification-response", CreditVerificationResponse.class);

  /** Returns the folder of the profile; empty if the user named none. */
  static Optional<Path> profile() {
    return Optional.ofNullable(System.getProperty("act.credit-profile"))
        .or(() -> Optional.ofNullable(System.getenv("ACT_CREDIT_PROFILE")))
        .map(Path::of);
  }

  @TestFactory
  Stream<DynamicTest> everyVectorHolds() {
    assumeTrue(profile().isPresent(), "act.credit-profile names no copy of the profile");
    return vectors().stream()
        .map(vector -> DynamicTest.dynamicTest(vector.path("id").asString(), () -> play(vector)));
  }

  @Test
  void thereAreThirtyFourVectors() {
    assumeTrue(profile().isPresent(), "act.credit-profile names no copy of the profile");
    assertThat(vectors()).hasSize(34);
  }

  private static List<JsonNode> vectors() {
    try (Stream<Path> files = Files.walk(profile().orElseThrow().resolve("test-vectors"))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(CreditVectorTests::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return Json.parse(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void play(JsonNode vector) {
    if (vector.has("schema")) {
      message(vector);
    } else if (vector.has("canonicalPayload")) {
      signature(vector);
    } else if (vector.path("operation").asString().equals("lifecycleTransition")) {
      var from = AssociationState.valueOf(vector.at("/input/fromStatus").asString());
      var to = AssociationState.valueOf(vector.at("/input/toStatus").asString());
      assertThat(from.successors().contains(to))
          .isEqualTo(vector.path("expectedAllowed").asBoolean());
    } else {
      var reason = CreditReason.valueOf(vector.path("expectedReasonCode").asString());
      assertThat(reason.result().name()).isEqualTo(vector.path("expectedResult").asString());
    }
  }

  private static void message(JsonNode vector) {
    var name = vector.path("schema").asString().replace(".schema.json", "");
    boolean valid = vector.path("expectedValid").asBoolean();
    assertThat(schemaErrors(name, vector.path("instance")).isEmpty())
        .as("by the schema")
        .isEqualTo(valid);
    if (!name.equals("verification-response")) {
      assertThat(isAccepted(name, vector.path("instance"))).as("by our rules").isEqualTo(valid);
    }
  }

  /** Tells whether our own reading accepts the message, apart from identities of ours. */
  private static boolean isAccepted(String name, JsonNode instance) {
    // The vectors name participants otherwise than a world does, and only that is put right.
    var ours =
        Json.parse(
            Json.write(instance)
                .replaceAll("(subject|relying-party|agent|platform-delegate):vector:", "did:act:"));
    try {
      switch (JsonMessage.bind(
          ours, Objects.requireNonNull(RECORDS.get(name)), "", Problem.INVALID_FIELD)) {
        case AssociationCredential credential -> CreditMessageRules.check(credential);
        case CreditQueryAuthorization _ -> {
          // The values were checked when the message was bound.
        }
        case CreditVerificationRequest request -> {
          CreditMessageRules.check(request);
          return request.verificationLevel() == CreditLevel.CREDENTIAL
              || request.authorizationId() != null;
        }
        default -> throw new AssertionError("no rules for " + name);
      }
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  private static void signature(JsonNode vector) {
    var payload = vector.path("canonicalPayload").asString();
    assertThat(CanonicalJson.text(Json.parse(payload))).isEqualTo(payload);
    assertThat(
            Ed25519Pem.read("vector", vector.path("publicKey").asString())
                .verifies(
                    payload.getBytes(StandardCharsets.UTF_8),
                    Base64.getUrlDecoder().decode(vector.path("signature").asString())))
        .isEqualTo(vector.path("expectedValid").asBoolean());
  }

  static List<?> schemaErrors(String name, JsonNode instance) {
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(CreditVectorTests::schema))
        .getSchema(SchemaLocation.of(BASE + name + ".schema.json"))
        .validate(Json.write(instance), InputFormat.JSON);
  }

  private static final String BASE = "https://profile.example/";

  private static String schema(String address) {
    return Json.write(
        read(profile().orElseThrow().resolve("schemas").resolve(address.substring(BASE.length()))));
  }
}
