package org.actsandbox.sandbox.control;

import java.util.Map;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Gives a participant a new key (operator only), so that other participants can show how they
 * handle it.
 */
@RestController
class KeyRotationEndpoint {

  /**
   * Represents a rotated key.
   *
   * @param signerId signer id that the participant uses from now on; older keys still verify
   */
  record Rotated(String signerId, JsonNode jwk) {}

  @EndpointSummary("Rotate the key of a participant")
  @PostMapping("/api/worlds/{world}/participants/{participant}/keys")
  @ResponseStatus(HttpStatus.CREATED)
  Rotated rotate(World world, @PathVariable String participant) {
    var key = world.keys().rotate(known(world, participant), world.clock());
    world
        .journal()
        .note(
            new JournalNote(
                "operator",
                JournalNote.Kind.STATE,
                JournalEvent.KEY_ROTATED,
                Map.of(),
                Map.of("participant", participant, "signer_id", key.signerId())));
    return new Rotated(key.signerId(), Json.parse(key.jwk()));
  }

  /** Finds a participant with keys in this world; an agent from outside keeps its keys itself. */
  private static Did known(World world, String participant) {
    return world.keys().participants().stream()
        .filter(did -> did.name().equals(participant))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this world keeps no keys of that participant")
                    .at("participant")
                    .expected("a name of GET /w/%s/dids".formatted(world.name()))
                    .observed(participant));
  }
}
