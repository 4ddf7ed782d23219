package org.actsandbox.sandbox.control;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Who has which public keys in a world. */
@RestController
@RequestMapping("/w/{world}/dids")
class DidEndpoints {

  record DidList(List<String> items) {}

  @Summary("List the DIDs of a world")
  @GetMapping
  DidList list(World world) {
    return new DidList(known(world).map(Did::value).toList());
  }

  /**
   * The DID document (W3C DID Core), newest key first; older keys still verify.
   *
   * @param did {@code did:act:raileast}, or its last part
   */
  @Summary("Read a DID document")
  @GetMapping("/{did}")
  JsonNode document(World world, @PathVariable String did) {
    var id = known(world, did.startsWith("did:act:") ? did : "did:act:" + did);
    var keys =
        world.keys().participants().contains(id)
            ? world.keys().publicKeys(id)
            : world.externalAgents().find(id.key(1)).stream().toList();
    return Json.tree(
        Map.of(
            "@context",
            List.of("https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"),
            "id",
            id.value(),
            "verificationMethod",
            keys.stream().map(key -> method(id, key)).toList(),
            "assertionMethod",
            keys.stream().map(VerificationKey::signerId).toList()));
  }

  private static Map<String, Object> method(Did owner, VerificationKey key) {
    return Map.of(
        "id", key.signerId(),
        "type", "JsonWebKey",
        "controller", owner.value(),
        "publicKeyJwk", Json.parse(key.jwk()));
  }

  /** Agents from outside, too: every signer of this world is found by its DID. */
  private static Stream<Did> known(World world) {
    return Stream.concat(
        world.keys().participants().stream(), world.externalAgents().dids().stream());
  }

  private static Did known(World world, String wished) {
    return known(world)
        .filter(each -> each.value().equals(wished))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "nobody in this world has that DID")
                    .at("did")
                    .observed(wished));
  }
}
