package org.actsandbox.sandbox.control;

import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs messages for clients that cannot sign, such as curl. Ours: the standard has every agent
 * keep its own key. The server holds the key of the world's own agent, and of no other that may
 * sign here: agents from outside keep theirs, and a principal signs by PIN alone.
 */
@RestController
class SigningHelperEndpoint {

  private static final String AGENT_ID = "agent_id";

  private final SandboxSettings sandboxSettings;

  SigningHelperEndpoint(SandboxSettings sandboxSettings) {
    this.sandboxSettings = sandboxSettings;
  }

  @EndpointSummary("Sign a message as the world's agent, for clients without cryptography")
  @WireMessages(takes = ObjectNode.class, answers = ObjectNode.class)
  @PostMapping("/w/{world}/signatures")
  ResponseEntity<byte[]> sign(
      World world,
      @AllowedRoles(Role.AGENT) Caller caller,
      @RequestBody(required = false) byte @Nullable [] body) {
    requireOn(world);
    if (!caller.did().filter(world.agent()::equals).isPresent()) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the server holds no signing key of this agent")
          .at("Authorization")
          .expected("the key of the world's agent")
          .remedy("Sign with the key pair that you registered: docs/clients.md has packages.");
    }
    var message = JsonMessage.parse(body == null ? new byte[0] : body).raw();
    requireOwn(world, message.path(AGENT_ID));
    var signed = SignedJson.sign(message, world.signer(world.agent()));
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.bytes(signed));
  }

  private void requireOn(World world) {
    var requested = world.settings().signingHelper();
    if (requested == null ? !sandboxSettings.loopback() : !requested) {
      throw new Refusal(Problem.SIGNING_HELPER_OFF, "this world does not sign for its clients")
          .remedy(
              "Sign with a key of your own (docs/clients.md), or make a world with"
                  + " \"signing_helper\": true.");
    }
  }

  /** Refuses a message of another agent: no service would take it with this signature. */
  private static void requireOwn(World world, JsonNode agentId) {
    if (!agentId.isMissingNode() && !agentId.asString("").equals(world.agent().value())) {
      throw new Refusal(Problem.INVALID_FIELD, "the message is another agent's")
          .at(AGENT_ID)
          .expected(world.agent().value())
          .observed(agentId.asString(""));
    }
  }
}
