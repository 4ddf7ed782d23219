package org.actsandbox.sandbox.control;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Represents the role keys of a world. The principal's key is among them, so they give power over
 * its money, except where a PIN is required.
 *
 * @param principal key of the first principal
 * @param principals keys of further principals by name; absent where there are none
 * @param assistant key of the first principal's assistant, which opens the MCP server alone
 * @param assistants keys of further principals' assistants by the principal's name; absent where
 *     there are none
 * @param merchants keys of the merchants that take part, by merchant id
 */
public record WorldKeys(
    String principal,
    @Nullable Map<String, String> principals,
    String agent,
    String assistant,
    @Nullable Map<String, String> assistants,
    String operator,
    Map<String, String> merchants) {

  public static WorldKeys of(World world) {
    var settings = world.settings();
    var merchants = new LinkedHashMap<String, String>();
    settings
        .roster()
        .forEach(each -> merchants.put(each.id(), world.roleKey(Role.MERCHANT, each.did())));
    var further = new LinkedHashMap<String, String>();
    var assistants = new LinkedHashMap<String, String>();
    for (var each : settings.further()) {
      further.put(each.name(), world.roleKey(Role.PRINCIPAL, each.did()));
      assistants.put(each.name(), world.roleKey(Role.ASSISTANT, each.did()));
    }
    return new WorldKeys(
        world.roleKey(Role.PRINCIPAL, null),
        further.isEmpty() ? null : further,
        world.roleKey(Role.AGENT, null),
        world.roleKey(Role.ASSISTANT, null),
        assistants.isEmpty() ? null : assistants,
        world.roleKey(Role.OPERATOR, null),
        merchants);
  }

  @Override
  public String toString() {
    return "WorldKeys[masked]";
  }
}
