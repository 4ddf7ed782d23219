package org.actsandbox.scenarios.mission.run;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.mission.model.Mission;
import tools.jackson.databind.node.ObjectNode;

/** Writes what an agent is given: the wish, the address of the world, and keys of its own. */
final class MissionBrief {

  /** Fields of a merchant's profile in the brief; they are public. */
  private static final List<String> PROFILE_FIELDS = List.of("agent_id", "name", "kind");

  private MissionBrief() {}

  /**
   * Writes the brief of an agent with an identity of its own.
   *
   * @param seed the private key of the agent, 32 bytes
   * @param instruments the payment instrument that each principal has bound to it, by the
   *     principal's id
   */
  static ObjectNode of(
      Mission mission,
      String language,
      ScenarioContext context,
      ExternalAgent agent,
      byte[] seed,
      ObjectNode instruments,
      Duration limit) {
    var brief = base(mission, language, context, limit);
    var own = brief.putObject("agent");
    own.put("agent_id", agent.agentId()).put("role_key", agent.key());
    own.put("signer_id", agent.signer().signerId()).put("signature_type", "ED25519");
    own.put("instrument_ref", agent.instrumentRef());
    own.set("instruments", instruments);
    var jwk = own.putObject("private_jwk").put("kty", "OKP").put("crv", "Ed25519");
    jwk.set("x", Json.parse(agent.signer().publicKey().jwk()).path("x"));
    jwk.put("d", Base64.getUrlEncoder().withoutPadding().encodeToString(seed));
    return brief;
  }

  /** Writes the brief of the sandbox's own agent, which has its keys already. */
  static ObjectNode base(
      Mission mission, String language, ScenarioContext context, Duration limit) {
    var brief = Json.object();
    brief.put("format", 1);
    brief.put("world", context.at("").toString());
    brief.put("now", context.now().toString());
    brief.put("seconds", limit.toSeconds());
    brief.set("wish", PrincipalConversation.wish(mission.wishes().getFirst(), language));
    var merchants = brief.putArray("merchants");
    for (var id : new TreeSet<>(context.target().keys().merchants().keySet())) {
      merchants.add(merchant(context, id));
    }
    return brief;
  }

  private static ObjectNode merchant(ScenarioContext context, String id) {
    var address = context.at("/merchants/" + id);
    var profile = context.client().get(address, null);
    var told = Json.object().put("id", id).put("address", address.toString());
    for (var field : PROFILE_FIELDS) {
      told.set(field, profile.path(field));
    }
    return told;
  }
}
