package org.actsandbox.sandbox.control;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * The role keys of a world. With the principal's among them they are power over its money, save for
 * what takes the PIN.
 *
 * @param principal the first principal's
 * @param principals of those besides the first, by name; absent where it is the only one
 * @param merchants of those who take part, by merchant id
 */
public record WorldKeys(
    String principal,
    @Nullable Map<String, String> principals,
    String agent,
    String operator,
    Map<String, String> merchants) {

  public static WorldKeys of(World world) {
    var settings = world.settings();
    var merchants = new LinkedHashMap<String, String>();
    settings
        .roster()
        .forEach(each -> merchants.put(each.id(), world.roleKey(Role.MERCHANT, each.did())));
    var further = new LinkedHashMap<String, String>();
    settings
        .further()
        .forEach(each -> further.put(each.name(), world.roleKey(Role.PRINCIPAL, each.did())));
    return new WorldKeys(
        world.roleKey(Role.PRINCIPAL, null),
        further.isEmpty() ? null : further,
        world.roleKey(Role.AGENT, null),
        world.roleKey(Role.OPERATOR, null),
        merchants);
  }

  @Override
  public String toString() {
    return "WorldKeys[masked]";
  }
}
