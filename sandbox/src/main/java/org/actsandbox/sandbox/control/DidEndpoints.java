package org.actsandbox.sandbox.control;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.merchants.catalog.PublishedDocument;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Publishes the DIDs of a world and their public keys. */
@RestController
@RequestMapping("/w/{world}/dids")
class DidEndpoints {

  record DidList(List<String> items) {}

  @EndpointSummary("List the DIDs of a world")
  @GetMapping
  DidList list(World world) {
    return new DidList(known(world).map(Did::value).toList());
  }

  /**
   * Returns the DID document (W3C DID Core), newest key first; older keys still verify.
   *
   * @param did {@code did:act:raileast}, or its last part
   */
  @EndpointSummary("Read a DID document")
  @WireMessages(answers = JsonNode.class)
  @GetMapping("/{did}")
  ResponseEntity<byte[]> document(World world, @PathVariable String did) {
    var id = known(world, did.startsWith("did:act:") ? did : "did:act:" + did);
    var keys =
        world.keys().participants().contains(id)
            // The newest come first; a reader of the document takes no more.
            ? world.keys().publicKeys(id).stream().limit(KeySet.MAX_KEYS).toList()
            : Stream.concat(
                    world.externalMerchants().publicKeys(id).stream(),
                    world.externalAgents().remembered(id.key(1)).stream())
                .toList();
    var document = Json.object();
    document
        .putArray("@context")
        .add("https://www.w3.org/ns/did/v1")
        .add("https://w3id.org/security/jwk/v1");
    document.put("id", id.value());
    var methods = document.putArray("verificationMethod");
    var assertion = document.putArray("assertionMethod");
    for (var key : keys) {
      methods
          .addObject()
          .put("id", key.signerId())
          .put("type", "JsonWebKey")
          .put("controller", id.value())
          .set("publicKeyJwk", Json.parse(key.jwk()));
      assertion.add(key.signerId());
    }
    return PublishedDocument.of(document).answer();
  }

  /**
   * Returns all signers of this world, including agents and merchants from outside and those that
   * were deregistered: a signer must be found as long as its signatures may be verified.
   */
  private static Stream<Did> known(World world) {
    return Stream.of(
            world.keys().participants(),
            world.externalAgents().everRegistered(),
            world.externalMerchants().everPresent())
        .flatMap(List::stream);
  }

  private static Did known(World world, String requested) {
    return known(world)
        .filter(each -> each.value().equals(requested))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "no participant of this world has that DID")
                    .at("did")
                    .observed(requested));
  }
}
