package org.actsandbox.sandbox.control.openapi;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends requests to all operations that the OpenAPI document describes, with keys that fit. */
final class DescribedOperations {

  /** The signature is verified when everything else is right. */
  static final Set<String> SIGNATURE = Set.of("signer_id", "signature_type", "signature_content");

  /** A merchant that negotiates payment methods. */
  private static final String TWO_WAY = "bazaar88";

  private static final String OF_SERVICES = "lingobee";

  private static final Set<Did> SIGNERS =
      Set.of(Did.of("sandbox-credit-verifier"), Did.of("raileast"));

  private final SandboxServer server;
  private final World world;
  private final JsonNode document;
  private final Map<String, Operation> operations;

  DescribedOperations(SandboxServer server, World world) {
    this.server = server;
    this.world = world;
    this.document = server.get("/api/openapi.json").document();
    this.operations = read();
  }

  /**
   * Represents an operation.
   *
   * @param schema the schema of its JSON body; missing if it reads none
   * @param example the kept body; null if there is none
   */
  record Operation(
      String id,
      String method,
      String path,
      JsonNode security,
      JsonNode schema,
      @Nullable ObjectNode example) {}

  private Map<String, Operation> read() {
    var examples = OpenApiExamples.load().all();
    var all = new TreeMap<String, Operation>();
    for (var path : document.path("paths").properties()) {
      for (var each : path.getValue().properties()) {
        var id = each.getValue().path("operationId").asString("");
        all.put(
            id,
            new Operation(
                id,
                each.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                each.getValue().path("security"),
                resolved(each.getValue().at("/requestBody/content/application~1json/schema")),
                examples.path(id).path("request") instanceof ObjectNode object ? object : null));
      }
    }
    return all;
  }

  Map<String, Operation> all() {
    return operations;
  }

  /** Follows references, and passes over the alternative null. */
  JsonNode resolved(JsonNode schema) {
    if (schema.has("$ref")) {
      return resolved(document.at(schema.path("$ref").asString().substring(1)));
    }
    for (var choice : new String[] {"oneOf", "anyOf"}) {
      for (var alternative : schema.path(choice)) {
        if (!alternative.path("type").asString("").equals("null")) {
          return resolved(alternative);
        }
      }
    }
    return schema;
  }

  /**
   * Returns the address of an operation.
   *
   * @param id what stands for all ids but those of world and merchant
   */
  String address(Operation operation, String id) {
    return operation
        .path()
        .replace("{world}", world.name())
        .replace("{merchant}", merchant(operation.id()))
        .replaceAll("\\{[^}]+}", id);
  }

  private static String merchant(String id) {
    return switch (id) {
      case "negotiatePayment" -> TWO_WAY;
      case "requestService" -> OF_SERVICES;
      default -> "raileast";
    };
  }

  SandboxServer.Answer send(Operation operation, String address, @Nullable String body) {
    return server.send(operation.method(), address, body, key(operation.security()));
  }

  /** Signs what the example has signed, because some receivers look at nothing before. */
  ObjectNode signed(ObjectNode body) {
    var signer = body.path("signer_id").asString("");
    if (!signer.contains("#") || !body.has("signature_content")) {
      return body;
    }
    var did = new Did(signer.substring(0, signer.indexOf('#')));
    SIGNATURE.forEach(body::remove);
    if (body.path("agent_id").asString("").equals(did.value())) {
      body.put("agent_id", World.AGENT.value());
    }
    return SignedJson.sign(body, world.signer(SIGNERS.contains(did) ? did : World.AGENT));
  }

  private String[] key(JsonNode security) {
    for (var role : Role.values()) {
      for (var alternative : security) {
        if (role != Role.ANONYMOUS && alternative.has(OpenApiAccess.scheme(role))) {
          return SandboxServer.bearer(
              role == Role.OPERATOR
                  ? server.operator(world)
                  : world.roleKey(role, role == Role.MERCHANT ? Did.of("raileast") : null));
        }
      }
    }
    return new String[0];
  }
}
