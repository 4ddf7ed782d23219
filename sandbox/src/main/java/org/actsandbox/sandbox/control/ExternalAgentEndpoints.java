package org.actsandbox.sandbox.control;

import java.util.List;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.key.ExternalAgents;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.TakenNames;
import org.actsandbox.sandbox.world.World;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Registers and deregisters agents that run outside the sandbox and buy in a world (operator only).
 */
@RestController
@RequestMapping("/api/worlds/{world}/agents")
class ExternalAgentEndpoints {

  /**
   * Represents the request body that registers an agent from outside.
   *
   * @param name last part of the DID, {@code my-agent} for {@code did:act:my-agent}
   * @param jwk the agent's public key
   */
  record RegistrationRequest(String name, JsonNode jwk) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.checkPresent(name, ExternalAgentEndpoints::did);
      mistakes.checkPresent(jwk, ExternalAgents::requirePublicKey);
    }
  }

  /**
   * Represents a registered agent.
   *
   * @param signerId value of {@code signer_id} in the agent's messages
   * @param key its role key in this world; the principal still has to bind an instrument to the
   *     agent
   */
  record Registered(String agentId, String signerId, String key) {}

  record Agents(List<Did> items) {}

  @EndpointSummary("List the agents registered from outside")
  @GetMapping
  Agents list(World world) {
    return new Agents(world.externalAgents().dids());
  }

  @EndpointSummary("Register an agent from outside with its public key")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Registered register(
      World world, @RequestBody ExternalAgentEndpoints.RegistrationRequest registrationRequest) {
    var agent = did(registrationRequest.name());
    if (TakenNames.isInside(world, agent)
        || world.externalMerchants().everPresent().contains(agent)) {
      throw new Refusal(Problem.NAME_TAKEN, "a participant of the world has this name")
          .at("name")
          .observed(agent.name());
    }
    var key = world.externalAgents().register(agent, registrationRequest.jwk());
    return new Registered(agent.value(), key.signerId(), world.roleKey(Role.AGENT, agent));
  }

  /**
   * Deregisters the agent for good: its sub-accounts and instruments freeze, its keys open nothing,
   * and its name stays taken.
   */
  @EndpointSummary("Deregister an agent from outside for good")
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deregister(World world, @PathVariable String name) {
    var agent = did(name);
    // Opened first, so that the payment service freezes them before the caller is answered.
    world.participant(Psp.class);
    world.externalAgents().deregister(agent, world.clock().instant());
    world.webhookEndpoints().removeAllOf(agent);
  }

  private static Did did(String name) {
    try {
      return Did.of(name);
    } catch (IllegalArgumentException malformed) {
      throw FieldChecks.invalid("name", "1 to 64 of a-z 0-9 . and hyphen", name);
    }
  }
}
