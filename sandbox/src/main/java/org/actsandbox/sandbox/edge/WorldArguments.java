package org.actsandbox.sandbox.edge;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.edge.exchange.WorldRequest;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Gives endpoints what they take of a world: the world, a participant, the caller. */
@Component
final class WorldArguments {

  private static final Set<Class<?>> TYPES =
      Set.of(World.class, Caller.class, CallerAddress.class, FollowUpTasks.class, Merchant.class);

  private final Set<Class<?>> participants;
  private final CallerOrigin callerOrigin;

  WorldArguments(ObjectProvider<ParticipantFactory<?>> factories, CallerOrigin callerOrigin) {
    this.participants =
        factories.stream()
            .<Class<?>>map(ParticipantFactory::type)
            .collect(Collectors.toUnmodifiableSet());
    this.callerOrigin = callerOrigin;
  }

  boolean supports(Class<?> type) {
    return TYPES.contains(type) || participants.contains(type);
  }

  /** Says whether the argument is a participant that has to be opened, which reads the database. */
  boolean isToBeOpened(Class<?> type, ServerWebExchange exchange) {
    var participant = type == Merchant.class ? Merchants.class : type;
    return (type == Merchant.class || participants.contains(type))
        && WorldRequest.of(exchange).world().openParticipant(participant).isEmpty();
  }

  /**
   * Returns the argument; waits for the database where {@link #isToBeOpened} says so.
   *
   * @param roles what the parameter says of the caller's role
   * @param pathVariable returns the text of a variable in the path
   */
  Object of(
      Class<?> type,
      @Nullable AllowedRoles roles,
      ServerWebExchange exchange,
      UnaryOperator<String> pathVariable) {
    if (type == CallerAddress.class) {
      return callerOrigin.of(exchange.getRequest());
    }
    var request = WorldRequest.of(exchange);
    if (type == World.class) {
      return request.world();
    }
    if (type == Caller.class) {
      return admitted(request.caller(), roles);
    }
    if (type == FollowUpTasks.class) {
      return request.afterwards();
    }
    return type == Merchant.class
        ? merchant(request.world(), pathVariable.apply("merchant"))
        : request.world().participant(type);
  }

  /** Checks the caller's role before anything else of the request is read. */
  private static Caller admitted(Caller caller, @Nullable AllowedRoles only) {
    return only == null || only.checkedByEndpoint() ? caller : caller.require(only.value());
  }

  /**
   * Returns the merchant. A merchant that takes no part in the world is not found, even if the
   * request has other errors.
   */
  private static Merchant merchant(World world, String id) {
    List<MerchantProfile> roster = world.settings().roster();
    for (var profile : roster) {
      if (profile.id().equals(id)) {
        return world.participant(Merchants.class).get(id);
      }
    }
    throw Merchants.notFound(id, roster.stream().map(MerchantProfile::id).toList());
  }
}
